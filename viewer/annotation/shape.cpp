// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "viewer/annotation/nearness.h"

namespace geneglass {
namespace {

template <class... Ts>
struct Cases : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Cases(Ts...) -> Cases<Ts...>;

constexpr int kFewestEllipsePoints = 12;
constexpr int kMostEllipsePoints = 4096;

Point onEllipse(const Ellipse& ellipse, double angle) {
  const double along = ellipse.radiusX * std::cos(angle), across = ellipse.radiusY * std::sin(angle);
  const double c = std::cos(ellipse.rotation), s = std::sin(ellipse.rotation);
  return {ellipse.centre.x + along * c - across * s, ellipse.centre.y + along * s + across * c};
}

/// A chord over the angle 2a lies r (1 - cos a) from a circle of radius r.
Ring ringOf(const Ellipse& ellipse, double tolerance) {
  const double radius = std::max(ellipse.radiusX, ellipse.radiusY);
  int points = kFewestEllipsePoints;
  if (radius > tolerance && tolerance > 0) {
    const double wanted = std::ceil(std::numbers::pi / std::acos(1 - tolerance / radius));
    points = static_cast<int>(std::clamp<double>(wanted, kFewestEllipsePoints, kMostEllipsePoints));
  }
  Ring ring;
  ring.reserve(static_cast<size_t>(points));
  for (int i = 0; i < points; ++i) ring.push_back(onEllipse(ellipse, 2 * std::numbers::pi * i / points));
  return ring;
}

bool isWithin(const Ring& ring, Point p) {
  bool inside = false;
  for (size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
    const Point a = ring[i], b = ring[before];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/// Calls `visit` with each point, in the order of the handles.
template <typename AnyShape, typename Visit>
void eachPoint(AnyShape& shape, Visit visit) {
  const auto all = [&](auto& points) {
    for (auto& point : points) visit(point);
  };
  if (auto* area = std::get_if<Area>(&shape)) {
    for (auto& part : area->parts) {
      all(part.outer);
      for (auto& hole : part.holes) all(hole);
    }
  } else if (auto* ellipse = std::get_if<Ellipse>(&shape)) {
    visit(ellipse->centre);
  } else if (auto* path = std::get_if<Path>(&shape)) {
    all(path->points);
  } else if (auto* places = std::get_if<Places>(&shape)) {
    all(places->points);
  } else if (auto* angle = std::get_if<Angle>(&shape)) {
    visit(angle->first);
    visit(angle->vertex);
    visit(angle->second);
  }
}

/// The handles 0 to 3 lie at its right, lower, left and upper end before it is turned.
Ellipse ellipseWithHandle(Ellipse ellipse, size_t handle, Point place) {
  const double dx = place.x - ellipse.centre.x, dy = place.y - ellipse.centre.y;
  const double c = std::cos(ellipse.rotation), s = std::sin(ellipse.rotation);
  if (handle % 2 == 0)
    ellipse.radiusX = std::abs(dx * c + dy * s);
  else
    ellipse.radiusY = std::abs(dy * c - dx * s);
  return ellipse;
}

}  // namespace

Area rectangleArea(const Rect& box) {
  return {{{{{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}}, {}}}};
}

std::optional<Rect> uprightRectangle(const Area& area) {
  if (area.parts.size() != 1 || !area.parts.front().holes.empty()) return std::nullopt;
  const Ring& ring = area.parts.front().outer;
  if (ring.size() != 4) return std::nullopt;
  for (size_t i = 0; i < 4; ++i) {
    const Point a = ring[i], b = ring[(i + 1) % 4], c = ring[(i + 2) % 4];
    const bool level = a.y == b.y && a.x != b.x && b.x == c.x,
               upright = a.x == b.x && a.y != b.y && b.y == c.y;
    if (!level && !upright) return std::nullopt;
  }
  const Rect box = boundsOf(area);
  return box.isEmpty() ? std::nullopt : std::optional(box);
}

Rect boundsOf(const Shape& shape) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  double left = kFar, top = kFar, right = -kFar, bottom = -kFar;
  const auto include = [&](Point p) {
    left = std::min(left, p.x);
    top = std::min(top, p.y);
    right = std::max(right, p.x);
    bottom = std::max(bottom, p.y);
  };
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) {
    const double c = std::cos(ellipse->rotation), s = std::sin(ellipse->rotation);
    const double x = std::hypot(ellipse->radiusX * c, ellipse->radiusY * s);
    const double y = std::hypot(ellipse->radiusX * s, ellipse->radiusY * c);
    return {ellipse->centre.x - x, ellipse->centre.y - y, 2 * x, 2 * y};
  }
  eachPoint(shape, include);
  if (!(left <= right)) return {};
  return {left, top, right - left, bottom - top};
}

std::vector<ShapeOutline> outlinesOf(const Shape& shape, double tolerance) {
  std::vector<ShapeOutline> outlines;
  std::visit(Cases{[&](const Area& area) {
                     for (const Polygon& part : area.parts) {
                       outlines.push_back({part.outer, true});
                       for (const Ring& hole : part.holes) outlines.push_back({hole, true});
                     }
                   },
                   [&](const Ellipse& ellipse) {
                     outlines.push_back({ringOf(ellipse, tolerance), true});
                   },
                   [&](const Path& path) {
                     outlines.push_back({path.points, false});
                   },
                   [&](const Angle& angle) {
                     outlines.push_back({{angle.first, angle.vertex, angle.second}, false});
                   },
                   [](const Places&) {}},
             shape);
  return outlines;
}

std::optional<Area> areaOf(const Shape& shape, double tolerance) {
  if (const auto* area = std::get_if<Area>(&shape)) return *area;
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) return Area{{{ringOf(*ellipse, tolerance), {}}}};
  return std::nullopt;
}

bool holds(const Shape& shape, Point point) {
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) {
    const double dx = point.x - ellipse->centre.x, dy = point.y - ellipse->centre.y;
    const double c = std::cos(ellipse->rotation), s = std::sin(ellipse->rotation);
    if (!(ellipse->radiusX > 0) || !(ellipse->radiusY > 0)) return false;
    return std::hypot((dx * c + dy * s) / ellipse->radiusX, (dy * c - dx * s) / ellipse->radiusY) <= 1;
  }
  const auto* area = std::get_if<Area>(&shape);
  return area && std::ranges::any_of(area->parts, [&](const Polygon& part) {
           return isWithin(part.outer, point) &&
                  std::ranges::none_of(part.holes, [&](const Ring& hole) { return isWithin(hole, point); });
         });
}

double distanceTo(const Shape& shape, Point point) {
  double nearest = std::numeric_limits<double>::infinity();  // squared
  if (const auto* places = std::get_if<Places>(&shape))
    for (const Point place : places->points)
      nearest = std::min(nearest, squaredDistance(point, place, place));
  for (const ShapeOutline& outline : outlinesOf(shape)) {
    const std::vector<Point>& line = outline.points;
    if (line.size() == 1) nearest = std::min(nearest, squaredDistance(point, line[0], line[0]));
    for (size_t i = 1; i < line.size(); ++i)
      nearest = std::min(nearest, squaredDistance(point, line[i - 1], line[i]));
    if (outline.closed && line.size() > 2)
      nearest = std::min(nearest, squaredDistance(point, line.back(), line.front()));
  }
  return std::sqrt(nearest);
}

Shape moved(const Shape& shape, double dx, double dy) {
  Shape result = shape;
  eachPoint(result, [&](Point& point) {
    point.x += dx;
    point.y += dy;
  });
  return result;
}

std::vector<Point> handlesOf(const Shape& shape) {
  std::vector<Point> handles;
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) {
    for (int end = 0; end < 4; ++end) handles.push_back(onEllipse(*ellipse, end * std::numbers::pi / 2));
    return handles;
  }
  eachPoint(shape, [&](Point point) { handles.push_back(point); });
  return handles;
}

Shape withHandle(const Shape& shape, size_t handle, Point place) {
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) return ellipseWithHandle(*ellipse, handle, place);
  if (const auto* area = std::get_if<Area>(&shape); area && handle < 4 && uprightRectangle(*area)) {
    const Point across = area->parts.front().outer[(handle + 2) % 4];
    Ring ring = area->parts.front().outer;
    // The neighbour that lay level with the corner across keeps its height; the other its breadth.
    const bool nextIsLevel = ring[(handle + 1) % 4].y == across.y;
    ring[handle] = place;
    ring[(handle + 1) % 4] = nextIsLevel ? Point{place.x, across.y} : Point{across.x, place.y};
    ring[(handle + 3) % 4] = nextIsLevel ? Point{across.x, place.y} : Point{place.x, across.y};
    return Area{{{std::move(ring), {}}}};
  }
  Shape result = shape;
  size_t number = 0;
  eachPoint(result, [&](Point& point) {
    if (number++ == handle) point = place;
  });
  return result;
}

}  // namespace geneglass
