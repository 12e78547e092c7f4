// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "app/desktop/report/report_content.h"
#include "app/desktop/report/report_template.h"

namespace geneglass {

/// The id of the element in which a page holds ReportContent::origin.
inline constexpr const char* kOriginElement = "geneglass-report";

/// The report as one HTML file, pictures within: it runs nothing and fetches nothing, and prints on `paper`
/// with the footer on each page. Any thread.
QByteArray htmlOf(const ReportContent& content, ReportPaper paper);

}  // namespace geneglass
