// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/shape.h"

namespace geneglass {

inline constexpr double kFarthestPlace = 1e9;  ///< level-0 pixels; no slide is as large

/// Whether it is a number of at most kFarthestPlace, on either side, in both directions.
bool isPlace(Point point);

/// Whether all points of a shape are places and its other numbers are numbers: what a file may hold.
bool areAllPlaces(const Shape& shape);

}  // namespace geneglass
