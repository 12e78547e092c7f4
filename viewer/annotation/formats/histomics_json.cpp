// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/intake.h"
#include "viewer/annotation/formats/json_pieces.h"
#include "viewer/annotation/formats/plain_shapes.h"
#include "viewer/annotation/formats/plain_text.h"

// Annotations of the Digital Slide Archive (large_image_annotation): a document {name, elements}, bare,
// within {annotation: ...}, or a list of such. Level-0 pixels from the corner of the whole slide; rotations
// in radians; a polyline is open unless it says closed; group is the class, label.value the name.

namespace geneglass {
namespace {

using Json = nlohmann::json;

const Json& fieldOf(const Json& object, const char* key) {
  static const Json kNone;
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found == object.end() ? kNone : *found;
}

std::string textOf(const Json& object, const char* key) {
  const Json& value = fieldOf(object, key);
  return value.is_string() ? value.get<std::string>() : "";
}

double numberAt(const Json& object, const char* key, double otherwise) {
  const Json& value = fieldOf(object, key);
  return value.is_number() ? value.get<double>() : otherwise;
}

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

Point tripletPoint(const Json& triplet) {
  if (!triplet.is_array() || triplet.size() < 2 || !triplet[0].is_number() || !triplet[1].is_number())
    return {kNoNumber, kNoNumber};
  return {triplet[0].get<double>(), triplet[1].get<double>()};
}

std::vector<Point> tripletPoints(const Json& list) {
  std::vector<Point> points;
  if (list.is_array())
    for (const Json& triplet : list) points.push_back(tripletPoint(triplet));
  return points;
}

Area turnedRectangle(const Ellipse& frame) {
  const double c = std::cos(frame.rotation), s = std::sin(frame.rotation);
  Ring ring;
  for (const auto& [right, down] : {std::pair{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}) {
    const double x = right * frame.radiusX, y = down * frame.radiusY;
    ring.push_back({frame.centre.x + x * c - y * s, frame.centre.y + x * s + y * c});
  }
  return {{{ring, {}}}};
}

class HistomicsReader final {
 public:
  explicit HistomicsReader(Intake& intake) : m_intake(intake) {}

  /// A member of a list of elements, or a document of which the elements have been added.
  void add(const Json& piece) {
    if (!textOf(piece, "type").empty())
      addElement(piece);
    else
      endDocument(piece);
  }

  void endDocument(const Json& document) {
    const Json& inner = fieldOf(document, "annotation");
    const std::string name = textOf(inner.is_object() ? inner : document, "name");
    for (Annotation& annotation : m_document) {
      if (annotation.className.empty() || annotation.className == "default") annotation.className = name;
      m_intake.addClass(annotation.className, annotation.colour);
      m_intake.add(std::move(annotation));
    }
    m_document.clear();
  }

 private:
  void addElement(const Json& element) {
    std::optional<Shape> shape = shapeOf(element, textOf(element, "type"));
    if (!shape) return;
    Annotation& annotation = m_document.emplace_back();
    annotation.id = textOf(element, "id");
    annotation.shape = std::move(*shape);
    annotation.className = textOf(element, "group");
    annotation.name = textOf(fieldOf(element, "label"), "value");
    annotation.notes = textOf(fieldOf(element, "user"), "notes");
    annotation.colour = colourOf(textOf(element, "lineColor"));
  }

  std::optional<Shape> shapeOf(const Json& element, const std::string& type) {
    if (type == "point") return Places{{tripletPoint(fieldOf(element, "center"))}};
    if (type == "polyline") return polyline(element);
    if (type == "arrow") {
      m_intake.remarks.count("arrow came in as a line", "arrows came in as lines");
      return Path{tripletPoints(fieldOf(element, "points"))};
    }
    const double radius = numberAt(element, "radius", kNoNumber);
    Ellipse frame{tripletPoint(fieldOf(element, "center")), numberAt(element, "width", 2 * radius) / 2,
                  numberAt(element, "height", 2 * radius) / 2, numberAt(element, "rotation", 0)};
    if (type == "circle" || type == "ellipse") return frame;
    if (type == "rectanglegrid")
      m_intake.remarks.count("grid came in as a rectangle", "grids came in as rectangles");
    if (type == "rectangle" || type == "rectanglegrid") return turnedRectangle(frame);
    m_intake.remarks.count("heat map, image or other element that is no shape was left out",
                           "heat maps, images or other elements that are no shapes were left out");
    return std::nullopt;
  }

  static Shape polyline(const Json& element) {
    const Json& closed = fieldOf(element, "closed");
    std::vector<Point> points = tripletPoints(fieldOf(element, "points"));
    if (!closed.is_boolean() || !closed.get<bool>()) return Path{std::move(points)};
    Polygon polygon{std::move(points), {}};
    if (const Json& holes = fieldOf(element, "holes"); holes.is_array())
      for (const Json& hole : holes) polygon.holes.push_back(tripletPoints(hole));
    return Area{{std::move(polygon)}};
  }

  Intake& m_intake;
  std::vector<Annotation> m_document;  ///< of the document that is being read
};

/// Writes element by element.
class HistomicsText final {
 public:
  explicit HistomicsText(const AnnotationSet& set) : m_set(set) {}

  AnnotationDialect::Text whole() {
    m_text = "{\"name\": \"Geneglass\", \"description\": \"\", \"elements\": [";
    for (const AnnotationPtr& annotation : m_set.all()) {
      const size_t before = m_text.size();
      std::visit([&](const auto& kind) { elements(*annotation, kind); }, annotation->shape);
      m_count += m_text.size() > before;
      if (annotation->locked)
        m_remarks.count("lock was left out: the format has none", "locks were left out: the format has none");
    }
    if (m_text.ends_with(',')) m_text.pop_back();
    m_text += "\n]}\n";
    return {std::move(m_text), {m_count, m_remarks.sentences()}};
  }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
  }

  void begin(const Annotation& annotation, const char* type) {
    put("\n{{\"type\": \"{}\", \"lineColor\": \"{}\"", type, hexColour(m_set.colourOf(annotation)));
    if (!annotation.className.empty()) put(", \"group\": {}", jsonText(annotation.className));
    if (!annotation.name.empty()) put(", \"label\": {{\"value\": {}}}", jsonText(annotation.name));
    if (!annotation.notes.empty()) put(", \"user\": {{\"notes\": {}}}", jsonText(annotation.notes));
  }
  void end() { m_text += "},"; }

  void points(const std::vector<Point>& all) {
    m_text += '[';
    for (const Point& p : all) put("[{}, {}, 0],", p.x, p.y);
    m_text.back() = ']';
  }

  void polyline(const Annotation& annotation, const Polygon& polygon, bool closed) {
    begin(annotation, "polyline");
    put(", \"closed\": {}, \"points\": ", closed);
    points(polygon.outer);
    if (!polygon.holes.empty()) {
      m_text += ", \"holes\": [";
      for (const Ring& hole : polygon.holes) points(hole), m_text += ',';
      m_text.back() = ']';
    }
    end();
  }

  void box(const Annotation& annotation, const char* type, const Ellipse& frame) {
    begin(annotation, type);
    put(", \"center\": [{}, {}, 0], \"width\": {}, \"height\": {}, \"rotation\": {}", frame.centre.x,
        frame.centre.y, 2 * frame.radiusX, 2 * frame.radiusY, frame.rotation);
    end();
  }

  void elements(const Annotation& annotation, const Area& area) {
    if (const std::optional<Rect> rectangle = uprightRectangle(area))
      return box(annotation, "rectangle", ellipseWithin(*rectangle));
    const Area whole = mendedForFile(area, m_remarks);
    if (whole.parts.size() > 1)
      m_remarks.count("area of several parts was written as several annotations",
                      "areas of several parts were written as several annotations each");
    for (const Polygon& part : whole.parts) polyline(annotation, part, true);
  }

  void elements(const Annotation& annotation, const Ellipse& ellipse) { box(annotation, "ellipse", ellipse); }

  void elements(const Annotation& annotation, const Path& path) {
    polyline(annotation, {path.points, {}}, false);
  }

  void elements(const Annotation& annotation, const Angle& angle) {
    m_remarks.count("angle was written as a line", "angles were written as lines");
    polyline(annotation, {{angle.first, angle.vertex, angle.second}, {}}, false);
  }

  void elements(const Annotation& annotation, const Places& places) {
    if (places.points.size() > 1)
      m_remarks.count("count was written as one point a place", "counts were written as one point a place");
    for (const Point& place : places.points) {
      begin(annotation, "point");
      put(", \"center\": [{}, {}, 0]", place.x, place.y);
      end();
    }
  }

  const AnnotationSet& m_set;
  std::string m_text;
  Remarks m_remarks;
  size_t m_count = 0;
};

bool knowsHistomics(std::string_view head) {
  const size_t begin = head.find_first_not_of("\xef\xbb\xbf \t\r\n");
  if (begin == std::string_view::npos || (head[begin] != '{' && head[begin] != '[')) return false;
  for (const std::string_view key : {"\"elements\"", "\"annotation\""})
    for (size_t at = head.find(key); at != std::string_view::npos; at = head.find(key, at + 1)) {
      const size_t after = head.find_first_not_of(" \t\r\n", at + key.size());
      if (after != std::string_view::npos && head[after] == ':') return true;
    }
  return false;
}

Result<ReadAnnotations> readHistomics(const std::filesystem::path& file, const SlideFrame* slide) {
  Intake intake(file, kHistomicsJson, slide);
  HistomicsReader reader(intake);
  const Result<Json> rest = readJsonPieces(file, "elements", [&](Json piece) { reader.add(piece); });
  if (!rest) return tl::unexpected(rest.error());
  reader.endDocument(*rest);
  return intake.finish();
}

Result<AnnotationDialect::Text> writeHistomics(const AnnotationSet& set, const SlideFrame*) {
  return HistomicsText(set).whole();
}

}  // namespace

const AnnotationDialect kHistomicsJson{"histomics",    "HistomicsUI", ".json",
                                       knowsHistomics, readHistomics, writeHistomics};

}  // namespace geneglass
