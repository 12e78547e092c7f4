// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_pages.h"

#include <QObject>
#include <QTextLayout>
#include <algorithm>
#include <numeric>
#include <utility>

namespace geneglass {
namespace {

constexpr double kPixelsPerPoint = kDotsPerInch / 72.0;
constexpr double kMargin = 42;
constexpr double kFooter = 58;  ///< of the page's height: line, footer and the margin below
constexpr double kCellMargin = 4;
constexpr double kRowMargin = 1;
constexpr double kHeadingBefore = 10;
constexpr double kHeadingAfter = 3;
constexpr int kMostLines = 40;           ///< of a cell; what comes after is left out, and "…" says so
constexpr double kLeastScale = 2.0 / 3;  ///< of a picture that makes do with what is left of a page
constexpr size_t kFewestRows = 3;        ///< of a broken table, on its first page
constexpr double kScaleHeight = 5, kBarHeight = 2.5, kMarkHeight = 7, kMarkWidth = 1.5;
const QColor kScaleColour(0xEC, 0xEC, 0xEC), kMiddleHalf(0xD2, 0xD2, 0xD2), kBarColour(0x00, 0x4A, 0x7C);

QRectF inPixels(double x, double y, double width, double height) {
  return QRectF(x * kPixelsPerPoint, y * kPixelsPerPoint, width * kPixelsPerPoint, height * kPixelsPerPoint);
}

QFont fontOf(const TextStyle& style) {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(int(style.size * kPixelsPerPoint));
  font.setBold(style.bold);
  font.setHintingPreference(QFont::PreferNoHinting);
  font.setLetterSpacing(QFont::AbsoluteSpacing, 0.02);  // not to be seen; without ligatures, words are found
  return font;
}

double lineHeight(const TextStyle& style) {
  return style.size * 1.25;
}

/// The text, line by line, as it wraps at a width in points.
QStringList wrapped(const QString& text, const TextStyle& style, double wide, QPaintDevice* device) {
  const QFont font = fontOf(style);
  const QFontMetricsF metrics(font, device);
  QStringList lines;
  for (const QString& paragraph : text.split(u'\n')) {
    if (metrics.horizontalAdvance(paragraph) <= wide * kPixelsPerPoint) {
      lines << paragraph;
      continue;
    }
    QTextLayout layout(paragraph, font, device);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
      line.setLineWidth(wide * kPixelsPerPoint);
      lines << paragraph.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
  }
  return lines;
}

ReportPages::Draw drawLine(const QString& line, const TextStyle& style) {
  return [line, style](QPainter& painter, const QRectF& place) {
    painter.setFont(fontOf(style));
    painter.setPen(style.colour);
    painter.drawText(place, int(style.align | Qt::AlignVCenter | Qt::TextSingleLine), line);
  };
}

/// A line with its middle half shaded, and a bar from its middle to the place.
void drawScale(QPainter& painter, const QRectF& room, double place) {
  const auto part = [&room](double from, double to, double height) {
    return QRectF(room.left() + from * room.width(), room.center().y() - height * kPixelsPerPoint / 2,
                  (to - from) * room.width(), height * kPixelsPerPoint);
  };
  const double mark = kMarkWidth * kPixelsPerPoint / room.width() / 2;
  painter.fillRect(part(0, 1, kScaleHeight), kScaleColour);
  painter.fillRect(part(0.25, 0.75, kScaleHeight), kMiddleHalf);
  painter.fillRect(part(std::min(0.5, place), std::max(0.5, place), kBarHeight), kBarColour);
  painter.fillRect(part(place - mark, place + mark, kMarkHeight), kBarColour);
}

template <typename Pieces>
double heightOf(const Pieces& pieces) {
  return std::accumulate(pieces.begin(), pieces.end(), 0.0,
                         [](double sum, const auto& piece) { return sum + piece.height; });
}

}  // namespace

ReportPages::ReportPages(QPagedPaintDevice& device, QString footer)
    : m_device(device), m_footer(std::move(footer)) {
  const QSizeF paper = device.pageLayout().fullRectPoints().size();
  m_width = paper.width() - 2 * kMargin;
  m_height = paper.height() - kMargin - kFooter;
}

bool ReportPages::finish() {
  keepTogether({});
  if (!m_painter.begin(&m_device)) return false;
  const double scale = m_device.logicalDpiX() / double(kDotsPerInch);
  m_painter.scale(scale, scale);
  for (size_t page = 0; page < m_pages.size(); ++page) {
    if (page > 0 && !m_device.newPage()) return false;
    for (const Drawn& drawn : m_pages[page]) drawn.draw(m_painter, drawn.place);
    drawFooter(page);
  }
  return m_painter.end();
}

void ReportPages::drawFooter(size_t page) {
  const TextStyle style{8, false, QColor(0x50, 0x50, 0x50)};
  m_painter.setFont(fontOf(style));
  m_painter.setPen(QPen(QColor(0xB0, 0xB0, 0xB0), 0.5 * kPixelsPerPoint));
  const QRectF line = inPixels(kMargin, kMargin + m_height + 12, m_width, 16);
  m_painter.drawLine(line.topLeft(), line.topRight());
  m_painter.setPen(style.colour);
  m_painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, m_footer);
  m_painter.drawText(line, Qt::AlignRight | Qt::AlignBottom,
                     QObject::tr("Page %1 of %2").arg(page + 1).arg(m_pages.size()));
}

void ReportPages::pageBreak() {
  if (m_top == 0) return;
  m_pages.emplace_back();
  m_top = 0;
}

void ReportPages::space(double high) {
  if (m_top > 0 && m_pending.empty()) m_top += high;
}

/// Only on a page of its own does a piece begin where nothing is.
void ReportPages::put(Piece piece) {
  if (!fits(piece.height)) pageBreak();
  if (m_top == 0 && !piece.draw) return;
  if (piece.draw)
    m_pages.back().push_back(
        {inPixels(kMargin + piece.left, kMargin + m_top, piece.width, piece.height), std::move(piece.draw)});
  m_top += piece.height;
}

void ReportPages::keepTogether(std::vector<Piece> pieces) {
  pieces.insert(pieces.begin(), std::make_move_iterator(m_pending.begin()),
                std::make_move_iterator(m_pending.end()));
  m_pending.clear();
  if (const double needed = heightOf(pieces); !fits(needed) && needed <= m_height) pageBreak();
  for (Piece& piece : pieces) put(std::move(piece));
}

std::vector<ReportPages::Piece> ReportPages::linesOf(const QString& text, const TextStyle& style,
                                                     double wide) const {
  std::vector<Piece> lines;
  for (const QString& line : wrapped(text, style, wide, &m_device))
    lines.push_back({0, wide, lineHeight(style), drawLine(line, style)});
  return lines;
}

void ReportPages::heading(const QString& text, const TextStyle& style) {
  m_pending.push_back({0, m_width, kHeadingBefore, {}});
  for (Piece& line : linesOf(text, style, m_width)) m_pending.push_back(std::move(line));
  m_pending.push_back({0, m_width, kHeadingAfter, {}});
}

void ReportPages::text(const QString& text, const TextStyle& style) {
  std::vector<Piece> lines = linesOf(text, style, m_width);
  const auto second = lines.begin() + ptrdiff_t(std::min<size_t>(2, lines.size()));
  keepTogether({std::make_move_iterator(lines.begin()), std::make_move_iterator(second)});
  for (auto line = second; line != lines.end(); ++line) put(std::move(*line));
}

void ReportPages::picture(double wide, double high, Draw draw, const QString& caption,
                          const TextStyle& style) {
  std::vector<Piece> below{{0, m_width, 3, {}}};
  if (!caption.isEmpty())
    for (Piece& line : linesOf(caption, style, m_width)) below.push_back(std::move(line));
  const double left = m_height - m_top - heightOf(m_pending) - heightOf(below);
  if (const double scale = left / high; scale < 1 && scale >= kLeastScale) wide *= scale, high *= scale;
  below.insert(below.begin(), {(m_width - wide) / 2, wide, high, std::move(draw)});
  keepTogether(std::move(below));
}

ReportPages::Piece ReportPages::pieceOf(const PageRow& row) const {
  std::vector<QStringList> texts;
  double high = 0;
  for (const PageCell& cell : row.cells) {
    texts.push_back(wrapped(cell.text, cell.style, cell.width - 2 * kCellMargin, &m_device));
    if (texts.back().size() > kMostLines) {
      texts.back().resize(kMostLines);
      texts.back().back() += QStringLiteral(" …");
    }
    high = std::max(high, double(texts.back().size()) * lineHeight(cell.style) + 2 * kRowMargin);
  }
  return {0, m_width, high, [row, texts](QPainter& painter, const QRectF& place) {
            if (row.background.isValid()) painter.fillRect(place, row.background);
            double left = place.left() / kPixelsPerPoint;
            for (size_t i = 0; i < row.cells.size(); ++i) {
              const PageCell& cell = row.cells[i];
              double top = place.top() / kPixelsPerPoint + kRowMargin;
              if (cell.place)
                drawScale(
                    painter,
                    inPixels(left + kCellMargin, top, cell.width - 2 * kCellMargin, lineHeight(cell.style)),
                    *cell.place);
              for (const QString& line : texts[i]) {
                drawLine(line, cell.style)(
                    painter,
                    inPixels(left + kCellMargin, top, cell.width - 2 * kCellMargin, lineHeight(cell.style)));
                top += lineHeight(cell.style);
              }
              left += cell.width;
            }
          }};
}

/// Those that stay with the next are one piece with it.
std::vector<ReportPages::Piece> ReportPages::rowsOf(const PageTable& table) const {
  std::vector<Piece> pieces;
  bool joins = false;
  for (const PageRow& row : table.rows) {
    Piece piece = pieceOf(row);
    if (joins) {
      Piece& above = pieces.back();
      const double first = above.height;
      above.height += piece.height;
      above.draw = [upper = std::move(above.draw), lower = std::move(piece.draw), first](
                       QPainter& painter, const QRectF& place) {
        QRectF part = place;
        part.setHeight(first * kPixelsPerPoint);
        upper(painter, part);
        lower(painter, place.adjusted(0, first * kPixelsPerPoint, 0, 0));
      };
    } else {
      pieces.push_back(std::move(piece));
    }
    joins = row.withNext;
  }
  return pieces;
}

void ReportPages::table(const PageTable& table) {
  std::vector<Piece> rows = rowsOf(table);
  std::vector<Piece> head;
  if (table.head) head.push_back(pieceOf(*table.head));
  const double before = heightOf(m_pending) + heightOf(head);
  if (before + heightOf(rows) <= m_height) {
    head.insert(head.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    return keepTogether(std::move(head));
  }
  const std::vector<Piece> repeated = head;
  size_t next = std::min(kFewestRows, rows.size());
  head.insert(head.end(), rows.begin(), rows.begin() + ptrdiff_t(next));
  keepTogether(std::move(head));
  for (; next < rows.size(); ++next) {
    if (!fits(rows[next].height)) {
      pageBreak();
      for (const Piece& piece : repeated) put(piece);
    }
    put(std::move(rows[next]));
  }
}

}  // namespace geneglass
