// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/intake.h"
#include "viewer/annotation/formats/plain_shapes.h"
#include "viewer/annotation/formats/plain_text.h"
#include "viewer/annotation/formats/xml_file.h"

// ASAP: annotations belong to groups (here: classes), groups to groups. Each coordinate says its place in the
// order. Level-0 pixels from the corner of the whole slide. No holes, parts, ellipses, or open lines of more
// than two points.

namespace geneglass {
namespace {

struct AsapGroup {
  std::string parent;
  std::optional<uint32_t> colour;
};
using AsapGroups = std::map<std::string, AsapGroup>;

std::string groupNameOf(const pugi::xml_node& node) {
  const std::string name = node.attribute("PartOfGroup").value();
  return name == "None" ? "" : name;
}

AsapGroups groupsOf(const pugi::xml_node& root) {
  AsapGroups groups;
  for (const pugi::xml_node node : root.child("AnnotationGroups").children("Group"))
    groups[node.attribute("Name").value()] = {groupNameOf(node), colourOf(node.attribute("Color").value())};
  return groups;
}

/// "Parent: Child", as QuPath names classes that derive from another.
std::string classNameOf(const AsapGroups& groups, const std::string& group) {
  std::string name = group;
  std::set<std::string> seen{group};
  for (auto found = groups.find(group); found != groups.end() && !found->second.parent.empty();) {
    const std::string& parent = found->second.parent;
    if (!seen.insert(parent).second) break;
    name = parent + ": " + name;
    found = groups.find(parent);
  }
  return name;
}

std::vector<Point> orderedPoints(const pugi::xml_node& annotation) {
  std::vector<std::pair<double, Point>> placed;
  for (const pugi::xml_node node : annotation.child("Coordinates").children("Coordinate")) {
    const double order = numberOf(node.attribute("Order").value());
    placed.push_back({order == order ? order : static_cast<double>(placed.size()), pointOf(node, "X", "Y")});
  }
  std::ranges::stable_sort(placed, {}, &std::pair<double, Point>::first);
  std::vector<Point> points;
  for (const auto& [order, point] : placed) points.push_back(point);
  return points;
}

Shape asapShape(const std::string& type, std::vector<Point> points, Remarks& remarks) {
  if (type == "Dot" || type == "PointSet") return Places{std::move(points)};
  if (type == "Measurement") return Path{std::move(points)};
  if (type == "Spline")
    remarks.count("spline came in as a polygon through its points",
                  "splines came in as polygons through their points");
  else if (type != "Polygon" && type != "Rectangle")
    remarks.count("of an unknown type came in as a polygon", "of unknown types came in as polygons");
  return Area{{{std::move(points), {}}}};
}

Result<ReadAnnotations> readAsap(const std::filesystem::path& file, const SlideFrame* slide) {
  const Result<pugi::xml_document> document = readXml(file);
  if (!document) return tl::unexpected(document.error());
  Intake intake(file, kAsapXml, slide);
  const pugi::xml_node root = document->child("ASAP_Annotations");
  const AsapGroups groups = groupsOf(root);
  for (const pugi::xml_node node : root.child("Annotations").children("Annotation")) {
    const std::string group = groupNameOf(node);
    const auto known = groups.find(group);
    Annotation annotation;
    annotation.shape = asapShape(node.attribute("Type").value(), orderedPoints(node), intake.remarks);
    annotation.className = classNameOf(groups, group);
    annotation.name = node.attribute("Name").value();
    annotation.colour = colourOf(node.attribute("Color").value());
    if (known != groups.end()) intake.addClass(annotation.className, known->second.colour);
    intake.add(std::move(annotation));
  }
  return intake.finish();
}

/// Writes annotation by annotation.
class AsapText final {
 public:
  explicit AsapText(const AnnotationSet& set) : m_set(set) {}

  AnnotationDialect::Text whole() {
    m_text = "<?xml version=\"1.0\"?>\n<ASAP_Annotations>\n<Annotations>\n";
    for (const AnnotationPtr& annotation : m_set.all()) {
      const size_t before = m_text.size();
      std::visit([&](const auto& kind) { shape(*annotation, kind); }, annotation->shape);
      m_count += m_text.size() > before;
      if (!annotation->notes.empty())
        m_remarks.count("note was left out: the format has none", "notes were left out: the format has none");
      if (annotation->locked)
        m_remarks.count("lock was left out: the format has none", "locks were left out: the format has none");
    }
    m_text += "</Annotations>\n<AnnotationGroups>\n";
    for (const AnnotationClass& one : m_set.classes())
      put("<Group Name=\"{}\" PartOfGroup=\"None\" Color=\"{}\"><Attributes/></Group>\n", xmlText(one.name),
          hexColour(one.colour));
    m_text += "</AnnotationGroups>\n</ASAP_Annotations>\n";
    return {std::move(m_text), {m_count, m_remarks.sentences()}};
  }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
  }

  void write(const Annotation& annotation, const char* type, const std::vector<Point>& points) {
    const std::string group = annotation.className.empty() ? "None" : annotation.className;
    put("<Annotation Name=\"{}\" Type=\"{}\" PartOfGroup=\"{}\" Color=\"{}\"><Coordinates>\n",
        xmlText(annotation.name), type, xmlText(group), hexColour(m_set.colourOf(annotation)));
    for (size_t i = 0; i < points.size(); ++i)
      put("<Coordinate Order=\"{}\" X=\"{}\" Y=\"{}\"/>\n", i, points[i].x, points[i].y);
    m_text += "</Coordinates></Annotation>\n";
  }

  void shape(const Annotation& annotation, const Area& area) {
    if (uprightRectangle(area)) return write(annotation, "Rectangle", area.parts.front().outer);
    for (const Ring& ring : plainRings(area, m_remarks)) write(annotation, "Polygon", ring);
  }
  void shape(const Annotation& annotation, const Ellipse& ellipse) {
    for (const Ring& ring : plainRings(ellipse, m_remarks)) write(annotation, "Polygon", ring);
  }
  void shape(const Annotation& annotation, const Path& path) {
    if (path.points.size() == 2) return write(annotation, "Measurement", path.points);
    m_remarks.count("line of more than two points was left out: the format has none",
                    "lines of more than two points were left out: the format has none");
  }
  void shape(const Annotation&, const Angle&) {
    m_remarks.count("angle was left out: the format has none", "angles were left out: the format has none");
  }
  void shape(const Annotation& annotation, const Places& places) {
    write(annotation, places.points.size() == 1 ? "Dot" : "PointSet", places.points);
  }

  const AnnotationSet& m_set;
  std::string m_text;
  Remarks m_remarks;
  size_t m_count = 0;
};

bool knowsAsap(std::string_view head) {
  return head.find("<ASAP_Annotations") != std::string_view::npos;
}

Result<AnnotationDialect::Text> writeAsap(const AnnotationSet& set, const SlideFrame*) {
  return AsapText(set).whole();
}

}  // namespace

const AnnotationDialect kAsapXml{"asap", "ASAP XML", ".xml", knowsAsap, readAsap, writeAsap};

}  // namespace geneglass
