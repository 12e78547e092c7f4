// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/select_tool.h"

#include <cmath>

#include "app/desktop/annotating/measure_label.h"
#include "viewer/annotation/shape_edit.h"

namespace geneglass {
namespace {

constexpr double kReach = 8;  ///< device pixels from the cursor to what it means
constexpr double kMoves = 4;  ///< device pixels: less is a click

}  // namespace

AnnotationPtr SelectTool::editable() const {
  const auto selected = m_selection.selected();
  return selected.size() == 1 && !selected.front()->locked ? selected.front() : nullptr;
}

std::optional<size_t> SelectTool::handleUnder(const Hand& hand) const {
  const AnnotationPtr annotation = editable();
  return annotation ? handleAt(annotation->shape, hand.slide, kReach * hand.downsample) : std::nullopt;
}

bool SelectTool::press(const Hand& hand) {
  m_handle = handleUnder(hand);
  if (m_handle && hand.modifiers & Qt::AltModifier) {
    Annotation without = *editable();
    const auto shape = withoutCorner(without.shape, *m_handle);
    m_handle.reset();
    if (!shape) return true;
    without.shape = *shape;
    change(without, QObject::tr("Delete Corner"));
    return true;
  }
  const AnnotationPtr under =
      m_handle ? editable() : m_selection.document().annotations()->at(hand.slide, kReach * hand.downsample);
  if (!under) {
    if (!(hand.modifiers & Qt::ShiftModifier)) m_selection.select({});
    return false;
  }
  std::set<std::string> selection = m_selection.selection();
  if (hand.modifiers & Qt::ShiftModifier) {
    if (!selection.insert(under->id).second) selection.erase(under->id);
    m_selection.select(selection);
    m_held = nullptr;
  } else {
    // A first click only selects: nothing is moved by a hand that meant to pan.
    m_held = selection == std::set{under->id} && !under->locked ? under : nullptr;
    if (!m_held) m_selection.select({under->id});
  }
  m_from = m_to = hand;
  return true;
}

bool SelectTool::drag(const Hand& hand) {
  m_to = hand;
  return m_held != nullptr;
}

std::optional<Annotation> SelectTool::edited() const {
  if (!m_from || !m_held) return std::nullopt;
  const double moves = std::hypot(m_to.screen.x - m_from->screen.x, m_to.screen.y - m_from->screen.y);
  if (moves < kMoves) return std::nullopt;
  Annotation annotation = *m_held;
  if (m_handle) {
    const bool snaps = !(m_to.modifiers & Qt::ControlModifier);
    const double reach = kReach * m_to.downsample;
    const Point place =
        snaps ? snapped(*m_selection.document().annotations(), annotation, m_to.slide, reach) : m_to.slide;
    annotation.shape = withHandle(annotation.shape, *m_handle, place);
  } else {
    annotation.shape =
        moved(annotation.shape, m_to.slide.x - m_from->slide.x, m_to.slide.y - m_from->slide.y);
  }
  return annotation;
}

bool SelectTool::release(const Hand& hand) {
  m_to = hand;
  const auto annotation = edited();
  const bool isCorner = m_handle.has_value();
  m_from.reset();
  m_held = nullptr;
  m_handle.reset();
  if (annotation) change(*annotation, isCorner ? QObject::tr("Move Corner") : QObject::tr("Move"));
  return true;
}

bool SelectTool::hover(const Hand& hand) {
  const bool over = handleUnder(hand).has_value();
  const bool changes = over != m_isOverHandle;
  m_isOverHandle = over;
  return changes;
}

bool SelectTool::doubleClick(const Hand& hand) {
  const AnnotationPtr annotation = editable();
  if (!annotation || handleUnder(hand)) return annotation != nullptr;
  const auto shape = withNewCorner(annotation->shape, hand.slide, kReach * hand.downsample);
  if (!shape) return holds(annotation->shape, hand.slide);
  Annotation with = *annotation;
  with.shape = *shape;
  change(with, QObject::tr("Add Corner"));
  return true;
}

bool SelectTool::key(int key, Qt::KeyboardModifiers) {
  if (key == Qt::Key_Escape && m_held) {
    m_held = nullptr;
    return true;
  }
  if ((key != Qt::Key_Delete && key != Qt::Key_Backspace) || m_selection.selection().empty()) return false;
  m_selection.deleteSelected();
  return true;
}

QCursor SelectTool::cursor() const {
  return m_isOverHandle ? Qt::SizeAllCursor : Qt::ArrowCursor;
}

void SelectTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (const auto annotation = edited())
    paintMeasured(painter, viewport, annotation->shape, m_mpp, m_to.slide);
}

void SelectTool::change(Annotation annotation, const QString& what) {
  m_selection.document().change(m_selection.document().annotations()->with({std::move(annotation)}), what);
}

}  // namespace geneglass
