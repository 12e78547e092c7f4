// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// A closed line, level-0 pixels; its first point is not said again at the end.
using Ring = std::vector<Point>;

/// What lies within one ring and in none of its holes.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
  bool operator==(const Polygon&) const = default;
};

/// One or more polygons that count as one: rectangle, freehand, brush.
struct Area {
  std::vector<Polygon> parts;
  bool operator==(const Area&) const = default;
};

struct Ellipse {
  Point centre;
  double radiusX = 0;  ///< along its own first axis, level-0 pixels
  double radiusY = 0;
  double rotation = 0;  ///< radians, clockwise on the slide
  bool operator==(const Ellipse&) const = default;
};

/// An open line of two or more points; a ruler where it has two.
struct Path {
  std::vector<Point> points;
  bool operator==(const Path&) const = default;
};

/// The angle at `vertex` between two arms.
struct Angle {
  Point first;
  Point vertex;
  Point second;
  bool operator==(const Angle&) const = default;
};

/// One or more places: a point, or what was counted.
struct Places {
  std::vector<Point> points;
  bool operator==(const Places&) const = default;
};

/// What an annotation covers; all lengths in level-0 pixels of its slide.
using Shape = std::variant<Area, Ellipse, Path, Angle, Places>;

/// Four corners of an upright rectangle, as an area.
Area rectangleArea(const Rect& box);

/// The upright rectangle that `area` is, where it is one.
std::optional<Rect> uprightRectangle(const Area& area);

/// The upright box around all points, 0 wide for one place. Empty shapes: an empty box at 0, 0.
Rect boundsOf(const Shape& shape);

/// Every line there is to draw: closed ones without their first point again. An ellipse becomes a ring that
/// is nowhere further than `tolerance` (level-0 pixels) from it. Places have none.
struct ShapeOutline {
  std::vector<Point> points;
  bool closed = true;
};
std::vector<ShapeOutline> outlinesOf(const Shape& shape, double tolerance = 0.25);

/// An area, or an ellipse as the area of its outline; nothing for lines and places.
std::optional<Area> areaOf(const Shape& shape, double tolerance = 0.25);

/// Whether the point lies in the area, even-odd over outer ring and holes. Lines and places hold none.
bool holds(const Shape& shape, Point point);

/// The shortest distance of `point` to the shape's lines or places, level-0 pixels; infinity for none.
double distanceTo(const Shape& shape, Point point);

/// The shape with every point carried by (dx, dy).
Shape moved(const Shape& shape, double dx, double dy);

/// Points a hand can take hold of: corners of areas and paths, an ellipse's four ends, an angle's three
/// points, places. In an order that `withHandle` knows.
std::vector<Point> handlesOf(const Shape& shape);

/// The shape after handle number `handle` was carried to `place`. An upright rectangle stays one, about the
/// corner across.
Shape withHandle(const Shape& shape, size_t handle, Point place);

}  // namespace geneglass
