// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/intake.h"
#include "viewer/annotation/formats/plain_shapes.h"
#include "viewer/annotation/formats/plain_text.h"
#include "viewer/annotation/formats/xml_file.h"
#include "viewer/annotation/shape_algebra.h"

// ImageScope: layers (<Annotation>, here: classes) of regions. Level-0 pixels. A region of type 0 is a closed
// line, 1 a rectangle, 2 an ellipse (two corners of its box), 3 an arrow, 4 a ruler, 5 a place; one with
// NegativeROA is a hole, wherever in its layer it stands. LineColor is the decimal number B * 65536 + G * 256
// + R.

namespace geneglass {
namespace {

constexpr int kRegionRectangle = 1, kRegionEllipse = 2, kRegionArrow = 3, kRegionRuler = 4, kRegionPlace = 5;
constexpr double kSamePixelSize = 0.01;  ///< of the pixel size

uint32_t swappedColour(uint32_t colour) {
  return 0xff000000 | (colour & 0xff) << 16 | (colour & 0xff00) | (colour >> 16 & 0xff);
}

std::optional<uint32_t> lineColourOf(const pugi::xml_node& layer) {
  const double number = numberOf(layer.attribute("LineColor").value());
  if (!(number >= 0 && number <= 0xffffff)) return std::nullopt;
  return swappedColour(static_cast<uint32_t>(number));
}

std::string layerName(const pugi::xml_node& layer) {
  if (const std::string name = layer.attribute("Name").value(); !name.empty()) return name;
  const std::string named = layer.child("Attributes").child("Attribute").attribute("Name").value();
  return named == "Description" ? "" : named;
}

Area boxOfCorners(const std::vector<Point>& corners) {
  return rectangleArea(boundsOf(Places{corners}));
}

Shape regionShape(int type, std::vector<Point> points) {
  if (type == kRegionPlace || points.size() == 1) return Places{std::move(points)};
  const bool box = points.size() == 2 || (points.size() == 4 && uprightRectangle(Area{{{points, {}}}}));
  if (type == kRegionEllipse && box) return ellipseWithin(boundsOf(Places{points}));
  if (type == kRegionRectangle && points.size() == 2) return boxOfCorners(points);
  if (type == kRegionArrow || type == kRegionRuler || points.size() == 2) return Path{std::move(points)};
  return Area{{{std::move(points), {}}}};
}

std::string regionNotes(const pugi::xml_node& region) {
  std::string notes;
  for (const pugi::xml_node attribute : region.child("Attributes").children("Attribute"))
    if (const std::string value = attribute.attribute("Value").value(); !value.empty())
      notes += (notes.empty() ? "" : "\n") + value;
  return notes;
}

/// Takes a negative region out of the smallest area that it begins in; false where it begins in none.
bool takeOut(std::vector<Annotation>& regions, const Area& hole) {
  const Point begin = hole.parts.front().outer.front();
  Annotation* smallest = nullptr;
  double least = 0;
  for (Annotation& region : regions) {
    const Rect box = boundsOf(region.shape);
    if (!holds(region.shape, begin) || (smallest && box.width * box.height >= least)) continue;
    smallest = &region;
    least = box.width * box.height;
  }
  if (!smallest) return false;
  const Area around = *areaOf(smallest->shape);
  const auto inside = [&](Point p) { return holds(around, p); };
  Area rest = around;
  if (around.parts.size() == 1 && std::ranges::all_of(hole.parts.front().outer, inside))
    rest.parts.front().holes.push_back(hole.parts.front().outer);
  else
    rest = without(around, hole);
  smallest->shape = std::move(rest);
  return true;
}

class ImageScopeReader final {
 public:
  explicit ImageScopeReader(Intake& intake) : m_intake(intake) {}

  void add(const pugi::xml_node& layer) {
    const std::string name = layerName(layer);
    const std::optional<uint32_t> colour = lineColourOf(layer);
    m_intake.addClass(name, colour);
    std::vector<Annotation> regions;
    std::vector<Area> holes;
    for (const pugi::xml_node node : layer.child("Regions").children("Region")) {
      Shape shape = shapeOfRegion(node);
      const bool negative = node.attribute("NegativeROA").as_int() != 0;
      if (std::optional<Area> hole = negative ? areaOf(shape) : std::nullopt) {
        holes.push_back(std::move(*hole));
        continue;
      }
      Annotation& annotation = regions.emplace_back();
      annotation.shape = std::move(shape);
      annotation.className = name;
      annotation.name = node.attribute("Text").value();
      annotation.notes = regionNotes(node);
      annotation.colour = colour;
      annotation.locked = layer.attribute("ReadOnly").as_int() != 0;
    }
    for (const Area& hole : holes)
      if (hole.parts.front().outer.size() < 3 || !takeOut(regions, hole))
        m_intake.remarks.count("negative region that lies in no other was left out",
                               "negative regions that lie in no others were left out");
    for (Annotation& annotation : regions) m_intake.add(std::move(annotation));
  }

 private:
  static Shape shapeOfRegion(const pugi::xml_node& region) {
    std::vector<Point> points;
    for (const pugi::xml_node vertex : region.child("Vertices").children("Vertex"))
      points.push_back(pointOf(vertex, "X", "Y"));
    return regionShape(region.attribute("Type").as_int(), std::move(points));
  }

  Intake& m_intake;
};

Result<ReadAnnotations> readImageScope(const std::filesystem::path& file, const SlideFrame* slide) {
  const Result<pugi::xml_document> document = readXml(file);
  if (!document) return tl::unexpected(document.error());
  Intake intake(file, kImageScopeXml, slide);
  const pugi::xml_node root = document->child("Annotations");
  const double mpp = numberOf(root.attribute("MicronsPerPixel").value());
  if (slide && slide->mpp && mpp > 0 && std::abs(mpp / slide->mpp->mean() - 1) > kSamePixelSize)
    intake.remarks.say(
        fmt::format("The file was made for {:g} um a pixel, the slide has {:g}.", mpp, slide->mpp->mean()));
  ImageScopeReader reader(intake);
  for (const pugi::xml_node layer : root.children("Annotation")) reader.add(layer);
  return intake.finish();
}

/// Writes a layer for each class, colour and lock.
class ImageScopeText final {
 public:
  explicit ImageScopeText(const AnnotationSet& set) : m_set(set) {}

  AnnotationDialect::Text whole(const SlideFrame* slide) {
    put("<Annotations MicronsPerPixel=\"{}\">\n", slide && slide->mpp ? slide->mpp->mean() : 0.0);
    using Layer = std::tuple<std::string, uint32_t, bool>;
    std::vector<std::pair<Layer, std::vector<const Annotation*>>>
        layers;  // the one that is drawn first leads
    std::map<Layer, size_t> places;
    for (const AnnotationPtr& annotation : m_set.all()) {
      const Layer layer{annotation->className, m_set.colourOf(*annotation), annotation->locked};
      if (places.emplace(layer, layers.size()).second) layers.push_back({layer, {}});
      layers[places[layer]].second.push_back(annotation.get());
    }
    int number = 0;
    for (const auto& [layer, annotations] : layers) {
      const auto& [name, colour, locked] = layer;
      put("<Annotation Id=\"{}\" Name=\"{}\" ReadOnly=\"{:d}\" Incremental=\"0\" Type=\"4\" LineColor=\"{}\" "
          "Visible=\"1\" Selected=\"0\" MarkupImagePath=\"\" MacroName=\"\"><Attributes/>\n<Regions>"
          "<RegionAttributeHeaders><AttributeHeader Id=\"1\" Name=\"Description\" ColumnWidth=\"-1\"/>"
          "</RegionAttributeHeaders>\n",
          ++number, xmlText(name), locked, swappedColour(colour) & 0xffffff);
      m_region = 0;
      for (const Annotation* annotation : annotations) {
        const size_t before = m_text.size();
        std::visit([&](const auto& kind) { regions(*annotation, kind); }, annotation->shape);
        m_count += m_text.size() > before;
      }
      m_text += "</Regions><Plots/></Annotation>\n";
    }
    m_text += "</Annotations>\n";
    return {std::move(m_text), {m_count, m_remarks.sentences()}};
  }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
  }

  void region(const Annotation& annotation, int type, const std::vector<Point>& points,
              bool negative = false) {
    ++m_region;
    put("<Region Id=\"{0}\" Type=\"{1}\" Zoom=\"1\" Selected=\"0\" ImageLocation=\"\" ImageFocus=\"0\" "
        "Text=\"{2}\" "
        "NegativeROA=\"{3:d}\" InputRegionId=\"0\" Analyze=\"1\" DisplayId=\"{0}\"><Attributes>",
        m_region, type, xmlText(annotation.name), negative);
    if (!annotation.notes.empty())
      put("<Attribute Name=\"1\" Id=\"0\" Value=\"{}\"/>", xmlText(annotation.notes));
    m_text += "</Attributes><Vertices>\n";
    for (const Point& p : points) put("<Vertex X=\"{}\" Y=\"{}\"/>\n", p.x, p.y);
    m_text += "</Vertices></Region>\n";
  }

  void regions(const Annotation& annotation, const Area& area) {
    if (uprightRectangle(area)) return region(annotation, kRegionRectangle, area.parts.front().outer);
    const Area whole = mendedForFile(area, m_remarks);
    if (whole.parts.size() > 1)
      m_remarks.count("area of several parts was written as several regions",
                      "areas of several parts were written as several regions each");
    for (const Polygon& part : whole.parts) {
      region(annotation, 0, part.outer);
      for (const Ring& hole : part.holes) region(annotation, 0, hole, true);
    }
  }

  void regions(const Annotation& annotation, const Ellipse& ellipse) {
    const Rect box = boundsOf(ellipse);
    if (isUpright(ellipse))
      return region(annotation, kRegionEllipse, {{box.x, box.y}, {box.right(), box.bottom()}});
    for (const Ring& ring : plainRings(ellipse, m_remarks)) region(annotation, 0, ring);
  }

  void regions(const Annotation& annotation, const Path& path) {
    if (path.points.size() > 2)
      m_remarks.count("line of more than two points was written as a ruler with more points",
                      "lines of more than two points were written as rulers with more points");
    region(annotation, kRegionRuler, path.points);
  }

  void regions(const Annotation& annotation, const Angle& angle) {
    m_remarks.count("angle was written as a ruler of three points",
                    "angles were written as rulers of three points");
    region(annotation, kRegionRuler, {angle.first, angle.vertex, angle.second});
  }

  void regions(const Annotation& annotation, const Places& places) {
    region(annotation, kRegionPlace, places.points);
  }

  const AnnotationSet& m_set;
  std::string m_text;
  Remarks m_remarks;
  size_t m_count = 0;
  int m_region = 0;
};

bool knowsImageScope(std::string_view head) {
  return head.find("<Annotations") != std::string_view::npos && !kAsapXml.knows(head);
}

Result<AnnotationDialect::Text> writeImageScope(const AnnotationSet& set, const SlideFrame* slide) {
  return ImageScopeText(set).whole(slide);
}

}  // namespace

const AnnotationDialect kImageScopeXml{"imagescope",    "ImageScope XML", ".xml",
                                       knowsImageScope, readImageScope,   writeImageScope};

}  // namespace geneglass
