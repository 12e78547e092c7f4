// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/formats/remarks.h"
#include "viewer/annotation/shape.h"

namespace geneglass {

/// `area` mended, as every dialect is given it; what changed by it is counted. Without parts where it had no
/// extent, counted as left out.
Area mendedForFile(const Area& area, Remarks& remarks);

/// One ring for dialects without holes: it runs to each hole and back on the same line, so that it encloses
/// the same places.
Ring cutOpen(const Polygon& polygon);

/// Rings for such a dialect: each part of `shape`, mended and cut open, with an ellipse as its outline; all
/// that changed by it is counted.
std::vector<Ring> plainRings(const Shape& shape, Remarks& remarks);

/// Polygon with points at the four ends of the axes, nowhere more than a quarter of a pixel off.
Ring outlineOf(const Ellipse& ellipse);

/// The ellipse in an upright box.
Ellipse ellipseWithin(const Rect& box);

/// Whether its axes lie along x and y, so that its box says all.
bool isUpright(const Ellipse& ellipse);

}  // namespace geneglass
