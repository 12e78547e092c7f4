// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/marked_tiles.h"

#include <algorithm>

#include "inference/prediction/connected_cells.h"
#include "inference/prediction/outline.h"
#include "viewer/canvas/ring_painter.h"

namespace geneglass {

MarkedTiles::MarkedTiles(const TileGrid& grid, const std::vector<TileGrid::Cell>& cells) {
  for (const std::vector<size_t>& component : connectedCells(cells)) {
    std::vector<TileGrid::Cell> together;
    for (const size_t cell : component) together.push_back(cells[cell]);
    for (const std::vector<Point>& ring : outlineOf(together)) {
      Ring placed;
      for (const Point& corner : ring) placed.points.push_back(grid.onMap(corner.x, corner.y));
      const auto [left, right] = std::ranges::minmax(placed.points, {}, &Point::x);
      const auto [top, bottom] = std::ranges::minmax(placed.points, {}, &Point::y);
      placed.box = {left.x, top.y, right.x - left.x, bottom.y - top.y};
      m_rings.push_back(std::move(placed));
    }
  }
}

void MarkedTiles::paint(QPainter& painter, const Viewport& viewport) const {
  const Rect seen = viewport.visible();
  for (const Ring& ring : m_rings) {
    if (ring.box.x > seen.right() || ring.box.right() < seen.x || ring.box.y > seen.bottom() ||
        ring.box.bottom() < seen.y)
      continue;
    paintRing(painter, viewport, ring.points, {QColor(0xE6, 0x9F, 0x00), 2, QColor(28, 28, 28), 3.5});
  }
}

}  // namespace geneglass
