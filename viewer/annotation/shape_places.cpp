// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape_places.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

bool arePlaces(const std::vector<Point>& points) {
  return std::ranges::all_of(points, isPlace);
}

bool arePlacesOf(const Area& area) {
  return std::ranges::all_of(area.parts, [](const Polygon& part) {
    return arePlaces(part.outer) && std::ranges::all_of(part.holes, arePlaces);
  });
}
bool arePlacesOf(const Ellipse& e) {
  return isPlace(e.centre) && isPlace({e.radiusX, e.radiusY}) && std::isfinite(e.rotation);
}
bool arePlacesOf(const Path& path) {
  return arePlaces(path.points);
}
bool arePlacesOf(const Angle& angle) {
  return arePlaces({angle.first, angle.vertex, angle.second});
}
bool arePlacesOf(const Places& places) {
  return arePlaces(places.points);
}

}  // namespace

bool isPlace(Point p) {
  return std::abs(p.x) <= kFarthestPlace && std::abs(p.y) <= kFarthestPlace;
}

bool areAllPlaces(const Shape& shape) {
  return std::visit([](const auto& kind) { return arePlacesOf(kind); }, shape);
}

}  // namespace geneglass
