// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <deque>
#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// For each place of columns x rows, row by row, which of `cells` is as few steps to the 8 neighbours away as
/// any; cells.size() where there are none. Cells lie within.
inline std::vector<size_t> nearestCells(int columns, int rows, std::span<const TileGrid::Cell> cells) {
  const auto placeOf = [&](int column, int row) { return size_t(row) * size_t(columns) + size_t(column); };
  std::vector<size_t> nearest(size_t(columns) * size_t(rows), cells.size());
  std::deque<TileGrid::Cell> next;
  for (size_t i = 0; i < cells.size(); ++i) {
    nearest[placeOf(cells[i].column, cells[i].row)] = i;
    next.push_back(cells[i]);
  }
  for (; !next.empty(); next.pop_front()) {
    const auto [column, row] = next.front();
    for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y)
      for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x)
        if (size_t& own = nearest[placeOf(x, y)]; own == cells.size()) {
          own = nearest[placeOf(column, row)];
          next.push_back({x, y});
        }
  }
  return nearest;
}

}  // namespace geneglass
