// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/tile_grid.h"

namespace geneglass {

std::vector<int32_t> TileGrid::corners() const {
  if (cover) return cover->corners;
  std::vector<int32_t> corners;
  corners.reserve(2 * count());
  for (const Cell& cell : cells) {
    corners.push_back(left + cell.column * stride);
    corners.push_back(top + cell.row * stride);
  }
  return corners;
}

}  // namespace geneglass
