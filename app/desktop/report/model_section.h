// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// All three of a request with a prediction. Which model, and how far it fits this slide.
ReportSection modelSection(const ReportRequest& request);

/// What the model calls the slide, a section a call; none where it calls nothing.
std::vector<ReportSection> callSections(const ReportRequest& request);

/// How the model was made and judged; without blocks where its package is not at hand.
ReportSection modelCardSection(const ReportRequest& request);

}  // namespace geneglass
