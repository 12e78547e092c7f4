// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/report_case.h"

#include <utility>

#include "app/desktop/regions/region_panel.h"
#include "app/desktop/report/tray_pictures.h"

namespace geneglass {

void addCase(ReportRequest& request, const Case& document) {
  request.annotations = document.annotations();
  request.pictures = trayPictures(document);
  if (auto regions = regionTablesFromJson(document.entry(kRegionTablesEntry)))
    request.regions = std::move(*regions);
  request.words = caseWordsOf(document.entry(kReportEntry));
}

}  // namespace geneglass
