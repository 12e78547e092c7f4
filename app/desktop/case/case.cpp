// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case.h"

#include <utility>

#include "viewer/annotation/class_colours.h"

namespace geneglass {

Case::Case(QObject* parent)
    : QObject(parent),
      m_annotations(std::make_shared<const AnnotationSet>(usualClasses(), std::vector<Annotation>())) {}

Case::~Case() = default;

void Case::change(AnnotationSetPtr next, const QString& what) {
  AnnotationDifference difference = differenceOf(*m_annotations, *next);
  if (difference.isEmpty()) return;
  m_steps.resize(m_done);
  m_steps.push_back({what, std::move(difference)});
  ++m_done;
  m_annotations = std::move(next);
  Q_EMIT annotationsChanged();
}

QString Case::undoText() const {
  return canUndo() ? m_steps[m_done - 1].what : QString();
}

QString Case::redoText() const {
  return canRedo() ? m_steps[m_done].what : QString();
}

void Case::undo() {
  if (!canUndo()) return;
  m_annotations = m_annotations->changedBy(reversed(m_steps[--m_done].difference));
  Q_EMIT annotationsChanged();
}

void Case::redo() {
  if (!canRedo()) return;
  m_annotations = m_annotations->changedBy(m_steps[m_done++].difference);
  Q_EMIT annotationsChanged();
}

}  // namespace geneglass
