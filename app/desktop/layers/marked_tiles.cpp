// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/marked_tiles.h"

#include <QPolygonF>
#include <algorithm>

#include "inference/prediction/connected_cells.h"
#include "inference/prediction/outline.h"

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
  painter.setBrush(Qt::NoBrush);
  for (const Ring& ring : m_rings) {
    if (ring.box.x > seen.right() || ring.box.right() < seen.x || ring.box.y > seen.bottom() ||
        ring.box.bottom() < seen.y)
      continue;
    QPolygonF polygon;
    for (const Point& corner : ring.points) {
      const Point screen = viewport.toScreen(corner);
      polygon << QPointF(screen.x, screen.y);
    }
    painter.setPen(QPen(QColor(0, 0, 0, 200), 3.5));
    painter.drawPolygon(polygon);
    painter.setPen(QPen(QColor(0xE6, 0x9F, 0x00), 2));
    painter.drawPolygon(polygon);
  }
}

}  // namespace geneglass
