// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/measure_label.h"

#include <QFontMetricsF>
#include <QStringList>

#include "app/desktop/annotating/hand_pen.h"
#include "viewer/annotation/measurement.h"

namespace geneglass {
namespace {

constexpr int kFontPixels = 13;

}  // namespace

QString measuresOf(const Shape& shape, const std::optional<Mpp>& mpp) {
  QStringList lines;
  for (const Measurement& measurement : measure(shape, mpp))
    lines << QString::fromStdString(shortText(measurement));
  return lines.join(QLatin1Char('\n'));
}

void paintLabel(QPainter& painter, QPointF at, const QString& text) {
  QFont font = painter.font();
  font.setPixelSize(kFontPixels);
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  const QRectF extent = metrics.boundingRect(QRectF(0, 0, 400, 400), Qt::AlignLeft, text);
  const QRectF box = extent.translated(at + QPointF(6, -extent.height() - 8)).adjusted(-4, -2, 4, 2);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(255, 255, 255, 215));
  painter.drawRoundedRect(box, 3, 3);
  painter.setPen(QColor(20, 24, 28));
  painter.drawText(box.adjusted(4, 2, -4, -2), Qt::AlignLeft, text);
}

void paintMeasured(QPainter& painter, const Viewport& viewport, const Shape& shape,
                   const std::optional<Mpp>& mpp, Point hand) {
  paintInHand(painter, viewport, shape);
  paintLabel(painter, screenPoint(viewport, hand), measuresOf(shape, mpp));
}

}  // namespace geneglass
