// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/map_painter.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "viewer/canvas/painting/pixel_rows.h"

namespace geneglass {
namespace {

constexpr uint32_t kMarkColour = 0x991c1c1c;  ///< 0.18 grey at 0.6, multiplied by alpha

/// Hatched and dotted lines lie still on the slide. `x`, `y`: screen pixels from the map's corner.
bool isOnLine(double x, double y) {
  const double place = (x + y) / 9;
  return (place - std::floor(place)) * 9 < 2;
}
bool isOnDot(double x, double y) {
  const auto fromMiddle = [](double at) { return (at / 8 - std::floor(at / 8)) * 8 - 4; };
  const double across = fromMiddle(x), down = fromMiddle(y);
  return across * across + down * down < 1.5 * 1.5;
}

/// One map on the rows of a screen.
class MapRows final {
 public:
  MapRows(const PaintedMap& map, const Viewport& viewport)
      : m_map(*map.shown->heatmap),
        m_painted(map),
        m_screen(viewport),
        m_columnsSeen(std::min(static_cast<int>(std::ceil(map.place.cells.right)),
                               m_map.columns - map.place.baseColumn)) {}

  void paint(Image& frame, int row) {
    const PixelSpan span = m_screen.pixelsOf(m_painted.place.screen, row, frame.width);
    if (span.first >= span.end) return;
    const CellRow cells = cellsOf(span.first, row);
    if (m_screen.isUpright() && !m_painted.shown->style.smooth)
      shadeUpright(span, cells);
    else
      shadeTurned(span, cells);
    const uint32_t* pixels = m_row.data();
    if (m_hasMarks) pixels = markedRow(cells);
    uint32_t* const to = &frame.at(0, row);
    for (const PixelSpan part : shownParts(span, row))
      if (part.first < part.end)
        blendPixels(to + part.first, pixels + (part.first - span.first),
                    static_cast<size_t>(part.end - part.first), 256);
  }

 private:
  CellRow cellsOf(int x, int y) const {
    const PlacedMap& place = m_painted.place;
    const Point at = m_screen.unturned(x, y);
    const auto cell = [&](double screen, double from, double cells) {
      return static_cast<float>(std::max(0.0, cells + (screen - from) / place.cellPixels));
    };
    return {cell(at.x, place.screen.left, place.cells.left),
            cell(at.y, place.screen.top, place.cells.top),
            static_cast<float>(m_screen.cosine / place.cellPixels),
            static_cast<float>(-m_screen.sine / place.cellPixels),
            -place.baseColumn,
            m_map.columns - 1 - place.baseColumn,
            -place.baseRow,
            m_map.rows - 1 - place.baseRow,
            m_map.columns};
  }

  size_t base() const {
    return static_cast<size_t>(m_painted.place.baseRow) * static_cast<size_t>(m_map.columns) +
           static_cast<size_t>(m_painted.place.baseColumn);
  }

  void shade(uint32_t* out, const float* values, const uint32_t* paint, size_t count) const {
    if (paint)
      shadePaint(out, values, paint, count, m_painted.shades.opacity);
    else
      shadeValues(out, values, count, m_painted.shades);
  }

  /// By cells, once for all rows of the screen that lie in them.
  void shadeUpright(PixelSpan span, const CellRow& cells) {
    const int row = std::clamp(static_cast<int>(cells.row), cells.firstRow, cells.lastRow);
    if (row == m_cellRow && m_rowFrom == span.first &&
        m_row.size() == static_cast<size_t>(span.end - span.first))
      return;
    const auto count = static_cast<size_t>(span.end - span.first), seen = static_cast<size_t>(m_columnsSeen);
    if (m_rowFrom != span.first || m_indices.size() != count) {
      CellRow first = cells;
      first.row = 0;
      first.lastColumn = std::min(first.lastColumn, m_columnsSeen - 1);
      m_indices.resize(count);
      findCells(m_indices.data(), first, count);
    }
    m_cellRow = row;
    m_rowFrom = span.first;
    m_cells.resize(seen);
    m_row.resize(count);
    const size_t from = base() + static_cast<size_t>(row) * static_cast<size_t>(m_map.columns);
    shade(m_cells.data(), &m_map.values[from], m_map.mix ? &m_map.paint[from] : nullptr, seen);
    m_hasMarks = hasMarks(m_cells.data(), seen);
    takeCells(m_row.data(), m_cells.data(), m_indices);
  }

  void shadeTurned(PixelSpan span, const CellRow& cells) {
    const auto count = static_cast<size_t>(span.end - span.first);
    m_row.resize(count);
    m_values.resize(count);
    const float* values = m_map.values.data() + base();
    if (m_painted.shown->style.smooth && !m_map.mix) {
      takeBetween(m_values.data(), values, cells, count);
      shade(m_row.data(), m_values.data(), nullptr, count);
    } else {
      m_indices.resize(count);
      m_cells.resize(count);
      findCells(m_indices.data(), cells, count);
      takeCells(m_values.data(), values, m_indices);
      if (m_map.mix) takeCells(m_cells.data(), m_map.paint.data() + base(), m_indices);
      shade(m_row.data(), m_values.data(), m_map.mix ? m_cells.data() : nullptr, count);
    }
    m_hasMarks = hasMarks(m_row.data(), count);
  }

  const uint32_t* markedRow(const CellRow& cells) {
    const PlacedMap& place = m_painted.place;
    m_marked = m_row;
    double x = (place.baseColumn + static_cast<double>(cells.column)) * place.cellPixels;
    double y = (place.baseRow + static_cast<double>(cells.row)) * place.cellPixels;
    for (uint32_t& pixel : m_marked) {
      if (pixel == kHatchedPixel)
        pixel = isOnLine(x, y) ? kMarkColour : 0;
      else if (pixel == kDottedPixel)
        pixel = isOnDot(x, y) ? kMarkColour : 0;
      x += m_screen.cosine;
      y -= m_screen.sine;
    }
    return m_marked.data();
  }

  /// What its cut leaves of a row.
  std::array<PixelSpan, 2> shownParts(PixelSpan span, int row) const {
    const MapCut& cut = m_painted.cut;
    if (cut.side == MapCut::Side::All) return {span, {}};
    const double above = row + 0.5 - cut.centre.y;
    const double half = std::sqrt(std::max(0.0, cut.radius * cut.radius - above * above));
    const auto pixel = [&](double x) {
      return static_cast<int>(std::clamp<double>(std::ceil(x - 0.5), span.first, span.end));
    };
    const PixelSpan inside{pixel(cut.centre.x - half), pixel(cut.centre.x + half)};
    if (cut.side == MapCut::Side::Inside) return {inside, {}};
    return {PixelSpan{span.first, inside.first}, PixelSpan{inside.end, span.end}};
  }

  const Heatmap& m_map;
  const PaintedMap& m_painted;
  const TurnedScreen m_screen;
  const int m_columnsSeen;
  int m_cellRow = -1;  ///< that m_row shows, upright
  int m_rowFrom = -1;
  bool m_hasMarks = false;
  std::vector<int32_t> m_indices;  ///< the cell under each pixel
  std::vector<float> m_values;
  std::vector<uint32_t> m_cells, m_row, m_marked;
};

}  // namespace

void paintMap(Image& frame, const Viewport& viewport, const PaintedMap& map, PixelSpan rows) {
  MapRows painter(map, viewport);
  for (int row = rows.first; row < rows.end; ++row) painter.paint(frame, row);
}

}  // namespace geneglass
