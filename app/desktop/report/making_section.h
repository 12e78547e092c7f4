// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// With what and how the report was made: versions, precision, settings, what of it opens the same view
/// again.
ReportSection makingSection(const ReportRequest& request);

}  // namespace geneglass
