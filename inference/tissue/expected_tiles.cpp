// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/expected_tiles.h"

#include "inference/prediction/nearest_cells.h"

namespace geneglass {

std::vector<TileGrid::Cell> expectedTiles(const TileGrid& grid, const std::vector<TileState>& states) {
  std::vector<TileGrid::Cell> read, waiting, expected;
  std::vector<bool> shows;
  for (size_t i = 0; i < grid.count(); ++i) {
    if (states[i] == TileState::Waiting) waiting.push_back(grid.cells[i]);
    if (states[i] == TileState::Waiting || states[i] == TileState::Damaged) continue;
    read.push_back(grid.cells[i]);
    shows.push_back(states[i] != TileState::Empty);
  }
  const std::vector<size_t> nearest = nearestCells(grid.columns, grid.rows, read);
  for (const TileGrid::Cell& cell : waiting) {
    const size_t from = nearest[size_t(cell.row) * size_t(grid.columns) + size_t(cell.column)];
    if (from == read.size() || shows[from]) expected.push_back(cell);
  }
  return expected.empty() ? waiting : expected;
}

}  // namespace geneglass
