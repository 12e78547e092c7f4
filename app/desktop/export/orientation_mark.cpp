// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/orientation_mark.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPolygonF>
#include <cmath>
#include <numbers>

#include "viewer/canvas/plate.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr double kArrow = 34;  ///< units of design, as what follows
constexpr double kInset = 12;
constexpr double kWithin = 8;

}  // namespace

QString orientationText(const Viewport& viewport) {
  const double degrees = std::remainder(viewport.rotation * 180 / std::numbers::pi, 360);
  if (std::abs(degrees) < 0.05)
    return viewport.isMirrored ? QCoreApplication::translate("OrientationMark", "mirrored")
                               : QCoreApplication::translate("OrientationMark", "as scanned");
  const QString size = shortNumber(std::abs(degrees), 4);
  if (viewport.isMirrored)
    return (degrees > 0
                ? QCoreApplication::translate("OrientationMark", "turned %1° clockwise, then mirrored")
                : QCoreApplication::translate("OrientationMark", "turned %1° anticlockwise, then mirrored"))
        .arg(size);
  return degrees > 0 ? QCoreApplication::translate("OrientationMark", "turned %1° clockwise").arg(size)
                     : QCoreApplication::translate("OrientationMark", "turned %1° anticlockwise").arg(size);
}

QRectF orientationRoom(double unit, const Viewport& viewport) {
  const QFontMetricsF font(plateFont(unit, 8));
  const double width =
      std::max(kArrow * unit, font.horizontalAdvance(orientationText(viewport))) + 2 * kWithin * unit;
  const double height = kArrow * unit + font.height() + 3 * kWithin * unit;
  return {viewport.width - width - kInset * unit, kInset * unit, width, height};
}

void OrientationMark::paint(QPainter& painter, const Viewport& viewport) const {
  painter.save();
  const double unit = plateUnit(painter);
  const QRectF plate = orientationRoom(unit, viewport);
  paintPlate(painter, plate);
  painter.setFont(plateFont(painter, 8));
  painter.setPen(plateInk());
  painter.drawText(plate.adjusted(0, 0, 0, -kWithin * unit), Qt::AlignHCenter | Qt::AlignBottom,
                   orientationText(viewport));
  painter.translate(plate.center().x(), plate.top() + (kWithin + kArrow / 2) * unit);
  painter.scale(viewport.isMirrored ? -1 : 1, 1);
  painter.rotate(viewport.rotation * 180 / std::numbers::pi);
  painter.scale(kArrow / 2 * unit, kArrow / 2 * unit);
  painter.setPen(Qt::NoPen);
  painter.setBrush(plateInk());
  painter.drawPolygon(
      QPolygonF({{0, -1}, {0.55, 0}, {0.16, 0}, {0.16, 1}, {-0.16, 1}, {-0.16, 0}, {-0.55, 0}}));
  painter.restore();
}

}  // namespace geneglass
