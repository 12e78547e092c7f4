// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/geojson_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "viewer/annotation/formats/plain_shapes.h"
#include "viewer/annotation/formats/plain_text.h"

namespace geneglass {
namespace {

/// Writes feature by feature.
class GeoJsonText final {
 public:
  GeoJsonText(const AnnotationSet& set, const SlideFrame* slide, const AnnotationNumbers& numbers)
      : m_set(set), m_offset(slide ? slide->boundsOffset : Point{}), m_numbers(numbers) {}

  AnnotationDialect::Text whole() {
    m_text = "{\"type\": \"FeatureCollection\", \"features\": [";
    const char* between = "\n";
    for (const AnnotationPtr& annotation : m_set.all())
      if (const size_t begin = m_text.size(); (m_text += between, feature(*annotation))) {
        between = ",\n";
        ++m_count;
      } else {
        m_text.resize(begin);
      }
    m_text += "\n]}\n";
    return {std::move(m_text), {m_count, m_remarks.sentences()}};
  }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
  }

  template <typename List, typename One>
  void list(const List& all, One one) {
    m_text += '[';
    for (size_t i = 0; i < all.size(); ++i) {
      if (i > 0) m_text += ", ";
      one(all[i]);
    }
    m_text += ']';
  }

  void point(Point p) { put("[{}, {}]", p.x - m_offset.x, p.y - m_offset.y); }
  void points(const std::vector<Point>& all) {
    list(all, [&](Point p) { point(p); });
  }

  void ring(const Ring& all) {
    points(all);
    m_text.pop_back();
    m_text += ", ";
    point(all.front());
    m_text += ']';
  }

  void polygon(const Polygon& part) {
    m_text += '[';
    ring(part.outer);
    for (const Ring& hole : part.holes) m_text += ", ", ring(hole);
    m_text += ']';
  }

  bool geometry(const Area& area) {
    const Area whole = mendedForFile(area, m_remarks);
    if (whole.parts.size() == 1) {
      m_text += "{\"type\": \"Polygon\", \"coordinates\": ";
      polygon(whole.parts.front());
    } else {
      m_text += "{\"type\": \"MultiPolygon\", \"coordinates\": ";
      list(whole.parts, [&](const Polygon& part) { polygon(part); });
    }
    m_text += '}';
    return !whole.parts.empty();
  }

  bool geometry(const Ellipse& ellipse) {
    m_text += "{\"type\": \"Polygon\", \"coordinates\": [";
    ring(outlineOf(ellipse));
    m_text += ']';
    if (isUpright(ellipse))
      m_text += ", \"isEllipse\": true";
    else
      m_remarks.count("turned ellipse stands there as a polygon for other programs",
                      "turned ellipses stand there as polygons for other programs");
    m_text += '}';
    return true;
  }

  bool line(const std::vector<Point>& all) {
    m_text += "{\"type\": \"LineString\", \"coordinates\": ";
    points(all);
    m_text += '}';
    return true;
  }

  bool geometry(const Path& path) { return line(path.points); }

  bool geometry(const Angle& angle) {
    m_remarks.count("angle stands there as a line of three points for other programs",
                    "angles stand there as lines of three points for other programs");
    return line({angle.first, angle.vertex, angle.second});
  }

  bool geometry(const Places& places) {
    if (places.points.size() == 1) {
      m_text += "{\"type\": \"Point\", \"coordinates\": ";
      point(places.points.front());
    } else {
      m_text += "{\"type\": \"MultiPoint\", \"coordinates\": ";
      points(places.points);
    }
    m_text += '}';
    return true;
  }

  void colour(uint32_t value) {
    put("\"color\": [{}, {}, {}]", value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
  }

  void classification(const std::string& name) {
    m_text += ", \"classification\": {";
    if (const size_t split = name.find(": "); split != std::string::npos) {
      put("\"names\": [{}", jsonText(name.substr(0, split)));
      for (size_t begin = split; begin != std::string::npos;) {
        const size_t end = name.find(": ", begin + 2);
        put(", {}", jsonText(name.substr(begin + 2, end == std::string::npos ? end : end - begin - 2)));
        begin = end;
      }
      m_text += "], ";
    } else {
      put("\"name\": {}, ", jsonText(name));
    }
    Annotation plain;
    plain.className = name;
    colour(m_set.colourOf(plain));
    m_text += '}';
  }

  void exactShape(const Shape& shape) {
    if (std::holds_alternative<Angle>(shape)) m_text += ", \"geneglass\": {\"shape\": \"angle\"}";
    const auto* e = std::get_if<Ellipse>(&shape);
    if (!e || isUpright(*e)) return;
    put(", \"geneglass\": {{\"shape\": \"ellipse\", \"x\": {}, \"y\": {}, \"radiusX\": {}, \"radiusY\": {}, "
        "\"rotation\": {}}}",
        e->centre.x - m_offset.x, e->centre.y - m_offset.y, e->radiusX, e->radiusY, e->rotation);
  }

  void measurements(const std::string& id) {
    const auto found = m_numbers.find(id);
    if (found == m_numbers.end()) return;
    m_text += ", \"measurements\": {";
    const char* between = "";
    for (const auto& [name, value] : found->second) {
      if (!std::isfinite(value)) continue;
      put("{}{}: {}", between, jsonText(name), value);
      between = ", ";
    }
    m_text += '}';
  }

  bool feature(const Annotation& annotation) {
    put("{{\"type\": \"Feature\", \"id\": {}, \"geometry\": ", jsonText(annotation.id));
    if (!std::visit([&](const auto& kind) { return geometry(kind); }, annotation.shape)) return false;
    m_text += ", \"properties\": {\"objectType\": \"annotation\"";
    if (!annotation.name.empty()) put(", \"name\": {}", jsonText(annotation.name));
    if (annotation.colour) m_text += ", ", colour(*annotation.colour);
    if (!annotation.className.empty()) classification(annotation.className);
    if (annotation.locked) m_text += ", \"isLocked\": true";
    measurements(annotation.id);
    if (!annotation.notes.empty())
      put(", \"metadata\": {{\"ANNOTATION_DESCRIPTION\": {}}}", jsonText(annotation.notes));
    exactShape(annotation.shape);
    m_text += "}}";
    return true;
  }

  const AnnotationSet& m_set;
  const Point m_offset;
  const AnnotationNumbers& m_numbers;
  std::string m_text;
  size_t m_count = 0;
  Remarks m_remarks;
};

}  // namespace

Result<AnnotationDialect::Text> geoJsonText(const AnnotationSet& set, const SlideFrame* slide) {
  return geoJsonText(set, slide, {});
}

Result<AnnotationDialect::Text> geoJsonText(const AnnotationSet& set, const SlideFrame* slide,
                                            const AnnotationNumbers& numbers) {
  return GeoJsonText(set, slide, numbers).whole();
}

}  // namespace geneglass
