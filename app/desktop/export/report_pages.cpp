// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/report_pages.h"

#include <QObject>
#include <QTextOption>
#include <utility>

namespace geneglass {
namespace {

constexpr double pixelsPerPoint = 10;
constexpr double marginLeft = 42;
constexpr double marginTop = 42;
constexpr double footerTop = 796;

QRectF inPixels(double x, double y, double width, double height) {
  return QRectF(x * pixelsPerPoint, y * pixelsPerPoint, width * pixelsPerPoint, height * pixelsPerPoint);
}

QFont fontOf(const TextStyle& style) {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(int(style.size * pixelsPerPoint));
  font.setBold(style.bold);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

}  // namespace

ReportPages::ReportPages(QPdfWriter& writer, QString footer, int pageCount)
    : m_writer(writer), m_footer(std::move(footer)), m_pageCount(pageCount) {
  writer.setResolution(int(72 * pixelsPerPoint));
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  m_painter.begin(&writer);
}

ReportPages::~ReportPages() {
  finishPage();
  m_painter.end();
}

void ReportPages::finishPage() {
  const TextStyle style{8, false, QColor(0x50, 0x50, 0x50)};
  m_painter.setFont(fontOf(style));
  m_painter.setPen(QPen(QColor(0xB0, 0xB0, 0xB0), 0.5 * pixelsPerPoint));
  const QRectF line = inPixels(marginLeft, footerTop, width, 16);
  m_painter.drawLine(line.topLeft(), line.topRight());
  m_painter.setPen(style.colour);
  m_painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, m_footer);
  m_painter.drawText(line, Qt::AlignRight | Qt::AlignBottom,
                     QObject::tr("Page %1 of %2").arg(m_page).arg(m_pageCount));
}

void ReportPages::pageBreak() {
  finishPage();
  m_writer.newPage();
  ++m_page;
  m_top = 0;
}

QRectF ReportPages::take(double wide, double high) {
  if (!fits(high) && m_top > 0) pageBreak();
  const QRectF place = inPixels(marginLeft, marginTop + m_top, wide, high);
  m_top += high;
  return place;
}

void ReportPages::space(double high) {
  m_top += high;
}

void ReportPages::text(const QString& text, const TextStyle& style) {
  QTextOption option(style.align);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  m_painter.setFont(fontOf(style));
  m_painter.setPen(style.colour);
  const double needed =
      m_painter.boundingRect(inPixels(0, 0, width, height), text, option).height() / pixelsPerPoint;
  m_painter.drawText(take(width, needed + 1), text, option);
}

void ReportPages::row(const std::vector<ReportCell>& cells, double high, QColor background) {
  QRectF place = take(width, high);
  if (background.isValid()) m_painter.fillRect(place, background);
  for (const ReportCell& cell : cells) {
    const QFont font = fontOf(cell.style);
    place.setWidth(cell.width * pixelsPerPoint);
    const QRectF inner = place.adjusted(2 * pixelsPerPoint, 0, -2 * pixelsPerPoint, 0);
    const QString shown =
        QFontMetricsF(font, &m_writer).elidedText(cell.text, Qt::ElideMiddle, inner.width());
    m_painter.setFont(font);
    m_painter.setPen(cell.style.colour);
    m_painter.drawText(inner, int(cell.style.align | Qt::AlignVCenter | Qt::TextSingleLine), shown);
    place.moveLeft(place.right());
  }
}

}  // namespace geneglass
