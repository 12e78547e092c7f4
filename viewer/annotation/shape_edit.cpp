// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape_edit.h"

#include <cmath>
#include <limits>

namespace geneglass {
namespace {

double apartFrom(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

/// The edge of a line that is nearest, as the number of its second point.
struct NearEdge {
  double distance = std::numeric_limits<double>::infinity();
  std::vector<Point>* line = nullptr;
  size_t before = 0;
};

void lookAt(std::vector<Point>& line, bool closed, Point place, NearEdge& nearest) {
  const size_t edges = line.size() < 2 ? 0 : line.size() - (closed ? 0 : 1);
  for (size_t i = 0; i < edges; ++i) {
    const double distance = distanceTo(Path{{line[i], line[(i + 1) % line.size()]}}, place);
    if (distance < nearest.distance) nearest = {distance, &line, i + 1};
  }
}

/// Removes point number `handle` counted over outer ring and holes.
bool removeFrom(Area& area, size_t handle) {
  for (Polygon& part : area.parts) {
    if (handle < part.outer.size()) {
      if (part.outer.size() <= 3) return false;
      part.outer.erase(part.outer.begin() + static_cast<std::ptrdiff_t>(handle));
      return true;
    }
    handle -= part.outer.size();
    for (size_t i = 0; i < part.holes.size(); ++i) {
      Ring& hole = part.holes[i];
      if (handle < hole.size()) {
        hole.erase(hole.begin() + static_cast<std::ptrdiff_t>(handle));
        if (hole.size() < 3) part.holes.erase(part.holes.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
      }
      handle -= hole.size();
    }
  }
  return false;
}

bool removeFrom(std::vector<Point>& points, size_t handle, size_t fewest) {
  if (handle >= points.size() || points.size() <= fewest) return false;
  points.erase(points.begin() + static_cast<std::ptrdiff_t>(handle));
  return true;
}

}  // namespace

std::optional<size_t> handleAt(const Shape& shape, Point place, double reach) {
  std::optional<size_t> found;
  const std::vector<Point> handles = handlesOf(shape);
  for (size_t i = 0; i < handles.size(); ++i) {
    const double distance = apartFrom(handles[i], place);
    if (distance > reach) continue;
    reach = distance;
    found = i;
  }
  return found;
}

std::optional<Shape> withNewCorner(const Shape& shape, Point place, double reach) {
  Shape result = shape;
  NearEdge nearest;
  if (auto* area = std::get_if<Area>(&result)) {
    for (Polygon& part : area->parts) {
      lookAt(part.outer, true, place, nearest);
      for (Ring& hole : part.holes) lookAt(hole, true, place, nearest);
    }
  } else if (auto* path = std::get_if<Path>(&result)) {
    lookAt(path->points, false, place, nearest);
  }
  if (!nearest.line || nearest.distance > reach) return std::nullopt;
  nearest.line->insert(nearest.line->begin() + static_cast<std::ptrdiff_t>(nearest.before), place);
  return result;
}

std::optional<Shape> withoutCorner(const Shape& shape, size_t handle) {
  Shape result = shape;
  bool removed = false;
  if (auto* area = std::get_if<Area>(&result)) removed = removeFrom(*area, handle);
  if (auto* path = std::get_if<Path>(&result)) removed = removeFrom(path->points, handle, 2);
  if (auto* places = std::get_if<Places>(&result)) removed = removeFrom(places->points, handle, 1);
  return removed ? std::optional(result) : std::nullopt;
}

Point snapped(const AnnotationSet& set, const Annotation& except, Point place, double reach) {
  Point nearest = place;
  for (const AnnotationPtr& other : set.within({place.x - reach, place.y - reach, 2 * reach, 2 * reach})) {
    if (other->id == except.id || std::holds_alternative<Ellipse>(other->shape)) continue;
    const auto handle = handleAt(other->shape, place, reach);
    if (!handle) continue;
    nearest = handlesOf(other->shape)[*handle];
    reach = apartFrom(nearest, place);
  }
  return nearest;
}

}  // namespace geneglass
