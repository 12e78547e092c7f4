// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineF>
#include <QPainter>
#include <QPen>
#include <algorithm>
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
  painter.setPen(QPen(lines.lower, lines.lowerWidth, Qt::SolidLine, Qt::SquareCap));
  painter.drawLines(sides);
  painter.setPen(QPen(lines.upper, lines.upperWidth, Qt::SolidLine, Qt::SquareCap));
  painter.drawLines(sides);
}

}  // namespace geneglass
