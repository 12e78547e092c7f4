// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_labels.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "app/desktop/annotating/hand_pen.h"
#include "app/desktop/annotating/measure_label.h"
#include "app/desktop/case/measure_text.h"
#include "viewer/annotation/nearness.h"

namespace geneglass {
namespace {

constexpr size_t kMostLabels = 200;   ///< seen at once; more would hide the tissue
constexpr double kHandlesApart = 14;  ///< screen pixels; nearer ones would hide the line
constexpr size_t kMostMarked = 200;   ///< selected ones whose outline is marked

/// Rulers, angles and counters are drawn for the sake of their numbers.
bool isMeasure(const Shape& shape) {
  const auto* places = std::get_if<Places>(&shape);
  return std::holds_alternative<Path>(shape) || std::holds_alternative<Angle>(shape) ||
         (places && places->points.size() > 1);
}

/// Where the label hangs: right of the lowest point of a line, above an area's upper edge.
Point anchorOf(const Annotation& annotation, const Rect& bounds) {
  if (const auto* angle = std::get_if<Angle>(&annotation.shape)) return angle->vertex;
  if (const auto* path = std::get_if<Path>(&annotation.shape); path && !path->points.empty())
    return path->points.back();
  return {bounds.x, bounds.y};
}

std::vector<Point> apartOnScreen(const std::vector<Point>& handles, const Viewport& viewport) {
  std::vector<Point> kept;
  for (const Point handle : handles) {
    const double across =
        kept.empty() ? kHandlesApart
                     : std::hypot(handle.x - kept.back().x, handle.y - kept.back().y) / viewport.downsample;
    if (across >= kHandlesApart) kept.push_back(handle);
  }
  return kept;
}

}  // namespace

QString labelOf(const Annotation& annotation, const std::optional<Mpp>& mpp, bool selected) {
  QStringList lines;
  if (!annotation.name.empty()) lines << QString::fromStdString(annotation.name);
  if (selected)
    lines << measuresOf(annotation.shape, mpp);
  else if (isMeasure(annotation.shape))
    lines << firstMeasureOf(annotation.shape, mpp);
  return lines.join(QLatin1Char('\n'));
}

AnnotationLabels::AnnotationLabels(AnnotationSetPtr set, std::set<std::string> selection,
                                   std::optional<Mpp> mpp)
    : m_set(std::move(set)), m_selection(std::move(selection)), m_mpp(mpp) {
  const auto& all = m_set->all();
  for (size_t place = 0; place < all.size(); ++place) {
    const Annotation& annotation = *all[place];
    const bool selected = m_selection.size() <= kMostMarked && m_selection.contains(annotation.id);
    if (annotation.name.empty() && !selected && !isMeasure(annotation.shape)) continue;
    if (QString text = labelOf(annotation, m_mpp, selected); !text.isEmpty())
      m_labels.push_back({place, std::move(text)});
  }
}

void AnnotationLabels::paint(QPainter& painter, const Viewport& viewport) const {
  paintSelected(painter, viewport);
  const Rect seen = viewport.visible();
  std::vector<const Label*> visible;
  for (const Label& label : m_labels)
    if (touch(m_set->bounds()[label.place], seen)) visible.push_back(&label);
  if (visible.size() > kMostLabels)
    std::erase_if(visible,
                  [&](const Label* label) { return !m_selection.contains(m_set->all()[label->place]->id); });
  for (const Label* label : visible) {
    const Point anchor = anchorOf(*m_set->all()[label->place], m_set->bounds()[label->place]);
    paintLabel(painter, screenPoint(viewport, anchor), label->text);
  }
}

void AnnotationLabels::paintSelected(QPainter& painter, const Viewport& viewport) const {
  if (m_selection.size() > kMostMarked) return;
  for (const std::string& id : m_selection) {
    const AnnotationPtr annotation = m_set->find(id);
    if (!annotation) continue;
    paintInHand(painter, viewport, annotation->shape);
    if (m_selection.size() > 1 || annotation->locked) continue;
    paintCorners(painter, viewport, apartOnScreen(handlesOf(annotation->shape), viewport));
  }
}

QString AnnotationLabels::textAt(Point slide) const {
  const AnnotationPtr annotation = m_set->at(slide, 0);
  if (!annotation) return {};
  QStringList words;
  for (const std::string& word : {annotation->className, annotation->name})
    if (!word.empty()) words << QString::fromStdString(word);
  return words.join(QStringLiteral(": "));
}

OverlayLayer annotationsLayer(const AnnotationSetPtr& set, const std::set<std::string>& selection,
                              const std::optional<Mpp>& mpp) {
  if (set->all().empty()) return {};
  return {std::make_shared<AnnotationLabels>(set, selection, mpp), {}, set};
}

}  // namespace geneglass
