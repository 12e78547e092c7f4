// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse, wheel and keys do on the canvas.
#include <QMouseEvent>
#include <cmath>
#include <numbers>
#include <utility>

#include "viewer/canvas/canvas_parts.h"
#include "viewer/canvas/hand/canvas_gestures.h"
#include "viewer/canvas/hand/canvas_keys.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {

static constexpr double kUnitsPerNotch = 120;  ///< QWheelEvent: eighths of a degree, 15 degrees a notch
static constexpr double kRadiansPerNotch = std::numbers::pi / 36;

bool SlideCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ScreenChangeInternal) takeSize();
  const auto wanted = viewportAfterGesture(m_parts->viewport, *event, *this);
  if (!wanted) return QWidget::event(event);
  setViewport(*wanted);
  return true;
}

void SlideCanvas::keyPressEvent(QKeyEvent* event) {
  if (!m_parts->slide) return QWidget::keyPressEvent(event);
  if (event->key() == Qt::Key_Space) {
    m_parts->isSpaceDown = true;
    return showCursor();
  }
  if (m_parts->tool && m_parts->tool->key(event->key(), event->modifiers())) return redraw();
  if (event->key() == Qt::Key_F && !(event->modifiers() & Qt::ShiftModifier)) return fitSlide();
  const auto wanted = viewportAfterKey(m_parts->viewport, *m_parts->slide, event->key(), event->modifiers());
  if (!wanted) return QWidget::keyPressEvent(event);
  setViewport(*wanted);
}

void SlideCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return QWidget::keyReleaseEvent(event);
  m_parts->isSpaceDown = false;
  showCursor();
}

void SlideCanvas::mousePressEvent(QMouseEvent* event) {
  m_parts->motion.press();
  m_parts->hand = onScreen(event->position());
  m_parts->hasTurned = false;
  const bool forTool = m_parts->tool && event->button() == Qt::LeftButton && !m_parts->isSpaceDown;
  m_parts->isToolsHand =
      forTool && m_parts->slide && m_parts->tool->press(handAt(event->position(), event->modifiers()));
  if (m_parts->isToolsHand) redraw();
}

void SlideCanvas::mouseMoveEvent(QMouseEvent* event) {
  const Point now = onScreen(event->position());
  const Point before = std::exchange(m_parts->hand, now);
  const Viewport& viewport = m_parts->viewport;
  const Hand hand = handAt(event->position(), event->modifiers());
  if (m_parts->isToolsHand) {
    if (m_parts->tool->drag(hand)) redraw();
  } else if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
    const Point delta{now.x - before.x, now.y - before.y};
    look(viewport.pannedBy(delta));
    m_parts->motion.drag(delta, m_parts->now());
  } else if (event->buttons() & Qt::RightButton) {
    const Point middle{viewport.width / 2, viewport.height / 2};
    const double angle =
        std::atan2(now.y - middle.y, now.x - middle.x) - std::atan2(before.y - middle.y, before.x - middle.x);
    m_parts->hasTurned = true;
    look(viewport.rotatedAbout(middle, angle));
  } else if (m_parts->tool && m_parts->slide && m_parts->tool->hover(hand)) {
    showCursor();
    redraw();
  }
  Q_EMIT cursorMoved(m_parts->viewport.toSlide(now), true);
}

void SlideCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::RightButton && !m_parts->hasTurned && m_parts->slide)
    Q_EMIT menuWanted(m_parts->viewport.toSlide(onScreen(event->position())),
                      event->globalPosition().toPoint());
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  if (std::exchange(m_parts->isToolsHand, false)) {
    if (m_parts->tool->release(handAt(event->position(), event->modifiers()))) redraw();
    return;
  }
  m_parts->motion.release(m_parts->now());
  m_parts->lastStep = m_parts->now();
  if (m_parts->motion.isMoving()) m_parts->animation.start();
}

void SlideCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (m_parts->tool && m_parts->slide &&
      m_parts->tool->doubleClick(handAt(event->position(), event->modifiers())))
    return redraw();
  m_parts->motion.magnify(2, onScreen(event->position()));
  m_parts->lastStep = m_parts->now();
  m_parts->animation.start();
}

void SlideCanvas::wheelEvent(QWheelEvent* event) {
  if (!m_parts->slide) return event->ignore();
  const QPoint angle = event->angleDelta();
  // Some platforms turn the wheel sideways while a modifier is held.
  const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / kUnitsPerNotch;
  const Point screen = onScreen(event->position());
  event->accept();
  if (event->modifiers() & Qt::ControlModifier)
    return setViewport(m_parts->viewport.rotatedAbout(screen, notches * kRadiansPerNotch));
  if (!m_parts->animation.isActive()) m_parts->lastStep = m_parts->now();
  m_parts->motion.magnify(notches, screen);
  m_parts->animation.start();
}

void SlideCanvas::leaveEvent(QEvent* event) {
  Q_EMIT cursorMoved(m_parts->viewport.toSlide(m_parts->hand), false);
  QWidget::leaveEvent(event);
}

}  // namespace geneglass
