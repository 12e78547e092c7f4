// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// What of a report's matter names a patient, with its kind: file names and paths, the case, what the slide's
/// file says. Values may be short.
ReportFacts identifyingFacts(const ReportRequest& request);

/// The content without any of these values of four letters or more, wherever it says them, small or capital
/// letters; a shorter one is no word that a text could be searched for. Says so in a notice.
ReportContent anonymised(ReportContent content, const ReportFacts& identifying);

}  // namespace geneglass
