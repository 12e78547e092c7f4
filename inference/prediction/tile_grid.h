// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The model's tiles laid over a slide. Lengths are whole level-0 pixels, so that maps cannot drift:
/// tile (column, row) begins at (left + column * stride, top + row * stride) and is `tile` wide and high.
struct TileGrid {
  int tile = 0;
  int stride = 0;
  int columns = 0;
  int rows = 0;

  struct Cell {
    int column = 0;
    int row = 0;
    bool operator==(const Cell&) const = default;
  };
  std::vector<Cell> cells;  ///< the N tiles that hold tissue, row by row
  int left = 0;             ///< where cell (0, 0) begins; elsewhere than at 0 in bags of other tools
  int top = 0;

  size_t count() const { return cells.size(); }
  /// Upper left corners of the cells, x y x y ..., as files hold them.
  std::vector<int32_t> corners() const;
  /// A place counted in cells, as outlineOf() has them.
  Point place(double column, double row) const { return {left + column * stride, top + row * stride}; }
  Rect area(const Cell& cell) const {
    const Point corner = place(cell.column, cell.row);
    return {corner.x, corner.y, double(tile), double(tile)};
  }
};

}  // namespace geneglass
