// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The grid under another tool's tiles of `side` level-0 pixels that begin at `places` (x y x y ..., level-0
/// pixels); both are rounded to whole ones. Where tiles lie side by side on one lattice, each is a cell.
/// Others (two contours with a lattice each, overlapping, sampled or rounded tiles) are rectangles with a
/// cover: its cells are the largest that fit all their edges, or a quarter of a tile where those were smaller
/// than an eighth. A side of 0 is not known: then it is the smallest step between the tiles, if that makes a
/// lattice of which a tenth have a neighbour. Errors, to follow "...: ".
Result<TileGrid> layForeignTiles(const std::vector<double>& places, double side);

/// `count` tiles one after another, for who needs no places.
TileGrid tilesInLine(size_t count);

}  // namespace geneglass
