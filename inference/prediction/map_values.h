// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// One value a tile becomes one value for each of the grid's mapCells(), in their order: the mean of the
/// tiles that cover the cell. Of no values none. Inline, since overlays do not link inference.
inline std::vector<float> valuesOnMap(const TileGrid& grid, std::span<const float> values) {
  if (!grid.cover || values.empty()) return {values.begin(), values.end()};
  const TileGrid::Cover& cover = *grid.cover;
  std::vector<float> means;
  means.reserve(cover.cells.size());
  for (size_t cell = 0; cell < cover.cells.size(); ++cell) {
    double sum = 0;
    for (uint32_t i = cover.firsts[cell]; i < cover.firsts[cell + 1]; ++i)
      sum += double(values[cover.tiles[i]]);
    means.push_back(float(sum / double(cover.firsts[cell + 1] - cover.firsts[cell])));
  }
  return means;
}

}  // namespace geneglass
