// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/tile_grid.h"
#include "inference/tissue/tile_state.h"

namespace geneglass {

/// Of the tiles that wait, those that may show something: the nearest tile that was read does. All of them
/// where none would be left. `states`: of each cell of the grid.
std::vector<TileGrid::Cell> expectedTiles(const TileGrid& grid, const std::vector<TileState>& states);

}  // namespace geneglass
