// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

#include "app/desktop/report/report_content.h"
#include "app/desktop/report/report_template.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

class QPrinter;

namespace geneglass {

/// The system's usual printer, or a PDF file where there is none, with that paper until the user says other.
std::shared_ptr<QPrinter> printerFor(ReportPaper paper);

QString nameOf(const QPrinter& printer);  ///< or of the file it prints to

/// Prints the report on the paper that the printer has, but into no file that is the slide itself. Any
/// thread; blocks while the pages are made. Errors name the printer.
Result<void> printReport(const ReportContent& content, const Slide& slide, QPrinter& printer);

}  // namespace geneglass
