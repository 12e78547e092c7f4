// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/shape.h"

namespace geneglass {

/// Set operations on areas, level-0 pixels, in steps of 1/1024. The operands are mended first; what is
/// thinner than a hundredth of a pixel may vanish. Any thread.
Area united(const Area& a, const Area& b);
Area without(const Area& a, const Area& b);
Area common(const Area& a, const Area& b);

/// The same places (of each part what lies within its outer ring and in none of its holes, each filled by
/// even-odd; parts that overlap count once) as polygons that do not cross themselves, outer rings clockwise
/// on the slide, holes the other way and within their ring: what strict readers take. What is so already
/// keeps its points to the bit. Rings of fewer than three different points are left out.
Area mended(const Area& area);

/// The area within `radius` (level-0 pixels) of a path or of one point: a brush's stroke.
Area stroke(const std::vector<Point>& points, double radius);

/// Square pixels of the same places; holes do not count.
double squarePixels(const Area& area);

}  // namespace geneglass
