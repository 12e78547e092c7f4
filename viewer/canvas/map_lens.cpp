// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/map_lens.h"

#include <algorithm>

#include "viewer/canvas/plate.h"

namespace geneglass {

MapCut MapLens::cut(MapCut::Side side) const {
  constexpr double kStraight = 1e6;  // pixels; the edge bends by less than one over any screen
  if (shape == Shape::Circle) return {side, centre, radius};
  return {side, {centre.x + kStraight, centre.y}, kStraight};
}

QPainterPath lensPath(const MapLens& lens, QSizeF screen, bool inside) {
  const QRectF all(QPointF(), screen);
  QPainterPath path;
  if (lens.shape == MapLens::Shape::Circle)
    path.addEllipse(QPointF(lens.centre.x, lens.centre.y), lens.radius, lens.radius);
  else
    path.addRect(
        QRectF(QPointF(lens.centre.x, 0), QPointF(std::max(lens.centre.x, screen.width()), screen.height())));
  if (inside) return path;
  QPainterPath whole;
  whole.addRect(all);
  return whole.subtracted(path);
}

static void paintEdge(QPainter& painter, const MapLens& lens, QSizeF screen) {
  painter.save();
  const double unit = plateUnit(painter);
  const QPointF centre(lens.centre.x, lens.centre.y);
  const bool isCircle = lens.shape == MapLens::Shape::Circle;
  for (const QPen& pen : {QPen(QColor(255, 255, 255, 220), 4 * unit), QPen(QColor(30, 36, 44), 1.5 * unit)}) {
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (isCircle)
      painter.drawEllipse(centre, lens.radius, lens.radius);
    else
      painter.drawLine(QPointF(centre.x(), 0), QPointF(centre.x(), screen.height()));
  }
  painter.setFont(plateFont(painter, 9, true));
  const double wide = painter.fontMetrics().horizontalAdvance(lens.caption) + 14 * unit;
  const double high = painter.fontMetrics().height() + 4 * unit;
  const QPointF corner =
      isCircle ? QPointF(centre.x() - wide / 2, centre.y() + lens.radius + 5 * unit)
               : QPointF(centre.x() + 6 * unit, 0.3 * screen.height());  // under what stands above
  const QRectF plate(corner, QSizeF(wide, high));
  paintPlate(painter, plate);
  painter.setPen(plateInk());
  painter.drawText(plate, Qt::AlignCenter, lens.caption);
  painter.restore();
}

void paintLayers(QPainter& painter, const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                 const std::optional<MapLens>& lens) {
  const QSizeF screen(viewport.width, viewport.height);
  const auto paint = [&](const std::vector<OverlayLayer>& painted, auto wanted) {
    for (const OverlayLayer& layer : painted)
      if (layer.overlay && wanted(*layer.overlay)) layer.overlay->paint(painter, viewport);
  };
  if (!lens) return paint(layers, [](const Overlay&) { return true; });
  const auto isMap = [](const Overlay& overlay) { return overlay.heatmap() != nullptr; };
  for (const bool inside : {false, true}) {
    painter.save();
    painter.setClipPath(lensPath(*lens, screen, inside));
    paint(inside ? lens->layers : layers, isMap);
    painter.restore();
  }
  paint(layers, [&](const Overlay& overlay) { return !isMap(overlay); });
  paintEdge(painter, *lens, screen);
}

}  // namespace geneglass
