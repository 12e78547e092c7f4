// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_selection.h"

#include <utility>

#include "viewer/annotation/shape_algebra.h"

namespace geneglass {

AnnotationSelection::AnnotationSelection(Case& document, QObject* parent)
    : QObject(parent), m_case(document) {
  connect(&m_case, &Case::annotationsChanged, this, &AnnotationSelection::forgetWhatIsGone);
}

std::vector<AnnotationPtr> AnnotationSelection::selected() const {
  std::vector<AnnotationPtr> found;
  if (m_selection.size() == 1) {
    found.push_back(m_case.annotations()->find(*m_selection.begin()));
    return found;
  }
  if (m_selection.empty()) return found;
  for (const AnnotationPtr& annotation : m_case.annotations()->all())
    if (m_selection.contains(annotation->id)) found.push_back(annotation);
  return found;
}

void AnnotationSelection::select(std::set<std::string> ids) {
  std::erase_if(ids, [&](const std::string& id) { return !m_case.annotations()->find(id); });
  if (ids == m_selection) return;
  m_selection = std::move(ids);
  Q_EMIT selectionChanged();
}

void AnnotationSelection::forgetWhatIsGone() {
  const size_t before = m_selection.size();
  std::erase_if(m_selection, [&](const std::string& id) { return !m_case.annotations()->find(id); });
  if (m_selection.size() != before) Q_EMIT selectionChanged();
}

void AnnotationSelection::deleteSelected() {
  std::vector<std::string> gone;
  for (const AnnotationPtr& annotation : selected())
    if (!annotation->locked) gone.push_back(annotation->id);
  if (gone.size() < m_selection.size()) Q_EMIT refused(tr("What is locked was not deleted."));
  m_case.change(m_case.annotations()->without(gone),
                gone.size() == 1 ? tr("Delete") : tr("Delete %n", "", int(gone.size())));
}

void AnnotationSelection::setClassOfSelected(const std::string& name) {
  std::vector<Annotation> changed;
  for (const AnnotationPtr& annotation : selected()) {
    if (annotation->locked || annotation->className == name) continue;
    changed.push_back(*annotation);
    changed.back().className = name;
    changed.back().colour.reset();
  }
  m_case.change(m_case.annotations()->with(std::move(changed)), tr("Set Class"));
}

std::vector<AnnotationPtr> AnnotationSelection::selectedAreas(const QString& deed) {
  std::vector<AnnotationPtr> areas;
  for (const AnnotationPtr& annotation : selected())
    if (!annotation->locked && areaOf(annotation->shape)) areas.push_back(annotation);
  if (areas.size() > 1) return areas;
  Q_EMIT refused(tr("%1 needs two or more areas that are selected and not locked.").arg(deed));
  return {};
}

void AnnotationSelection::replaceAreas(const std::vector<AnnotationPtr>& areas, Area result, bool keepOthers,
                                       const QString& what) {
  if (result.parts.empty()) {
    Q_EMIT refused(tr("%1 would leave nothing.").arg(what));
    return;
  }
  Annotation lowest = *areas.front();
  lowest.shape = std::move(result);
  std::vector<std::string> gone;
  for (size_t i = 1; i < areas.size() && !keepOthers; ++i) gone.push_back(areas[i]->id);
  m_case.change(m_case.annotations()->with({std::move(lowest)})->without(gone), what);
}

void AnnotationSelection::uniteSelected() {
  const auto areas = selectedAreas(tr("Unite"));
  if (areas.empty()) return;
  Area result = *areaOf(areas.front()->shape);
  for (size_t i = 1; i < areas.size(); ++i) result = united(result, *areaOf(areas[i]->shape));
  replaceAreas(areas, std::move(result), false, tr("Unite"));
}

void AnnotationSelection::subtractSelected() {
  const auto areas = selectedAreas(tr("Subtract"));
  if (areas.empty()) return;
  Area result = *areaOf(areas.front()->shape);
  for (size_t i = 1; i < areas.size(); ++i) result = without(result, *areaOf(areas[i]->shape));
  replaceAreas(areas, std::move(result), true, tr("Subtract"));
}

void AnnotationSelection::intersectSelected() {
  const auto areas = selectedAreas(tr("Intersect"));
  if (areas.empty()) return;
  Area result = *areaOf(areas.front()->shape);
  for (size_t i = 1; i < areas.size(); ++i) result = common(result, *areaOf(areas[i]->shape));
  replaceAreas(areas, std::move(result), false, tr("Intersect"));
}

}  // namespace geneglass
