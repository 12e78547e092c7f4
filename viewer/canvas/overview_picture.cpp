// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/overview_picture.h"

#include <QPolygonF>
#include <QtMath>
#include <cmath>

#include "viewer/canvas/empty_glass.h"

namespace geneglass {
namespace {

/// Below this the outline is too small to see, so a cross stands in for it. Units, as its arms.
constexpr double kSmallestOutline = 6;

QPolygonF outlineOf(const Viewport& view, const Viewport& whole) {
  QPolygonF corners;
  for (const Point screen :
       {Point{0, 0}, Point{view.width, 0}, Point{view.width, view.height}, Point{0, view.height}}) {
    const Point corner = whole.toScreen(view.toSlide(screen));
    corners << QPointF(corner.x, corner.y);
  }
  return corners;
}

void paintOutline(QPainter& painter, const QPolygonF& view, double unit) {
  const QRectF box = view.boundingRect();
  const bool tiny = box.width() < kSmallestOutline * unit && box.height() < kSmallestOutline * unit;
  const double arm = kSmallestOutline * unit;
  painter.setBrush(Qt::NoBrush);
  for (const QPen& pen : {QPen(Qt::white, 3.5 * unit), QPen(QColor(200, 30, 60), 1.5 * unit)}) {
    painter.setPen(pen);
    if (!tiny) {
      painter.drawPolygon(view);
      continue;
    }
    const QPointF centre = box.center();
    painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
    painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
  }
}

}  // namespace

QSizeF turnedSize(Size size, double rotation) {
  const double cosine = std::abs(std::cos(rotation)), sine = std::abs(std::sin(rotation));
  const auto wide = static_cast<double>(size.width), high = static_cast<double>(size.height);
  return {wide * cosine + high * sine, wide * sine + high * cosine};
}

Viewport wholeSlide(Size slide, const Viewport& view, QSizeF pixels) {
  const Point middle{static_cast<double>(slide.width) / 2, static_cast<double>(slide.height) / 2};
  const QSizeF turned = turnedSize(slide, view.rotation);
  Viewport whole =
      fit({middle.x - turned.width() / 2, middle.y - turned.height() / 2, turned.width(), turned.height()},
          pixels.width(), pixels.height());
  whole.rotation = view.rotation;
  whole.isMirrored = view.isMirrored;
  return whole;
}

void paintOverview(QPainter& painter, QSizeF pixels, Size slide, const QImage& picture, const Viewport& view,
                   double unit) {
  const Viewport whole = wholeSlide(slide, view, pixels);
  painter.fillRect(QRectF({}, pixels), emptyGlassColour());
  const double wide = static_cast<double>(slide.width) / whole.downsample;
  const double high = static_cast<double>(slide.height) / whole.downsample;
  const QRectF area(-wide / 2, -high / 2, wide, high);
  painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
  painter.save();
  painter.translate(pixels.width() / 2, pixels.height() / 2);
  painter.scale(whole.isMirrored ? -1 : 1, 1);
  painter.rotate(qRadiansToDegrees(whole.rotation));
  painter.fillRect(area, Qt::white);
  if (!picture.isNull()) painter.drawImage(area, picture);
  painter.restore();
  paintOutline(painter, outlineOf(view, whole), unit);
}

}  // namespace geneglass
