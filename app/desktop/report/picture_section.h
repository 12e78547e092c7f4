// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// The whole slide with what was drawn on it, and the numbered places of the pictures. Blocks where
/// `request.draw` reads; GUI thread. Errors are those of the drawing.
Result<ReportSection> overviewSection(const ReportRequest& request);

/// The map of `gene` (index into the prediction's genes, -1 for none) with its hotspots; of a model without
/// genes the evidence of its call. As overviewSection().
Result<ReportSection> mapSection(const ReportRequest& request, int gene);

/// The pictures that were taken, numbered as on the overview; without blocks where there are none.
ReportSection picturesSection(const ReportRequest& request);

/// What overviewSection() and mapSection() ask `request.draw` for, in the order of the report.
std::vector<Viewport> drawnViews(const ReportRequest& request);

}  // namespace geneglass
