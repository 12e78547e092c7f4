// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/annotation_text.h"

#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "viewer/annotation/shape_places.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/whole_number.h"

namespace geneglass {
namespace {

using Json = nlohmann::json;

/// Throws where the text is refused.
Json soundJson(std::string_view text) {
  Result<Json> json = parseJson(text);
  if (!json) throw std::runtime_error("it " + json.error().sentence);
  return std::move(*json);
}

/// Letters that are no UTF-8 must not stop a case from being kept.
std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json flat(const std::vector<Point>& points) {
  Json list = Json::array();
  for (const Point& point : points) {
    list.push_back(point.x);
    list.push_back(point.y);
  }
  return list;
}

/// What is no number was written as null; no place is read of it.
double numberOf(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::vector<Point> pointsOf(const Json& list) {
  if (list.size() % 2 != 0) throw std::invalid_argument("half a point");
  std::vector<Point> points(list.size() / 2);
  for (size_t i = 0; i < points.size(); ++i) points[i] = {numberOf(list[2 * i]), numberOf(list[2 * i + 1])};
  return points;
}

struct Writer {
  Json& json;
  void operator()(const Area& area) const {
    Json parts = Json::array();
    for (const Polygon& part : area.parts) {
      Json rings = Json::array({flat(part.outer)});
      for (const Ring& hole : part.holes) rings.push_back(flat(hole));
      parts.push_back(std::move(rings));
    }
    json["area"] = std::move(parts);
  }
  void operator()(const Ellipse& ellipse) const {
    json["ellipse"] = {ellipse.centre.x, ellipse.centre.y, ellipse.radiusX, ellipse.radiusY,
                       ellipse.rotation};
  }
  void operator()(const Path& path) const { json["path"] = flat(path.points); }
  void operator()(const Angle& angle) const {
    json["angle"] = flat({angle.first, angle.vertex, angle.second});
  }
  void operator()(const Places& places) const { json["places"] = flat(places.points); }
};

Area areaIn(const Json& parts) {
  Area area;
  for (const Json& rings : parts) {
    Polygon part{pointsOf(rings.at(0)), {}};
    for (size_t hole = 1; hole < rings.size(); ++hole) part.holes.push_back(pointsOf(rings[hole]));
    area.parts.push_back(std::move(part));
  }
  return area;
}

Shape shapeOf(const Json& json) {
  if (const auto area = json.find("area"); area != json.end()) return areaIn(*area);
  if (const auto path = json.find("path"); path != json.end()) return Path{pointsOf(*path)};
  if (const auto places = json.find("places"); places != json.end()) return Places{pointsOf(*places)};
  if (const auto angle = json.find("angle"); angle != json.end()) {
    const auto points = pointsOf(*angle);
    return Angle{points.at(0), points.at(1), points.at(2)};
  }
  const Json& ellipse = json.at("ellipse");
  const auto number = [&](size_t place) { return numberOf(ellipse.at(place)); };
  return Ellipse{{number(0), number(1)}, number(2), number(3), number(4)};
}

uint32_t colourOf(const Json& json) {
  const auto colour = wholeNumberOf(json, 0, std::numeric_limits<uint32_t>::max());
  if (!colour) throw std::invalid_argument("a colour that is none");
  return static_cast<uint32_t>(*colour);
}

template <typename Read>
auto orDamaged(Read read) -> Result<decltype(read())> {
  try {
    return read();
  } catch (const std::exception& error) {
    return fail(reasonOf(error));
  }
}

}  // namespace

std::string textOf(const Annotation& annotation) {
  Json json{{"id", annotation.id}};
  std::visit(Writer{json}, annotation.shape);
  if (!annotation.className.empty()) json["class"] = annotation.className;
  if (!annotation.name.empty()) json["name"] = annotation.name;
  if (!annotation.notes.empty()) json["notes"] = annotation.notes;
  if (annotation.colour) json["colour"] = *annotation.colour;
  if (annotation.locked) json["locked"] = true;
  return written(json);
}

Result<Annotation> annotationOf(std::string_view text) {
  return orDamaged([&] {
    const Json json = soundJson(text);
    Annotation annotation{json.at("id").get<std::string>(), shapeOf(json),           json.value("class", ""),
                          json.value("name", ""),           json.value("notes", ""), {},
                          json.value("locked", false)};
    if (!areAllPlaces(annotation.shape))
      throw std::invalid_argument("an annotation lies where no slide can be");
    if (json.contains("colour")) annotation.colour = colourOf(json["colour"]);
    return annotation;
  });
}

std::string textOf(const std::vector<AnnotationClass>& classes) {
  Json list = Json::array();
  for (const AnnotationClass& one : classes) list.push_back({{"name", one.name}, {"colour", one.colour}});
  return written(list);
}

Result<std::vector<AnnotationClass>> classesOf(std::string_view text) {
  return orDamaged([&] {
    std::vector<AnnotationClass> classes;
    for (const Json& one : soundJson(text))
      classes.push_back({one.at("name").get<std::string>(), colourOf(one.at("colour"))});
    return classes;
  });
}

}  // namespace geneglass
