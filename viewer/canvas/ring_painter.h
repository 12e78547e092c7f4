// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineF>
#include <QPaintEngine>
#include <QPainter>
#include <QPen>
#include <QRect>
#include <algorithm>
#include <cmath>
#include <vector>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Two lines, one on the other, so that a ring stands out from any tissue and any colours. Opaque; widths in
/// screen pixels.
struct RingLines {
  QColor upper;
  double upperWidth = 2;
  QColor lower;
  double lowerWidth = 4;
};

/// Sides along the screen's rows and columns as rectangles of whole pixels, none where one lies otherwise.
/// Where nothing has to be smoothed a raster fills them in a tenth of the time that it takes for lines.
inline QList<QRect> uprightSides(const QList<QLineF>& sides, double width) {
  constexpr double kStraight = 1e-3;  // pixels
  const double half = width / 2;
  QList<QRect> rectangles;
  rectangles.reserve(sides.size());
  for (const QLineF& side : sides) {
    const QPointF least(std::min(side.x1(), side.x2()), std::min(side.y1(), side.y2()));
    const QPointF most(std::max(side.x1(), side.x2()), std::max(side.y1(), side.y2()));
    if (most.x() - least.x() > kStraight && most.y() - least.y() > kStraight) return {};
    const auto first = [&](double place) { return static_cast<int>(std::lround(place - half)); };
    const int thick = std::max(1, static_cast<int>(std::lround(width)));
    rectangles << QRect(first(least.x()), first(least.y()), first(most.x()) - first(least.x()) + thick,
                        first(most.y()) - first(least.y()) + thick);
  }
  return rectangles;
}

/// Draws sides of a ring in one colour.
inline void paintSides(QPainter& painter, const QList<QLineF>& sides, const QColor& colour, double width) {
  const bool isRaster = painter.paintEngine()->type() == QPaintEngine::Raster;
  const QList<QRect> upright = isRaster ? uprightSides(sides, width) : QList<QRect>();
  if (upright.isEmpty()) {
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap));
    return painter.drawLines(sides);
  }
  const bool smoothed = painter.testRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRects(upright);
  painter.setBrush(Qt::NoBrush);
  painter.setRenderHint(QPainter::Antialiasing, smoothed);
}

/// Paints a closed ring of level-0 places, only its sides that are seen. One by one: Qt takes sixteen times
/// as long to join them to a polygon.
inline void paintRing(QPainter& painter, const Viewport& viewport, const std::vector<Point>& ring,
                      const RingLines& lines) {
  if (ring.empty()) return;
  const double reach = std::max(lines.upperWidth, lines.lowerWidth);
  const QRectF screen = QRectF(0, 0, viewport.width, viewport.height).adjusted(-reach, -reach, reach, reach);
  const auto onScreen = [&](Point place) {
    const Point at = viewport.toScreen(place);
    return QPointF(at.x, at.y);
  };
  QList<QLineF> sides;
  QPointF from = onScreen(ring.back());
  for (const Point& corner : ring) {
    const QPointF to = onScreen(corner);
    // An upright side has no area, which Qt takes for nothing.
    if (QRectF(from, to).normalized().adjusted(-1, -1, 1, 1).intersects(screen)) sides << QLineF(from, to);
    from = to;
  }
  paintSides(painter, sides, lines.lower, lines.lowerWidth);
  paintSides(painter, sides, lines.upper, lines.upperWidth);
}

}  // namespace geneglass
