// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPdfWriter>
#include <QString>
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

/// Fills A4 pages from above, begins a new one where something does not fit, and puts the footer under each.
/// Lengths in points.
class ReportPages final {
 public:
  /// `pageCount`: for "Page 1 of 3"; 0 while it is not known yet. `footer` stands left of it.
  ReportPages(QPdfWriter& writer, QString footer, int pageCount);
  ~ReportPages();

  static constexpr double width = 511;  ///< of what can be written on
  static constexpr double height = 742;

  void text(const QString& text, const TextStyle& style);  ///< wrapped
  void row(const std::vector<ReportCell>& cells, double height, QColor background = {});
  void space(double height);
  void pageBreak();
  bool fits(double needed) const { return m_top + needed <= height; }
  int page() const { return m_page; }

  /// A rectangle of so many points, in the painter's pixels, taken from the page.
  QRectF take(double wide, double high);
  QPainter& painter() { return m_painter; }

 private:
  void finishPage();

  QPdfWriter& m_writer;
  QPainter m_painter;
  QString m_footer;
  int m_pageCount = 0;
  int m_page = 1;
  double m_top = 0;
};

}  // namespace geneglass
