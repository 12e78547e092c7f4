// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/scale_bar.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "viewer/canvas/plate.h"
#include "viewer/foundation/round_length.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QString lengthText(double micrometres) {
  if (micrometres >= 10000) return QStringLiteral("%1 cm").arg(shortNumber(micrometres / 10000, 6));
  if (micrometres >= 1000) return QStringLiteral("%1 mm").arg(shortNumber(micrometres / 1000, 6));
  if (micrometres >= 1) return QStringLiteral("%1 µm").arg(shortNumber(micrometres, 6));
  return QStringLiteral("%1 nm").arg(shortNumber(micrometres * 1000, 6));
}

constexpr double kMostOfWidth = 0.2;
constexpr double kMargin = 12;  ///< units of design, as what follows
constexpr double kBesideBar = 20;
constexpr double kBelowText = 18;

QFont labelFont(double unit) {
  return plateFont(unit, 9, true);
}

double plateHeight(double unit) {
  return QFontMetricsF(labelFont(unit)).height() + kBelowText * unit;
}

}  // namespace

QRectF scaleBarRoom(double unit, QSizeF screen) {
  const double height = plateHeight(unit);
  const double label = QFontMetricsF(labelFont(unit)).horizontalAdvance(QStringLiteral("000 µm"));
  return {kMargin * unit, screen.height() - height - kMargin * unit,
          std::max(screen.width() * kMostOfWidth, label) + kBesideBar * unit, height};
}

ScaleBar scaleBarFor(const Viewport& viewport, double mpp) {
  const double micrometresPerPixel = viewport.downsample * mpp;
  const double longest = viewport.width * kMostOfWidth * micrometresPerPixel;
  if (!(longest > 0) || !std::isfinite(longest)) return {};
  const double length = roundLengthWithin(longest);
  return {length, length / micrometresPerPixel, lengthText(length)};
}

void paintScaleBar(QPainter& painter, const Viewport& viewport, double mpp) {
  const ScaleBar bar = scaleBarFor(viewport, mpp);
  if (bar.micrometres <= 0) return;
  painter.save();
  const double unit = plateUnit(painter);
  painter.setFont(labelFont(unit));
  const double label = QFontMetricsF(painter.font()).horizontalAdvance(bar.label);
  const double width = std::max(bar.screenPixels, label) + kBesideBar * unit;
  const double height = plateHeight(unit);
  const QRectF plate(kMargin * unit, viewport.height - height - kMargin * unit, width, height);
  paintPlate(painter, plate);
  painter.setPen(plateInk());
  painter.drawText(plate.adjusted(0, 4 * unit, 0, 0), Qt::AlignHCenter | Qt::AlignTop, bar.label);
  const double left = plate.center().x() - bar.screenPixels / 2;
  const double y = plate.bottom() - 9 * unit;
  painter.setPen(QPen(plateInk(), 2 * unit, Qt::SolidLine, Qt::FlatCap));
  painter.drawLine(QPointF(left, y), QPointF(left + bar.screenPixels, y));
  for (const double x : {left + unit, left + bar.screenPixels - unit})
    painter.drawLine(QPointF(x, y - 4 * unit), QPointF(x, y + 4 * unit));
  painter.restore();
}

}  // namespace geneglass
