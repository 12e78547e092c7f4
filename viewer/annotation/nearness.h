// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Of a point from the straight piece a to b, in the square of its pixels.
inline double squaredDistance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / std::max(length, 1e-12);
  const double t = std::clamp(along, 0.0, 1.0);
  const double x = a.x + t * dx - p.x, y = a.y + t * dy - p.y;
  return x * x + y * y;
}

/// Whether they have a point in common, their edges included: lines have bounds without area.
inline bool touch(const Rect& a, const Rect& b) {
  return a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
}

}  // namespace geneglass
