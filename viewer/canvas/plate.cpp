// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/plate.h"

#include <QGuiApplication>
#include <algorithm>

namespace geneglass {

double plateUnit(const QPainter& painter) {
  return painter.device() ? painter.device()->devicePixelRatioF() : 1;
}

QFont plateFont(double unit, double points, bool bold) {
  QFont font = QGuiApplication::font();
  font.setPixelSize(std::max(1, qRound(points * 4 / 3 * unit)));
  font.setBold(bold);
  return font;
}

QFont plateFont(const QPainter& painter, double points, bool bold) {
  return plateFont(plateUnit(painter), points, bold);
}

void paintPlate(QPainter& painter, const QRectF& area) {
  const double unit = plateUnit(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(QColor(0, 0, 0, 60), unit));
  painter.setBrush(QColor(255, 255, 255, 232));
  painter.drawRoundedRect(area, 5 * unit, 5 * unit);
  painter.setBrush(Qt::NoBrush);
}

}  // namespace geneglass
