// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/shape.h"

namespace geneglass {

/// Set operations on areas by Boost.Geometry, level-0 pixels. The operands are mended first; what is thinner
/// than a hundredth of a pixel may vanish. Any thread.
Area united(const Area& a, const Area& b);
Area without(const Area& a, const Area& b);
Area common(const Area& a, const Area& b);

/// The same place set by even-odd, as simple polygons that do not cross themselves, outer rings clockwise on
/// the slide, holes the other way and within their ring: what strict readers take. Rings of fewer than three
/// different points are left out.
Area mended(const Area& area);

/// The area within `radius` (level-0 pixels) of a path or of one point: a brush's stroke.
Area stroke(const std::vector<Point>& points, double radius);

/// Square pixels of the even-odd place set; holes do not count.
double squarePixels(const Area& area);

}  // namespace geneglass
