// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "viewer/canvas/viewport.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// The level-0 rectangle a tile covers. May reach past level 0 by a part of one of its pixels.
Rect tileArea(const Slide& slide, TileKey key);

/// Level-0 pixels per pixel of a level, per axis, as its pixels lie on the slide. Not Level::downsample: that
/// is the ratio of sizes, which for odd sizes drifts (5003 / 2501 = 2.0004 moves the lower right corner by a
/// pixel). A level made of f x f blocks has size / f pixels rounded down or up, so where a whole f explains
/// the size it is f; else the ratio of sizes of that axis.
Point placedDownsample(const Slide& slide, int level);

/// Tiles [first, last] of one row.
struct Span {
  int row = 0;
  int first = 0;
  int last = -1;
};

/// A convex outline on the slide, level-0 pixels, in order around it.
using Outline = std::array<Point, 4>;
Outline screenCorners(const Viewport& viewport);
Outline cornersOf(const Rect& area);

/// The part of one axis that a convex outline covers between top and bottom; nothing where it only touches.
struct Reach {
  double low = 0;
  double high = 0;
};
std::optional<Reach> reachWithin(const Outline& outline, double top, double bottom);

/// A level's tiles as a grid on the slide.
struct Grid {
  Grid(const Slide& slide, int index);

  Rect whole() const { return {0, 0, right, bottom}; }
  Rect area(int column, int row) const;  ///< the last column and row may be cut short

  int level;
  int columns;
  int rows;
  double tileWidth = 0;  ///< level-0 pixels
  double tileHeight = 0;
  double right = 0;
  double bottom = 0;
};

/// The tiles that share area with the convex outline, exactly, row by row.
std::vector<Span> spansOf(const Grid& grid, const Outline& outline);
std::vector<TileKey> keysOf(int level, const std::vector<Span>& spans);
double countOf(const std::vector<Span>& spans);

/// The tiles that touch the spans, corners included, and are none of them.
std::vector<TileKey> ringAround(const Grid& grid, const std::vector<Span>& spans);

}  // namespace geneglass
