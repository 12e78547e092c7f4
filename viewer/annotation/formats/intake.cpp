// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/intake.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "viewer/annotation/formats/plain_text.h"
#include "viewer/annotation/shape_places.h"

namespace geneglass {
namespace {

void dropRepeats(std::vector<Point>& points, bool closed) {
  points.erase(std::unique(points.begin(), points.end()), points.end());
  while (closed && points.size() > 1 && points.back() == points.front()) points.pop_back();
}

/// Whether there is something to draw left.
bool isTidy(Area& area, Remarks& remarks) {
  for (Polygon& part : area.parts) {
    dropRepeats(part.outer, true);
    for (Ring& hole : part.holes) dropRepeats(hole, true);
    const size_t thin = std::erase_if(part.holes, [](const Ring& hole) { return hole.size() < 3; });
    remarks.count("hole of fewer than three points was left out",
                  "holes of fewer than three points were left out", thin);
  }
  std::erase_if(area.parts, [](const Polygon& part) { return part.outer.size() < 3; });
  return !area.parts.empty();
}
bool isTidy(Ellipse& e, Remarks&) {
  e.radiusX = std::abs(e.radiusX);
  e.radiusY = std::abs(e.radiusY);
  return e.radiusX > 0 && e.radiusY > 0;
}
bool isTidy(Path& path, Remarks&) {
  dropRepeats(path.points, false);
  return path.points.size() > 1;
}
bool isTidy(Angle&, Remarks&) {
  return true;
}
bool isTidy(Places& places, Remarks&) {
  return !places.points.empty();
}

bool isOutside(const Shape& shape, const Size& slide) {
  const Rect box = boundsOf(shape);
  return box.right() < 0 || box.bottom() < 0 || box.x > static_cast<double>(slide.width) ||
         box.y > static_cast<double>(slide.height);
}

}  // namespace

Intake::Intake(std::filesystem::path file, const AnnotationDialect& dialect, const SlideFrame* slide)
    : m_file(std::move(file)), m_slide(slide) {
  m_read.dialect = dialect.name;
}

void Intake::addClass(const std::string& name, std::optional<uint32_t> colour) {
  const std::string text = asUtf8(name);
  if (!text.empty() && colour && m_colours.emplace(text, *colour).second)
    m_read.classes.push_back({text, *colour});
}

bool Intake::tidy(Shape& shape) {
  if (!areAllPlaces(shape)) {
    remarks.count("with coordinates that are no places on a slide was left out",
                  "with coordinates that are no places on a slide were left out");
    return false;
  }
  if (!std::visit([&](auto& kind) { return isTidy(kind, remarks); }, shape)) {
    remarks.count("with too few points to be drawn was left out",
                  "with too few points to be drawn were left out");
    return false;
  }
  if (m_slide && isOutside(shape, m_slide->size))
    remarks.count("lies outside the slide", "lie outside the slide");
  return true;
}

void Intake::add(Annotation annotation) {
  if (!tidy(annotation.shape)) return;
  for (std::string* text : {&annotation.id, &annotation.className, &annotation.name, &annotation.notes})
    *text = asUtf8(*text);
  m_read.annotations.push_back(std::move(annotation));
}

void Intake::dropSharedIds() {
  std::unordered_map<std::string, size_t> uses;
  for (const Annotation& annotation : m_read.annotations) ++uses[annotation.id];
  for (Annotation& annotation : m_read.annotations)
    if (uses[annotation.id] > 1) annotation.id.clear();
}

Result<ReadAnnotations> Intake::finish() {
  m_read.remarks = remarks.sentences();
  if (m_read.annotations.empty()) {
    if (m_read.remarks.empty()) return cannotReadAnnotations(m_file, "there are no annotations in it");
    std::string all = fmt::format("{}", fmt::join(m_read.remarks, " "));
    all.pop_back();
    return cannotReadAnnotations(m_file, "nothing in it can be drawn: " + all);
  }
  dropSharedIds();
  for (Annotation& annotation : m_read.annotations)
    if (const auto known = m_colours.find(annotation.className);
        known != m_colours.end() && annotation.colour == known->second)
      annotation.colour.reset();
  return std::move(m_read);
}

}  // namespace geneglass
