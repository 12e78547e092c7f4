// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/desktop/case/case.h"
#include "app/desktop/report/report_request.h"

namespace geneglass {

/// The snapshots of a case's tray as a report shows them, in the user's order. GUI thread.
std::vector<ReportPicture> trayPictures(const Case& document);

}  // namespace geneglass
