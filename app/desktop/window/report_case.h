// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/case/case.h"
#include "app/desktop/report/report_request.h"

namespace geneglass {

/// What a report takes from its case: annotations, pictures of the tray, region tables, the user's words.
void addCase(ReportRequest& request, const Case& document);

}  // namespace geneglass
