// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/connected_cells.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace geneglass {
namespace {

int64_t keyOf(int column, int row) {
  return (int64_t(row) << 32) + column;
}

/// Takes the region around `seed` out of `open`, which holds the places of the cells that are in none yet.
std::vector<size_t> takeRegion(std::span<const TileGrid::Cell> cells, size_t seed,
                               std::unordered_map<int64_t, size_t>& open) {
  std::vector<size_t> region{seed};
  open.erase(keyOf(cells[seed].column, cells[seed].row));
  for (size_t i = 0; i < region.size(); ++i) {
    const TileGrid::Cell cell = cells[region[i]];
    for (int neighbour = 0; neighbour < 9; ++neighbour) {
      const auto found = open.find(keyOf(cell.column + neighbour % 3 - 1, cell.row + neighbour / 3 - 1));
      if (found == open.end()) continue;
      region.push_back(found->second);
      open.erase(found);
    }
  }
  std::ranges::sort(region);
  return region;
}

}  // namespace

std::vector<std::vector<size_t>> connectedCells(std::span<const TileGrid::Cell> cells) {
  std::unordered_map<int64_t, size_t> open;
  for (size_t i = 0; i < cells.size(); ++i) open[keyOf(cells[i].column, cells[i].row)] = i;
  std::vector<std::vector<size_t>> components;
  for (size_t i = 0; i < cells.size(); ++i)
    if (open.contains(keyOf(cells[i].column, cells[i].row))) components.push_back(takeRegion(cells, i, open));
  return components;
}

}  // namespace geneglass
