// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/canvas/viewport.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// The sides of an upright rectangle.
struct Sides {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  bool operator==(const Sides&) const = default;
};

/// Where the seen part of a tile lies.
struct PlacedTile {
  Sides screen;               ///< screen pixels from the viewport's centre, before the turn
  Sides texels;               ///< the same part in the tile's own pixels
  double texelsPerPixel = 1;  ///< tile pixels a screen pixel covers, along the side where these are smaller
  bool operator==(const PlacedTile&) const = default;
};

/// Pure. `size`: of the tile's picture. Cut to what is seen, so that floats would do wherever on the slide
/// and however near. Nothing where nothing of it is seen.
std::optional<PlacedTile> placeTile(const Slide& slide, const Viewport& viewport, TileKey key, Size size);

}  // namespace geneglass
