// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "inference/tissue/tissue_mask.h"

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

/// Lays out tiles of `tilePixels` at `modelMpp` micrometres per pixel over the slide; a tile is kept when at
/// least `minimumTissue` (0..1) of it is tissue and it lies wholly inside level 0. Error: the slide's mpp is
/// unknown; the sentence says how to give it.
Result<TileGrid> layTiles(const Slide& slide, const TissueMask& tissue, int tilePixels, double modelMpp,
                          double minimumTissue);

/// The sentence for a slide without mpp: names the file and says how to give one.
Error unknownMpp(const Slide& slide);

}  // namespace geneglass
