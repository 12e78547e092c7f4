// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// The hotspots of a gene of the prediction; without blocks where it is not well predicted.
ReportSection hotspotSection(const ReportRequest& request, int gene);

/// All genes by group, or the short table, each with its held-out r and interval.
ReportSection geneSection(const ReportRequest& request);

}  // namespace geneglass
