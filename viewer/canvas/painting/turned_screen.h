// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/canvas/tiles/placed_tile.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Pixels of a row, or rows of a screen.
struct PixelSpan {
  int first = 0;
  int end = 0;
};

/// The rows of a screen across what is upright on the slide and turned with it. Constant, any thread.
class TurnedScreen final {
 public:
  explicit TurnedScreen(const Viewport& viewport);

  bool isUpright() const { return sine == 0 && cosine > 0; }
  /// The middle of a pixel before the turn, screen pixels from the viewport's centre.
  Point unturned(double x, double y) const;
  /// The pixels of a row, of so many, whose middles lie in a rectangle.
  PixelSpan pixelsOf(const Sides& sides, int row, int width) const;
  /// All rows, of so many, that it can reach.
  PixelSpan rowsOf(const Sides& sides, int height) const;

  const double cosine;
  const double sine;

 private:
  double m_halfWidth;
  double m_halfHeight;
};

}  // namespace geneglass
