// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/hand/canvas_gestures.h"

#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWidget>
#include <QtMath>
#include <algorithm>

namespace geneglass {
namespace {

Point inDevicePixels(QPointF position, const QWidget& canvas) {
  return {position.x() * canvas.devicePixelRatioF(), position.y() * canvas.devicePixelRatioF()};
}

}  // namespace

std::optional<Viewport> viewportAfterGesture(const Viewport& viewport, QEvent& event, const QWidget& canvas) {
  if (event.type() == QEvent::NativeGesture) {
    const auto& gesture = static_cast<const QNativeGestureEvent&>(event);
    const Point screen = inDevicePixels(gesture.position(), canvas);
    if (gesture.gestureType() == Qt::ZoomNativeGesture)
      return viewport.magnifiedAbout(screen, std::max(0.1, 1 + gesture.value()));
    if (gesture.gestureType() == Qt::RotateNativeGesture)
      return viewport.rotatedAbout(screen, qDegreesToRadians(gesture.value()));
  } else if (event.type() == QEvent::Gesture) {
    if (auto* found = static_cast<QGestureEvent&>(event).gesture(Qt::PinchGesture)) {
      const auto* pinch = static_cast<QPinchGesture*>(found);
      const Point screen = inDevicePixels(canvas.mapFromGlobal(pinch->centerPoint()), canvas);
      const double turn = qDegreesToRadians(pinch->rotationAngle() - pinch->lastRotationAngle());
      return viewport.magnifiedAbout(screen, std::max(0.1, pinch->scaleFactor())).rotatedAbout(screen, turn);
    }
  }
  return {};
}

}  // namespace geneglass
