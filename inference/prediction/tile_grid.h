// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The model's tiles laid over a slide. Lengths are whole level-0 pixels, so that maps cannot drift:
/// tile (column, row) covers [column * stride, column * stride + tile) x [row * stride, row * stride + tile).
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

  size_t count() const { return cells.size(); }
  /// Upper left corners of the cells, x y x y ..., as files hold them.
  std::vector<int32_t> corners() const;
  Rect area(const Cell& cell) const {
    return {double(cell.column) * stride, double(cell.row) * stride, double(tile), double(tile)};
  }
};

}  // namespace geneglass
