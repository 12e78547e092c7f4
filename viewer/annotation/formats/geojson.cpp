// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/geojson_geometry.h"
#include "viewer/annotation/formats/geojson_text.h"
#include "viewer/annotation/formats/intake.h"
#include "viewer/annotation/formats/json_pieces.h"
#include "viewer/annotation/formats/plain_text.h"

// QuPath 0.5 and 0.6: a FeatureCollection; a UUID a feature; properties objectType, name, color [r, g, b],
// classification {name or names, color}, isLocked, measurements (an object), metadata. QuPath 0.1 to 0.3: a
// bare array; the id names the Java class, the same for all; classification {name, colorRGB}, a signed
// number; measurements an array. Coordinates are level-0 pixels, which QuPath counts from where the scanned
// part of a slide begins (openslide.bounds-x, -y: MIRAX, Leica, Ventana).

namespace geneglass {
namespace {

using Json = nlohmann::json;

constexpr std::array kOldIds{"PathAnnotationObject", "PathDetectionObject", "PathCellObject",
                             "PathTileObject",       "PathRootObject",      "TMACoreObject"};

const Json& valueOf(const Json& object, const char* key) {
  static const Json kNone;
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found == object.end() ? kNone : *found;
}

std::string stringOf(const Json& object, const char* key) {
  const Json& value = valueOf(object, key);
  return value.is_string() ? value.get<std::string>() : "";
}

double doubleOf(const Json& object, const char* key) {
  const Json& value = valueOf(object, key);
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

/// [r, g, b], or Java's packed number, which is negative for opaque colours.
std::optional<uint32_t> jsonColour(const Json& value) {
  if (value.is_number_integer()) return 0xff000000 | (static_cast<uint32_t>(value.get<int64_t>()) & 0xffffff);
  if (value.is_string()) return colourOf(value.get<std::string>());
  if (!value.is_array() || value.size() < 3) return std::nullopt;
  uint32_t colour = 0xff;
  for (size_t i = 0; i < 3; ++i) {
    if (!value[i].is_number()) return std::nullopt;
    colour = colour << 8 | static_cast<uint32_t>(std::clamp(value[i].get<double>(), 0.0, 255.0));
  }
  return colour;
}

class GeoJsonReader final {
 public:
  GeoJsonReader(Intake& intake, const SlideFrame* slide)
      : m_intake(intake), m_offset(slide ? slide->boundsOffset : Point{}) {
    if (m_offset != Point{})
      m_intake.remarks.say(
          fmt::format("Positions were counted from ({:g}, {:g}), where the scanned part of the slide begins, "
                      "as QuPath does.",
                      m_offset.x, m_offset.y));
  }

  /// A feature with its children, a collection, or a bare geometry.
  void add(const Json& object) {
    for (const Json& one : valueOf(object, "features")) add(one);
    if (!object.is_object()) {
      m_intake.remarks.count("entry that is no feature was left out",
                             "entries that are no features were left out");
    } else if (object.contains("geometry")) {
      addFeature(object);
    } else if (object.contains("coordinates") || object.contains("geometries")) {
      addFeature({{"geometry", object}});
    }
  }

 private:
  void addFeature(const Json& feature) {
    const Json& properties = valueOf(feature, "properties");
    Annotation annotation;
    describe(annotation, feature, properties);
    std::vector<Shape> shapes = shapesOf(valueOf(feature, "geometry"), m_intake.remarks);
    restoreExact(shapes, valueOf(properties, "geneglass"));
    if (shapes.size() > 1)
      m_intake.remarks.count("collection of unlike shapes came in as one annotation a shape",
                             "collections of unlike shapes came in as one annotation a shape");
    for (Shape& shape : shapes) {
      annotation.shape = m_offset == Point{} ? std::move(shape) : moved(shape, m_offset.x, m_offset.y);
      m_intake.add(annotation);
    }
    countWhatIsLost(feature, properties);
    for (const Json* owner : {&properties, &feature})
      for (const char* key : {"childObjects", "children"})
        if (const Json& children = valueOf(*owner, key); children.is_array())
          for (const Json& child : children) add(child);
  }

  void describe(Annotation& annotation, const Json& feature, const Json& properties) {
    annotation.id = idOf(feature);
    annotation.name = stringOf(properties, "name");
    annotation.notes = stringOf(valueOf(properties, "metadata"), "ANNOTATION_DESCRIPTION");
    annotation.colour = jsonColour(valueOf(properties, "color"));
    annotation.className = classOf(valueOf(properties, "classification"));
    const Json& locked = valueOf(properties, "isLocked");
    annotation.locked = locked.is_boolean() && locked.get<bool>();
  }

  static std::string idOf(const Json& feature) {
    const Json& id = valueOf(feature, "id");
    const std::string text = id.is_string() ? id.get<std::string>() : id.is_number() ? id.dump() : "";
    return std::ranges::find(kOldIds, text) == kOldIds.end() ? text : "";
  }

  std::string classOf(const Json& classification) {
    if (classification.is_string()) return classification.get<std::string>();
    std::string name = stringOf(classification, "name");
    if (const Json& names = valueOf(classification, "names"); name.empty() && names.is_array()) {
      std::vector<std::string> parts;
      for (const Json& part : names)
        if (part.is_string()) parts.push_back(part.get<std::string>());
      name = fmt::format("{}", fmt::join(parts, ": "));
    }
    const Json& colour = valueOf(classification, "color");
    m_intake.addClass(name, jsonColour(colour.is_null() ? valueOf(classification, "colorRGB") : colour));
    return name;
  }

  static void restoreExact(std::vector<Shape>& shapes, const Json& exact) {
    if (shapes.size() != 1) return;
    const std::string kind = stringOf(exact, "shape");
    if (const auto* line = std::get_if<Path>(&shapes[0]); line && kind == "angle" && line->points.size() == 3)
      shapes[0] = Angle{line->points[0], line->points[1], line->points[2]};
    else if (kind == "ellipse")
      shapes[0] = Ellipse{{doubleOf(exact, "x"), doubleOf(exact, "y")},
                          doubleOf(exact, "radiusX"),
                          doubleOf(exact, "radiusY"),
                          doubleOf(exact, "rotation")};
  }

  void countWhatIsLost(const Json& feature, const Json& properties) {
    std::string type = stringOf(properties, "objectType");
    if (type.empty()) type = stringOf(properties, "object_type");
    Remarks& remarks = m_intake.remarks;
    if (type == "detection" || type == "cell" || type == "tile" || type.starts_with("tma"))
      remarks.count("detection, cell, tile or core came in as an annotation",
                    "detections, cells, tiles or cores came in as annotations");
    if (!valueOf(feature, "nucleusGeometry").is_null())
      remarks.count("nucleus within a cell was left out", "nuclei within cells were left out");
    if (const Json& measurements = valueOf(properties, "measurements"); !measurements.empty())
      remarks.count("has measurements, which were left out", "have measurements, which were left out");
    const Json& metadata = valueOf(properties, "metadata");
    if (metadata.is_object() && metadata.size() > metadata.count("ANNOTATION_DESCRIPTION"))
      remarks.count("has metadata beside its description, which were left out",
                    "have metadata beside their descriptions, which were left out");
  }

  Intake& m_intake;
  const Point m_offset;
};

bool knowsGeoJson(std::string_view head) {
  const size_t begin = head.find_first_not_of("\xef\xbb\xbf \t\r\n");
  return begin != std::string_view::npos && (head[begin] == '{' || head[begin] == '[') &&
         !kHistomicsJson.knows(head);
}

Result<ReadAnnotations> readGeoJson(const std::filesystem::path& file, const SlideFrame* slide) {
  Intake intake(file, kGeoJson, slide);
  GeoJsonReader reader(intake, slide);
  const Result<Json> rest = readJsonPieces(file, "features", [&](Json piece) { reader.add(piece); });
  if (!rest) return tl::unexpected(rest.error());
  if (rest->is_object()) reader.add(*rest);
  return intake.finish();
}

}  // namespace

const AnnotationDialect kGeoJson{"geojson",    "GeoJSON (QuPath)", ".geojson",
                                 knowsGeoJson, readGeoJson,        geoJsonText};

}  // namespace geneglass
