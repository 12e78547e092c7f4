// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/intake.h"
#include "viewer/annotation/formats/plain_shapes.h"
#include "viewer/annotation/formats/plain_text.h"
#include "viewer/annotation/formats/xml_file.h"

// NDPA of NDP.view: one <ndpviewstate> an annotation, with a title (here: the class) and details (here: the
// notes). Places are nanometres from the centre of the glass; the scan's centre lies at scanCentre, so that
// pixel = (nm - scanCentre) / (1000 mpp) + size / 2. No holes, parts, turned or unequal ellipses.

namespace geneglass {
namespace {

/// Between nanometres on the glass and level-0 pixels.
class GlassFrame final {
 public:
  /// `slide` has mpp and scanCentre.
  explicit GlassFrame(const SlideFrame& slide)
      : m_centre(*slide.scanCentre),
        m_nm{slide.mpp->x * 1000, slide.mpp->y * 1000},
        m_half{static_cast<double>(slide.size.width) / 2, static_cast<double>(slide.size.height) / 2} {}

  Point pixels(Point nm) const {
    return {(nm.x - m_centre.x) / m_nm.x + m_half.x, (nm.y - m_centre.y) / m_nm.y + m_half.y};
  }
  Point nanometres(Point p) const {
    return {std::round((p.x - m_half.x) * m_nm.x + m_centre.x),
            std::round((p.y - m_half.y) * m_nm.y + m_centre.y)};
  }
  Point pixelSize() const { return m_nm; }

 private:
  Point m_centre, m_nm, m_half;
};

/// Why nanometres cannot be placed; empty where they can.
std::string whyUnplaced(const SlideFrame* slide) {
  if (!slide) return "an NDPA counts from the centre of the glass: its NDPI slide must be given with it";
  if (!slide->mpp) return "an NDPA is in nanometres, and the slide does not say how large its pixels are";
  if (!slide->scanCentre)
    return "an NDPA counts from the centre of the glass, and the slide does not say where that is: only NDPI "
           "slides do";
  return "";
}

class NdpaReader final {
 public:
  NdpaReader(Intake& intake, const GlassFrame& frame) : m_intake(intake), m_frame(frame) {}

  void add(const pugi::xml_node& state) {
    const pugi::xml_node node = state.child("annotation");
    std::optional<Shape> shape = shapeOf(node, node.attribute("type").value());
    if (!shape) return;
    Annotation annotation;
    annotation.shape = std::move(*shape);
    annotation.className = state.child_value("title");
    annotation.notes = state.child_value("details");
    annotation.colour = colourOf(node.attribute("color").value());
    if (!annotation.className.empty())
      m_intake.remarks.say("The titles of the annotations came in as their classes.");
    m_intake.addClass(annotation.className, annotation.colour);
    m_intake.add(std::move(annotation));
  }

 private:
  Point placeOf(const pugi::xml_node& node, const char* x, const char* y) const {
    return m_frame.pixels({numberOf(node.child_value(x)), numberOf(node.child_value(y))});
  }

  std::optional<Shape> shapeOf(const pugi::xml_node& node, const std::string& type) {
    if (type == "pin") return Places{{placeOf(node, "x", "y")}};
    if (type == "linearmeasure" || type == "pointer") {
      if (type == "pointer") m_intake.remarks.count("pointer came in as a line", "pointers came in as lines");
      return Path{{placeOf(node, "x1", "y1"), placeOf(node, "x2", "y2")}};
    }
    if (type == "circle") {
      const double radius = numberOf(node.child_value("radius"));
      return Ellipse{placeOf(node, "x", "y"), radius / m_frame.pixelSize().x, radius / m_frame.pixelSize().y,
                     0};
    }
    if (type == "freehand") {
      std::vector<Point> points;
      for (const pugi::xml_node point : node.child("pointlist").children("point"))
        points.push_back(placeOf(point, "x", "y"));
      if (numberOf(node.child_value("closed")) == 0) return Path{std::move(points)};
      return Area{{{std::move(points), {}}}};
    }
    m_intake.remarks.count("of a type that is no shape was left out",
                           "of types that are no shapes were left out");
    return std::nullopt;
  }

  Intake& m_intake;
  const GlassFrame& m_frame;
};

Result<ReadAnnotations> readNdpa(const std::filesystem::path& file, const SlideFrame* slide) {
  const Result<pugi::xml_document> document = readXml(file);
  if (!document) return tl::unexpected(document.error());
  if (const std::string reason = whyUnplaced(slide); !reason.empty())
    return cannotReadAnnotations(file, reason);
  Intake intake(file, kNdpaXml, slide);
  const GlassFrame frame(*slide);
  NdpaReader reader(intake, frame);
  for (const pugi::xml_node state : document->child("annotations").children("ndpviewstate"))
    reader.add(state);
  return intake.finish();
}

/// Writes one view state after another.
class NdpaText final {
 public:
  NdpaText(const AnnotationSet& set, const SlideFrame& slide) : m_set(set), m_frame(slide) {}

  AnnotationDialect::Text whole() {
    m_text = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<annotations>\n";
    for (const AnnotationPtr& annotation : m_set.all()) {
      const size_t before = m_text.size();
      std::visit([&](const auto& kind) { states(*annotation, kind); }, annotation->shape);
      m_count += m_text.size() > before;
      if (!annotation->className.empty() && !annotation->name.empty())
        m_remarks.count("name was left out: a title is all there is, and it holds the class",
                        "names were left out: a title is all there is, and it holds the class");
      if (annotation->locked)
        m_remarks.count("lock was left out: the format has none", "locks were left out: the format has none");
    }
    m_text += "</annotations>\n";
    return {std::move(m_text), {m_count, m_remarks.sentences()}};
  }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
  }

  void begin(const Annotation& annotation, const char* type, const char* displayName) {
    const Rect box = boundsOf(annotation.shape);
    const Point middle = m_frame.nanometres({box.x + box.width / 2, box.y + box.height / 2});
    put("<ndpviewstate "
        "id=\"{}\">\n<title>{}</title><details>{}</details><coordformat>nanometers</coordformat>"
        "<lens>1</lens><x>{}</x><y>{}</y><z>0</z><showtitle>0</showtitle><showhistogram>0</showhistogram>"
        "<showlineprofile>0</showlineprofile>\n<annotation type=\"{}\" displayname=\"{}\" color=\"{}\">"
        "<measuretype>0</measuretype>",
        ++m_states, xmlText(annotation.className.empty() ? annotation.name : annotation.className),
        xmlText(annotation.notes), middle.x, middle.y, type, displayName,
        hexColour(m_set.colourOf(annotation)));
  }
  void end() { m_text += "</annotation>\n</ndpviewstate>\n"; }

  void place(Point pixel, const char* number = "") {
    const Point nm = m_frame.nanometres(pixel);
    put("<x{0}>{1}</x{0}><y{0}>{2}</y{0}>", number, nm.x, nm.y);
  }

  void freehand(const Annotation& annotation, const std::vector<Point>& points, bool closed) {
    begin(annotation, "freehand", closed ? "AnnotateFreehand" : "AnnotateFreehandLine");
    put("<closed>{:d}</closed><pointlist>", closed);
    for (const Point& p : points) {
      m_text += "\n<point>";
      place(p);
      m_text += "</point>";
    }
    m_text += "</pointlist>";
    end();
  }

  void states(const Annotation& annotation, const Area& area) {
    for (const Ring& ring : plainRings(area, m_remarks)) freehand(annotation, ring, true);
  }

  void states(const Annotation& annotation, const Ellipse& ellipse) {
    constexpr double kRound = 0.5;  // nanometres
    const double x = ellipse.radiusX * m_frame.pixelSize().x, y = ellipse.radiusY * m_frame.pixelSize().y;
    if (!isUpright(ellipse) || std::abs(x - y) > kRound) {
      for (const Ring& ring : plainRings(ellipse, m_remarks)) freehand(annotation, ring, true);
      return;
    }
    begin(annotation, "circle", "AnnotateCircle");
    place(ellipse.centre);
    put("<radius>{}</radius>", std::round(x));
    end();
  }

  void states(const Annotation& annotation, const Path& path) {
    if (path.points.size() != 2) return freehand(annotation, path.points, false);
    begin(annotation, "linearmeasure", "AnnotateRuler");
    place(path.points[0], "1");
    place(path.points[1], "2");
    end();
  }

  void states(const Annotation& annotation, const Angle& angle) {
    m_remarks.count("angle was written as a line", "angles were written as lines");
    freehand(annotation, {angle.first, angle.vertex, angle.second}, false);
  }

  void states(const Annotation& annotation, const Places& places) {
    if (places.points.size() > 1)
      m_remarks.count("count was written as one pin a place", "counts were written as one pin a place");
    for (const Point& p : places.points) {
      begin(annotation, "pin", "AnnotatePin");
      place(p);
      m_text += "<icon>pinred</icon><stricon>iconpinred</stricon>";
      end();
    }
  }

  const AnnotationSet& m_set;
  const GlassFrame m_frame;
  std::string m_text;
  Remarks m_remarks;
  size_t m_count = 0;
  int m_states = 0;
};

bool knowsNdpa(std::string_view head) {
  return head.find("<annotations") != std::string_view::npos ||
         head.find("<ndpviewstate") != std::string_view::npos;
}

Result<AnnotationDialect::Text> writeNdpa(const AnnotationSet& set, const SlideFrame* slide) {
  if (std::string reason = whyUnplaced(slide); !reason.empty()) return fail(std::move(reason));
  return NdpaText(set, *slide).whole();
}

}  // namespace

const AnnotationDialect kNdpaXml{"ndpa", "NDPA (NDP.view)", ".ndpa", knowsNdpa, readNdpa, writeNdpa};

}  // namespace geneglass
