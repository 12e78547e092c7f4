// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "viewer/canvas/tiles/placed_tile.h"

namespace geneglass {

/// One tile of a frame, as it is shown.
struct PaintedTile {
  const Image* image = nullptr;  ///< null: it is damaged and hatched
  PlacedTile place;              ///< texels are of `image`
  double opacity = 1;
  bool isOpaque = false;  ///< each pixel of `image` hides what lies under it
  bool operator==(const PaintedTile&) const = default;
};

/// Paints the tiles over each other in their order, on `background`, as the shader of TileDrawer does, within
/// a few of 255: where a pixel of the screen covers at most two of the tile's it is their weighted mean,
/// where it is less than half of one, the slide's pixels are seen. On up to `threads` threads, the caller's
/// among them. `frame` has the viewport's size and
/// becomes what OpenGL keeps: the lowest row first, bytes R G B A. Pure.
void paintTiles(Image& frame, const Viewport& viewport, std::span<const PaintedTile> tiles,
                uint32_t background, int threads);

}  // namespace geneglass
