// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/geojson_geometry.h"

#include <limits>

#include "viewer/annotation/formats/plain_shapes.h"

namespace geneglass {
namespace {

using Json = nlohmann::json;

const Json& memberOf(const Json& object, const char* key) {
  static const Json kNone;
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found == object.end() ? kNone : *found;
}

Point jsonPoint(const Json& pair) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (!pair.is_array() || pair.size() < 2 || !pair[0].is_number() || !pair[1].is_number())
    return {kNone, kNone};
  return {pair[0].get<double>(), pair[1].get<double>()};
}

std::vector<Point> jsonPoints(const Json& list) {
  std::vector<Point> points;
  if (!list.is_array()) return points;
  points.reserve(list.size());
  for (const Json& pair : list) points.push_back(jsonPoint(pair));
  return points;
}

Polygon jsonPolygon(const Json& rings) {
  Polygon polygon;
  if (!rings.is_array()) return polygon;
  for (size_t i = 0; i < rings.size(); ++i)
    (i == 0 ? polygon.outer : polygon.holes.emplace_back()) = jsonPoints(rings[i]);
  return polygon;
}

/// Sorts the parts of a geometry, of a collection too, by what they are.
class Sorted final {
 public:
  explicit Sorted(Remarks& remarks) : m_remarks(remarks) {}

  void add(const Json& geometry) {
    const Json& kind = memberOf(geometry, "type");
    const std::string type = kind.is_string() ? kind.get<std::string>() : "";
    const Json& coordinates = memberOf(geometry, "coordinates");
    if (type == "Polygon")
      m_area.parts.push_back(jsonPolygon(coordinates));
    else if (type == "Point")
      m_places.points.push_back(jsonPoint(coordinates));
    else if (type == "LineString")
      m_lines.push_back({jsonPoints(coordinates)});
    else if (type == "MultiPoint")
      for (const Json& one : coordinates) m_places.points.push_back(jsonPoint(one));
    else if (type == "MultiPolygon")
      for (const Json& one : coordinates) m_area.parts.push_back(jsonPolygon(one));
    else if (type == "MultiLineString")
      for (const Json& one : coordinates) m_lines.push_back({jsonPoints(one)});
    else if (type == "GeometryCollection")
      for (const Json& one : memberOf(geometry, "geometries")) add(one);
    else
      m_remarks.count("of an unknown kind of geometry was left out",
                      "of unknown kinds of geometry were left out");
  }

  std::vector<Shape> shapes() {
    std::vector<Shape> all;
    if (!m_area.parts.empty()) all.emplace_back(std::move(m_area));
    for (Path& line : m_lines) all.emplace_back(std::move(line));
    if (!m_places.points.empty()) all.emplace_back(std::move(m_places));
    return all;
  }

 private:
  Remarks& m_remarks;
  Area m_area;
  std::vector<Path> m_lines;
  Places m_places;
};

}  // namespace

std::vector<Shape> shapesOf(const Json& geometry, Remarks& remarks) {
  if (!geometry.is_object()) return {};
  const Json& plane = memberOf(geometry, "plane");
  for (const char* axis : {"z", "t"})
    if (const Json& number = memberOf(plane, axis); number.is_number() && number != 0)
      remarks.count("lies on another plane than the first; the plane was left out",
                    "lie on other planes than the first; the planes were left out");
  Sorted sorted(remarks);
  sorted.add(geometry);
  std::vector<Shape> shapes = sorted.shapes();
  if (const Json& ellipse = memberOf(geometry, "isEllipse"); ellipse.is_boolean() && ellipse.get<bool>())
    for (Shape& shape : shapes) shape = ellipseWithin(boundsOf(shape));
  return shapes;
}

}  // namespace geneglass
