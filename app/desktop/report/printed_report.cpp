// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/printed_report.h"

#include <fmt/format.h>

#include <QPrinter>

#include "app/desktop/export/drawn_file.h"
#include "app/desktop/report/report_layout.h"
#include "generated/version.h"

namespace geneglass {

std::shared_ptr<QPrinter> printerFor(ReportPaper paper) {
  auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer->setPageSize(pageSizeOf(paper));
  printer->setCreator(QStringLiteral("Geneglass " GENEGLASS_VERSION));
  return printer;
}

QString nameOf(const QPrinter& printer) {
  return printer.outputFileName().isEmpty() ? printer.printerName() : printer.outputFileName();
}

Result<void> printReport(const ReportContent& content, const Slide& slide, QPrinter& printer) {
  if (!printer.outputFileName().isEmpty())
    if (auto fine = checkTarget(printer.outputFileName().toStdString(), slide); !fine) return fine;
  printer.setDocName(content.fileTitle);
  printer.setResolution(kDotsPerInch);
  printer.setFullPage(true);
  ReportPages pages(printer, content.footer);
  layOut(content, pages);
  if (pages.finish() && printer.printerState() != QPrinter::Error) return {};
  return fail(fmt::format("Cannot print on '{}': it took no page.", nameOf(printer).toStdString()));
}

}  // namespace geneglass
