// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// How the grid's cells, of which columns, rows, stride, left and top are given, lie under tiles that begin
/// at `corners` (x y x y ..., level-0 pixels): a tile covers the cells whose middle it holds, and those whose
/// middle is less than `slack` pixels away from it, so that rounded places leave no gap. Every tile lies
/// within the grid.
std::shared_ptr<const TileGrid::Cover> coverOf(const TileGrid& grid, std::vector<int32_t> corners,
                                               double slack);

}  // namespace geneglass
