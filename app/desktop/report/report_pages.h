// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPagedPaintDevice>
#include <QPainter>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace geneglass {

/// How a piece of text looks; sizes in points.
struct TextStyle {
  int size = 9;
  bool bold = false;
  QColor colour = QColor(0x20, 0x20, 0x20);
  Qt::Alignment align = Qt::AlignLeft;
};

/// One cell of a row: its width in points and what stands in it, wrapped.
struct PageCell {
  double width = 0;
  QString text;
  TextStyle style;
  std::optional<double> place = {};  ///< 0..1: marked on a scale, in place of the text
};

struct PageRow {
  std::vector<PageCell> cells;
  QColor background = {};
  bool withNext = false;  ///< never the last of a page
};

/// A table that fits on a page is never broken; a longer one repeats its head.
struct PageTable {
  std::optional<PageRow> head;
  std::vector<PageRow> rows;
};

/// Of the files, and of a printer that has such.
inline constexpr int kDotsPerInch = 720;

/// Lays out pages from above and begins a new one where something does not fit. Nothing is drawn before
/// finish(), when the number of pages, which the footers tell, is known. Lengths in points.
class ReportPages final {
 public:
  /// Draws into a place, both in the painter's pixels.
  using Draw = std::function<void(QPainter& painter, const QRectF& place)>;

  /// On the device's paper, all of it. `footer` stands left under each page, "Page 1 of 3" right of it.
  ReportPages(QPagedPaintDevice& device, QString footer);

  double width() const { return m_width; }  ///< of what can be written on
  double height() const { return m_height; }

  void heading(const QString& text, const TextStyle& style);  ///< stays with what comes next
  void text(const QString& text, const TextStyle& style);     ///< wrapped; breaks between lines
  void table(const PageTable& table);
  /// Stays with its caption, and gets smaller, but no less than by a third, where it fits the page then. What
  /// `draw` refers to lives until finish().
  void picture(double wide, double high, Draw draw, const QString& caption, const TextStyle& style);
  void space(double height);
  void pageBreak();
  bool finish();  ///< draws all pages; the last call. False where the device takes none

 private:
  /// What is never broken: some height, and who draws it.
  struct Piece {
    double left = 0;
    double width = 0;
    double height = 0;
    Draw draw;
  };
  struct Drawn {
    QRectF place;
    Draw draw;
  };
  std::vector<Piece> linesOf(const QString& text, const TextStyle& style, double wide) const;
  Piece pieceOf(const PageRow& row) const;
  std::vector<Piece> rowsOf(const PageTable& table) const;
  bool fits(double needed) const { return m_top + needed <= m_height; }
  void keepTogether(std::vector<Piece> pieces);
  void put(Piece piece);
  void drawFooter(size_t page);

  QPagedPaintDevice& m_device;
  QPainter m_painter;
  QString m_footer;
  double m_width;
  double m_height;
  std::vector<std::vector<Drawn>> m_pages{1};
  std::vector<Piece> m_pending;  ///< headings that wait for what they stay with
  double m_top = 0;
};

}  // namespace geneglass
