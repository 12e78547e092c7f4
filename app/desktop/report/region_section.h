// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// How many genes of a comparison a report lists: those that differ most.
inline constexpr size_t kListedRegionGenes = 30;

/// The comparisons of regions that the user put into the report, each gene with its held-out r; without
/// blocks where there are none.
ReportSection regionSection(const ReportRequest& request);

}  // namespace geneglass
