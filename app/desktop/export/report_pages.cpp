// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/report_pages.h"

#include <QObject>
#include <QTextOption>
#include <utility>

namespace geneglass {
namespace {

constexpr double kPixelsPerPoint = 10;
constexpr double kMarginLeft = 42;
constexpr double kMarginTop = 42;
constexpr double kFooterTop = 796;

QRectF inPixels(double x, double y, double width, double height) {
  return QRectF(x * kPixelsPerPoint, y * kPixelsPerPoint, width * kPixelsPerPoint, height * kPixelsPerPoint);
}

QFont fontOf(const TextStyle& style) {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(int(style.size * kPixelsPerPoint));
  font.setBold(style.bold);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

}  // namespace

ReportPages::ReportPages(QPdfWriter& writer, QString footer) : m_writer(writer), m_footer(std::move(footer)) {
  writer.setResolution(int(72 * kPixelsPerPoint));
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  m_painter.begin(&writer);
}

void ReportPages::finish() {
  for (size_t page = 0; page < m_pages.size(); ++page) {
    if (page > 0) m_writer.newPage();
    for (const Drawn& drawn : m_pages[page]) drawn.draw(m_painter, drawn.place);
    drawFooter(page);
  }
  m_painter.end();
}

void ReportPages::drawFooter(size_t page) {
  const TextStyle style{8, false, QColor(0x50, 0x50, 0x50)};
  m_painter.setFont(fontOf(style));
  m_painter.setPen(QPen(QColor(0xB0, 0xB0, 0xB0), 0.5 * kPixelsPerPoint));
  const QRectF line = inPixels(kMarginLeft, kFooterTop, kWidth, 16);
  m_painter.drawLine(line.topLeft(), line.topRight());
  m_painter.setPen(style.colour);
  m_painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, m_footer);
  m_painter.drawText(line, Qt::AlignRight | Qt::AlignBottom,
                     QObject::tr("Page %1 of %2").arg(page + 1).arg(m_pages.size()));
}

void ReportPages::pageBreak() {
  m_pages.emplace_back();
  m_top = 0;
}

void ReportPages::put(double wide, double high, Draw draw) {
  if (!fits(high) && m_top > 0) pageBreak();
  m_pages.back().push_back({inPixels(kMarginLeft, kMarginTop + m_top, wide, high), std::move(draw)});
  m_top += high;
}

void ReportPages::space(double high) {
  m_top += high;
}

void ReportPages::text(const QString& text, const TextStyle& style) {
  QTextOption option(style.align);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  m_painter.setFont(fontOf(style));
  const double needed =
      m_painter.boundingRect(inPixels(0, 0, kWidth, kHeight), text, option).height() / kPixelsPerPoint;
  put(kWidth, needed + 1, [text, style, option](QPainter& painter, const QRectF& place) {
    painter.setFont(fontOf(style));
    painter.setPen(style.colour);
    painter.drawText(place, text, option);
  });
}

void ReportPages::picture(double high, Draw draw) {
  put(kWidth, high, std::move(draw));
}

void ReportPages::row(const std::vector<ReportCell>& cells, double high, QColor background) {
  put(kWidth, high, [cells, background](QPainter& painter, QRectF place) {
    if (background.isValid()) painter.fillRect(place, background);
    for (const ReportCell& cell : cells) {
      const QFont font = fontOf(cell.style);
      place.setWidth(cell.width * kPixelsPerPoint);
      const QRectF inner = place.adjusted(2 * kPixelsPerPoint, 0, -2 * kPixelsPerPoint, 0);
      const QString shown =
          QFontMetricsF(font, painter.device()).elidedText(cell.text, Qt::ElideMiddle, inner.width());
      painter.setFont(font);
      painter.setPen(cell.style.colour);
      painter.drawText(inner, int(cell.style.align | Qt::AlignVCenter | Qt::TextSingleLine), shown);
      place.moveLeft(place.right());
    }
  });
}

}  // namespace geneglass
