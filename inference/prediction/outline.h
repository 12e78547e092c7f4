// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// Outlines of one 8-connected set of cells along their edges, in cells: cell (c, r) covers [c, c + 1) x [r,
/// r + 1). The outer ring first, clockwise on screen, then the holes; straight runs have no points between.
/// Cells that only touch at a corner share the ring, which then passes that corner twice.
std::vector<std::vector<Point>> outlineOf(const std::vector<TileGrid::Cell>& cells);

}  // namespace geneglass
