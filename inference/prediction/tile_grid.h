// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The model's tiles laid over a slide, and the cells that its maps are made of. Lengths are whole level-0
/// pixels, so that maps cannot drift: tile (column, row) begins at (left + column * stride, top + row *
/// stride) and is `tile` wide and high.
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

  /// Of tiles that overlap or lie on no lattice, in bags of other tools: which of them cover the middle of
  /// each cell. Constant, shared.
  struct Cover {
    std::vector<int32_t> corners;  ///< where the N tiles begin, x y x y ..., level-0 pixels
    std::vector<Cell> cells;       ///< those under any tile, row by row
    std::vector<uint32_t> firsts;  ///< one more than `cells`: where each one's tiles begin in `tiles`
    std::vector<uint32_t> tiles;
  };
  /// Null: each tile is the cell of its place. Otherwise `cells` says in which cell each tile begins.
  std::shared_ptr<const Cover> cover = {};

  size_t count() const { return cells.size(); }
  /// Upper left corners of the tiles, x y x y ..., as files hold them.
  std::vector<int32_t> corners() const;
  /// Where the tile of a place begins that is counted in cells.
  Point place(double column, double row) const { return {left + column * stride, top + row * stride}; }
  Rect area(const Cell& cell) const {
    const Point corner = place(cell.column, cell.row);
    return {corner.x, corner.y, double(tile), double(tile)};
  }
  /// Of tile 0 to N - 1.
  Rect areaOfTile(size_t number) const {
    if (!cover) return area(cells[number]);
    return {double(cover->corners[2 * number]), double(cover->corners[2 * number + 1]), double(tile),
            double(tile)};
  }

  /// The cells that maps show: without a cover the tiles', in their order.
  const std::vector<Cell>& mapCells() const { return cover ? cover->cells : cells; }
  /// A place counted in cells on the maps, as outlineOf() has them: there overlapping tiles without a cover
  /// meet half-way, each is the stride's square in its middle.
  Point onMap(double column, double row) const {
    const double half = cover ? 0 : (tile - stride) / 2.0;
    return {left + half + column * stride, top + half + row * stride};
  }
  Rect square(const Cell& cell) const {
    const Point corner = onMap(cell.column, cell.row);
    return {corner.x, corner.y, double(stride), double(stride)};
  }
  /// The map's cell that the middle of a tile lies in.
  Cell cellOfTile(size_t number) const {
    if (!cover) return cells[number];
    const Rect tileArea = areaOfTile(number);
    return {int((tileArea.x + tile / 2.0 - left) / stride), int((tileArea.y + tile / 2.0 - top) / stride)};
  }
};

}  // namespace geneglass
