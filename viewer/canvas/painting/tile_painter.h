// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/canvas/painting/turned_screen.h"
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

/// Paints rows of a tile, upper ones first, over what is there, as the shader of TileDrawer does, within a
/// few of 255: where a pixel of the screen covers at most two of the tile's it is their weighted mean, where
/// it is less than half of one, the slide's pixels are seen. The frame has the viewport's size. Pure.
void paintTile(Image& frame, const Viewport& viewport, const PaintedTile& tile, PixelSpan rows);

}  // namespace geneglass
