// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPdfWriter>
#include <QString>
#include <functional>
#include <vector>

namespace geneglass {

/// How a piece of text looks; sizes in points.
struct TextStyle {
  int size = 9;
  bool bold = false;
  QColor colour = QColor(0x20, 0x20, 0x20);
  Qt::Alignment align = Qt::AlignLeft;
};

/// One cell of a row: its width in points and what stands in it.
struct ReportCell {
  double width = 0;
  QString text;
  TextStyle style;
};

/// Lays out A4 pages from above and begins a new one where something does not fit. Nothing is drawn before
/// finish(), when the number of pages, which the footers tell, is known. Lengths in points.
class ReportPages final {
 public:
  /// Draws into a place, both in the painter's pixels.
  using Draw = std::function<void(QPainter& painter, const QRectF& place)>;

  /// `footer` stands left under each page, "Page 1 of 3" right of it.
  ReportPages(QPdfWriter& writer, QString footer);

  static constexpr double kWidth = 511;  ///< of what can be written on
  static constexpr double kHeight = 742;

  void text(const QString& text, const TextStyle& style);  ///< wrapped
  void row(const std::vector<ReportCell>& cells, double height, QColor background = {});
  void picture(double high, Draw draw);  ///< as wide as the page; what `draw` refers to lives until finish()
  void space(double height);
  void pageBreak();
  bool fits(double needed) const { return m_top + needed <= kHeight; }
  void finish();  ///< draws all pages; the last call

 private:
  struct Drawn {
    QRectF place;
    Draw draw;
  };
  void put(double wide, double high, Draw draw);
  void drawFooter(size_t page);

  QPdfWriter& m_writer;
  QPainter m_painter;
  QString m_footer;
  std::vector<std::vector<Drawn>> m_pages{1};
  double m_top = 0;
};

}  // namespace geneglass
