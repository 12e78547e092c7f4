// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "app/desktop/report/report_content.h"
#include "app/desktop/report/report_template.h"

namespace geneglass {

/// The name under which a PDF holds ReportContent::origin as an attached file.
inline constexpr const char* kOriginAttachment = "geneglass-report.json";

/// The report as a PDF: text that can be selected, fonts embedded. Any thread.
QByteArray pdfOf(const ReportContent& content, ReportPaper paper);

}  // namespace geneglass
