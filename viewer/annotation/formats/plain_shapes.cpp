// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/plain_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "viewer/annotation/shape_algebra.h"

namespace geneglass {
namespace {

size_t pointsIn(const Area& area) {
  size_t count = 0;
  for (const Polygon& part : area.parts) {
    count += part.outer.size();
    for (const Ring& hole : part.holes) count += hole.size();
  }
  return count;
}

size_t nearestTo(const Ring& ring, Point p) {
  const auto distance = [&](Point q) { return std::hypot(q.x - p.x, q.y - p.y); };
  return static_cast<size_t>(std::ranges::min_element(ring, {}, distance) - ring.begin());
}

}  // namespace

Area mendedForFile(const Area& area, Remarks& remarks) {
  Area result = mended(area);
  if (result.parts.empty())
    remarks.count("area without extent was left out", "areas without extent were left out");
  else if (result.parts.size() != area.parts.size() || pointsIn(result) != pointsIn(area))
    remarks.count("area that crossed or touched itself was mended",
                  "areas that crossed or touched themselves were mended");
  return result;
}

Ring cutOpen(const Polygon& polygon) {
  Ring ring = polygon.outer;
  for (const Ring& hole : polygon.holes) {
    if (hole.empty()) continue;
    const size_t at = nearestTo(ring, hole.front());
    Ring detour(hole.begin(), hole.end());
    detour.push_back(hole.front());
    detour.push_back(ring[at]);
    ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(at) + 1, detour.begin(), detour.end());
  }
  return ring;
}

std::vector<Ring> plainRings(const Shape& shape, Remarks& remarks) {
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) {
    remarks.count("ellipse was written as a polygon", "ellipses were written as polygons");
    return {outlineOf(*ellipse)};
  }
  std::vector<Ring> rings;
  const auto* area = std::get_if<Area>(&shape);
  if (!area) return rings;
  const Area whole = mendedForFile(*area, remarks);
  if (whole.parts.size() > 1)
    remarks.count("area of several parts was written as several annotations",
                  "areas of several parts were written as several annotations each");
  for (const Polygon& part : whole.parts) {
    if (!part.holes.empty())
      remarks.count("polygon with holes was written as one line that runs to each hole and back",
                    "polygons with holes were written as one line that runs to each hole and back");
    rings.push_back(cutOpen(part));
  }
  return rings;
}

Ring outlineOf(const Ellipse& ellipse) {
  constexpr double kTolerance = 0.25;
  const double radius = std::max(ellipse.radiusX, ellipse.radiusY);
  const double wanted = std::numbers::pi / std::acos(1 - std::min(kTolerance / std::max(radius, 1.0), 0.5));
  const int quarter = static_cast<int>(std::clamp(std::ceil(wanted / 4), 4.0, 1024.0));
  const double c = std::cos(ellipse.rotation), s = std::sin(ellipse.rotation);
  Ring ring;
  for (int i = 0; i < 4 * quarter; ++i) {
    // Whole quarters exactly, so that the box around the ring is the ellipse's.
    const double angle = std::numbers::pi / 2 * (i % quarter) / quarter;
    double x = std::cos(angle), y = std::sin(angle);
    for (int turn = i / quarter; turn > 0; --turn) std::swap(x, y), x = -x;
    x *= ellipse.radiusX;
    y *= ellipse.radiusY;
    ring.push_back({ellipse.centre.x + x * c - y * s, ellipse.centre.y + x * s + y * c});
  }
  return ring;
}

Ellipse ellipseWithin(const Rect& box) {
  return {{box.x + box.width / 2, box.y + box.height / 2}, box.width / 2, box.height / 2, 0};
}

bool isUpright(const Ellipse& ellipse) {
  constexpr double kHair = 1e-9;
  return std::abs(std::sin(2 * ellipse.rotation)) < kHair || ellipse.radiusX == ellipse.radiusY;
}

}  // namespace geneglass
