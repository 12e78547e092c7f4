// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>

namespace geneglass {

/// Device pixels per unit of design (1 at 96 dots per inch): what is painted over a slide is laid out in
/// these, so that it is as large on any screen.
double plateUnit(const QPainter& painter);

/// The font of texts on plates, `points` tall in units of 4/3 pixels, each `unit` device pixels.
QFont plateFont(double unit, double points, bool bold = false);
QFont plateFont(const QPainter& painter, double points, bool bold = false);

/// Paints a light, nearly opaque ground on which dark text is readable whatever lies below.
void paintPlate(QPainter& painter, const QRectF& area);

inline QColor plateInk() {
  return {24, 28, 34};
}
inline QColor plateFaintInk() {
  return {84, 92, 102};
}

}  // namespace geneglass
