// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "viewer/canvas/viewport.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// What to draw now and what to read next.
struct TilePlan {
  std::vector<TileKey>
      draw;  ///< resident tiles, coarsest level first: each level paints over the ones before it
  std::vector<TileKey> want;  ///< tiles that are missing, in the order of need: coarsest level, best level
                              ///< from the centre outwards, a ring around it
  bool sharp = false;         ///< every visible tile of the best level is resident
  bool blank = true;          ///< some visible part of the slide has no resident tile at any level
};

/// Pure: which tiles of `slide` show `viewport`, given those that are resident on the GPU. From the best
/// level (the coarsest that is at least as fine as the screen) coarser, until one level's resident tiles fill
/// the view. Level indices and downsamples may step by anything.
TilePlan planTiles(const Slide& slide, const Viewport& viewport,
                   const std::function<bool(TileKey)>& isResident);

/// The level-0 rectangle a tile covers.
Rect tileArea(const Slide& slide, TileKey key);

}  // namespace geneglass
