// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/measure_label.h"

#include <QFontMetricsF>

#include "app/desktop/annotating/hand_pen.h"
#include "app/desktop/case/measure_text.h"
#include "viewer/canvas/plate.h"

namespace geneglass {

void paintLabel(QPainter& painter, QPointF at, const QString& text) {
  const double unit = plateUnit(painter);
  const QFont font = plateFont(painter, 9.75);
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  const QRectF extent = metrics.boundingRect(QRectF(0, 0, 400 * unit, 400 * unit), Qt::AlignLeft, text);
  const QMarginsF margins(4 * unit, 2 * unit, 4 * unit, 2 * unit);
  const QRectF box = extent.translated(at + QPointF(6 * unit, -extent.height() - 8 * unit)) + margins;
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(255, 255, 255, 215));
  painter.drawRoundedRect(box, 3 * unit, 3 * unit);
  painter.setPen(QColor(20, 24, 28));
  painter.drawText(box - margins, Qt::AlignLeft, text);
}

void paintMeasured(QPainter& painter, const Viewport& viewport, const Shape& shape,
                   const std::optional<Mpp>& mpp, Point hand) {
  paintInHand(painter, viewport, shape);
  paintLabel(painter, screenPoint(viewport, hand), measuresOf(shape, mpp));
}

}  // namespace geneglass
