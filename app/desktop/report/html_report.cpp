// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/html_report.h"

#include <QBuffer>
#include <QColor>
#include <QImage>
#include <algorithm>

namespace geneglass {
namespace {

constexpr double kHtmlDetail = 2;  ///< pixels a screen pixel of a figure
constexpr int kJpegQuality = 90;
constexpr size_t kWholeRows = 40;  ///< a table of so many is not broken where it is printed

const char* const kStyle = R"css(
body { font: 10pt/1.4 "DejaVu Sans", Verdana, sans-serif; color: #202020; max-width: 190mm; margin: 8mm auto 16mm; padding: 0 4mm; }
h1 { font-size: 18pt; margin: 0 0 1mm; }
h2 { font-size: 12pt; color: #004a7c; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; white-space: pre-wrap; }
.subtitle, .strong { font-weight: bold; }
.note { font-size: 9pt; color: #606060; }
.warning { font-weight: bold; color: #a03000; }
.alarm { font-weight: bold; font-size: 11pt; color: #b01000; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: 0 0 3mm; }
table.whole, figure { break-inside: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 0.4mm 1mm; overflow-wrap: anywhere; white-space: pre-wrap; }
thead th { background: #ececec; }
.facts th { font-weight: normal; color: #606060; width: 22%; }
.right { text-align: right; }
.grey { color: #767676; }
.group { font-weight: bold; break-after: avoid; }
svg.scale { display: block; width: 100%; height: 1em; min-width: 15mm; }
figure { margin: 2mm 0 4mm; }
figure img { display: block; max-width: 100%; border: 0.3mm solid #b0b0b0; }
figure.half img { max-height: 110mm; }
figcaption { font-size: 9pt; white-space: pre-wrap; }
footer { border-top: 0.2mm solid #b0b0b0; font-size: 8pt; color: #505050; padding-top: 1mm; margin-top: 6mm; }
@media print {
  body { max-width: none; margin: 0 0 10mm; padding: 0; }
  section.page { break-before: page; }
  footer { position: fixed; bottom: 0; left: 0; right: 0; background: white; }
}
)css";

QString escaped(const QString& text) {
  return text.toHtmlEscaped();
}

QString paragraph(const ReportText& text) {
  static const QStringList classes{QStringLiteral("plain"), QStringLiteral("strong"), QStringLiteral("note"),
                                   QStringLiteral("warning"), QStringLiteral("alarm")};
  return QStringLiteral("<p class=\"%1\">%2</p>\n").arg(classes[int(text.tone)], escaped(text.text));
}

QString htmlOf(const ReportText& text) {
  return paragraph(text);
}

QString htmlOf(const ReportFacts& facts) {
  QString html = QStringLiteral("<table class=\"facts whole\">\n");
  for (const ReportFact& fact : facts)
    html += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n")
                .arg(escaped(fact.name), escaped(fact.value));
  return html + QStringLiteral("</table>\n");
}

/// A line with its middle half shaded, and a bar from its middle to the place: a picture, so that it is
/// printed.
QString scaleOf(double place) {
  const double percent = 100 * std::clamp(place, 0.0, 1.0);
  const auto part = [](double from, double to, double height, const char* colour) {
    return QStringLiteral("<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>")
        .arg(QString::number(from), QString::number(5 - height / 2), QString::number(to - from),
             QString::number(height), QLatin1String(colour));
  };
  return QStringLiteral(
             "<svg class=\"scale\" viewBox=\"-1 0 102 10\" preserveAspectRatio=\"none\" "
             "aria-hidden=\"true\">") +
         part(0, 100, 6, "#ececec") + part(25, 75, 6, "#d2d2d2") +
         part(std::min(50.0, percent), std::max(50.0, percent), 3, "#004a7c") +
         part(percent - 0.8, percent + 0.8, 9, "#004a7c") + QStringLiteral("</svg>");
}

QString rowOf(const ReportTable& table, const ReportRow& row) {
  if (row.titleColour)
    return QStringLiteral("<tr class=\"group\"><th colspan=\"%1\" style=\"color:%2\">%3</th></tr>\n")
        .arg(QString::number(table.columns.size()), QColor::fromRgb(*row.titleColour).name(),
             escaped(row.cells.front()));
  QString html = row.grey ? QStringLiteral("<tr class=\"grey\">") : QStringLiteral("<tr>");
  for (size_t i = 0; i < std::min(table.columns.size(), row.cells.size()); ++i)
    html += QStringLiteral("<td%1>%2</td>")
                .arg(table.columns[i].toTheRight ? QStringLiteral(" class=\"right\"") : QString(),
                     table.columns[i].isScale && row.place ? scaleOf(*row.place) : escaped(row.cells[i]));
  return html + QStringLiteral("</tr>\n");
}

QString htmlOf(const ReportTable& table) {
  QString html = table.rows.size() <= kWholeRows ? QStringLiteral("<table class=\"whole\">\n<thead><tr>")
                                                 : QStringLiteral("<table>\n<thead><tr>");
  for (const ReportColumn& column : table.columns)
    html +=
        QStringLiteral("<th scope=\"col\"%1>%2</th>")
            .arg(column.toTheRight ? QStringLiteral(" class=\"right\"") : QString(), escaped(column.title));
  html += QStringLiteral("</tr></thead>\n<tbody>\n");
  for (const ReportRow& row : table.rows) html += rowOf(table, row);
  return html + QStringLiteral("</tbody></table>\n");
}

QString htmlOf(const ReportFigure& figure) {
  QImage picture(int(figure.width * kHtmlDetail), int(figure.height * kHtmlDetail), QImage::Format_RGB32);
  picture.fill(Qt::white);
  {
    QPainter painter(&picture);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    figure.paint(painter, QRectF(picture.rect()));
  }
  QBuffer jpeg;
  jpeg.open(QIODevice::WriteOnly);
  picture.save(&jpeg, "JPEG", kJpegQuality);
  const QString caption = escaped(figure.caption);
  QString html = figure.half ? QStringLiteral("<figure class=\"half\">") : QStringLiteral("<figure>");
  html += QStringLiteral("<img alt=\"%1\" src=\"data:image/jpeg;base64,").arg(caption);
  html += QString::fromLatin1(jpeg.data().toBase64()) + QStringLiteral("\">");
  if (!caption.isEmpty()) html += QStringLiteral("<figcaption>") + caption + QStringLiteral("</figcaption>");
  return html + QStringLiteral("</figure>\n");
}

/// Nothing in it may end the element it stands in.
QString originElement(const std::string& origin) {
  QString json = QString::fromStdString(origin);
  json.replace(u'<', QStringLiteral("\\u003c"));
  return QStringLiteral("<script type=\"application/json\" id=\"%1\">").arg(QLatin1String(kOriginElement)) +
         json + QStringLiteral("</script>\n");
}

QString headOf(const ReportContent& content, ReportPaper paper) {
  return QStringLiteral(
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
             "style-src 'unsafe-inline'\">\n<title>%1</title>\n<style>@page { size: %2; margin: 15mm; }")
             .arg(escaped(content.fileTitle),
                  paper == ReportPaper::A4 ? QStringLiteral("A4") : QStringLiteral("letter")) +
         QString::fromLatin1(kStyle) + QStringLiteral("</style>\n");
}

}  // namespace

QByteArray htmlOf(const ReportContent& content, ReportPaper paper) {
  QString html = headOf(content, paper) + originElement(content.origin);
  html += QStringLiteral("</head>\n<body>\n<h1>%1</h1>\n").arg(escaped(content.title));
  for (const QString& subtitle : content.subtitles)
    html += QStringLiteral("<p class=\"subtitle\">%1</p>\n").arg(escaped(subtitle));
  for (const ReportText& notice : content.notices) html += paragraph(notice);
  for (const ReportSection& section : content.sections) {
    html += section.onNewPage ? QStringLiteral("<section class=\"page\">\n") : QStringLiteral("<section>\n");
    html += QStringLiteral("<h2>%1</h2>\n").arg(escaped(section.title));
    for (const ReportBlock& block : section.blocks)
      html += std::visit([](const auto& kind) { return htmlOf(kind); }, block);
    html += QStringLiteral("</section>\n");
  }
  html += QStringLiteral("<footer>%1</footer>\n</body>\n</html>\n").arg(escaped(content.footer));
  return html.toUtf8();
}

}  // namespace geneglass
