// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/hand_pen.h"

#include <QPainterPath>

#include "viewer/canvas/plate.h"

namespace geneglass {
namespace {

void paintTwice(QPainter& painter, const QPainterPath& path) {
  painter.setBrush(Qt::NoBrush);
  const double unit = plateUnit(painter);
  painter.setPen(QPen(QColor(20, 24, 28), 2.5 * unit));
  painter.drawPath(path);
  painter.setPen(QPen(Qt::white, 1.5 * unit, Qt::DashLine));
  painter.drawPath(path);
}

}  // namespace

QPointF screenPoint(const Viewport& viewport, Point slide) {
  const Point screen = viewport.toScreen(slide);
  return {screen.x, screen.y};
}

void paintInHand(QPainter& painter, const Viewport& viewport, const Shape& shape) {
  QPainterPath path;
  for (const ShapeOutline& line : outlinesOf(shape, viewport.downsample / 3)) {
    for (size_t i = 0; i < line.points.size(); ++i) {
      const QPointF point = screenPoint(viewport, line.points[i]);
      i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    if (line.closed && !line.points.empty()) path.closeSubpath();
  }
  if (const auto* places = std::get_if<Places>(&shape))
    for (const Point place : places->points)
      path.addEllipse(screenPoint(viewport, place), 4 * plateUnit(painter), 4 * plateUnit(painter));
  paintTwice(painter, path);
}

void paintCorners(QPainter& painter, const Viewport& viewport, std::span<const Point> points) {
  const double unit = plateUnit(painter), half = 3.5 * unit;
  painter.setPen(QPen(QColor(20, 24, 28), unit));
  painter.setBrush(Qt::white);
  for (const Point point : points) {
    const QPointF screen = screenPoint(viewport, point);
    painter.drawRect(QRectF(screen.x() - half, screen.y() - half, 2 * half, 2 * half));
  }
}

}  // namespace geneglass
