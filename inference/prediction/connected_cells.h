// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// The 8-connected components of `cells`, of which no two are the same: of each the places of its cells in
/// `cells`, rising; components in the order of their first cell.
std::vector<std::vector<size_t>> connectedCells(std::span<const TileGrid::Cell> cells);

}  // namespace geneglass
