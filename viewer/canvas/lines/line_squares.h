// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viewer/canvas/viewport.h"

namespace geneglass {

inline constexpr int kSquareSide = 256;  ///< pixels of a picture

/// The level whose squares a view is drawn from while it moves: a pixel of theirs is 2^level level-0 pixels.
int squareLevelFor(double downsample);

/// The square in this place of a level, as the view that its picture shows.
Viewport squareOf(int level, double column, double row);

/// Those of a level that `area` (level-0 pixels) touches, row by row.
std::vector<Viewport> squaresWithin(const Rect& area, int level);

/// The square of the next coarser level that holds this one.
Viewport coarserSquare(const Viewport& square);

/// The four of the next finer level that make this one up.
std::vector<Viewport> finerSquares(const Viewport& square);

/// Where `part` lies on the picture of `whole`, pixels; both squares of levels.
Rect partOf(const Viewport& part, const Viewport& whole);

/// The view itself in squares from its upper left corner; the last ones reach beyond it.
std::vector<Viewport> squaresOfView(const Viewport& view);

}  // namespace geneglass
