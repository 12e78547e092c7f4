// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/pdf_report.h"

#include <QBuffer>
#include <QPdfWriter>

#include "app/desktop/report/report_layout.h"
#include "generated/version.h"

namespace geneglass {

QByteArray pdfOf(const ReportContent& content, ReportPaper paper) {
  QBuffer pdf;
  pdf.open(QIODevice::WriteOnly);
  QPdfWriter writer(&pdf);
  writer.setTitle(content.fileTitle);
  writer.setCreator(QStringLiteral("Geneglass " GENEGLASS_VERSION));
  writer.addFileAttachment(QLatin1String(kOriginAttachment), QByteArray::fromStdString(content.origin),
                           QStringLiteral("application/json"));
  writer.setResolution(kDotsPerInch);
  writer.setPageSize(pageSizeOf(paper));
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  ReportPages pages(writer, content.footer);
  layOut(content, pages);
  pages.finish();
  return pdf.data();
}

}  // namespace geneglass
