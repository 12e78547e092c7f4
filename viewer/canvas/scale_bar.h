// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QString>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// A bar of a round length (1, 2 or 5 times a power of ten), the longest of at most 1/5 of the screen's
/// width; so never shorter than 1/12.5.
struct ScaleBar {
  double micrometres = 0;
  double screenPixels = 0;
  QString label;  ///< "200 µm", "1 mm"
};
ScaleBar scaleBarFor(const Viewport& viewport, double mpp);

/// What it may take of the lower left corner of a picture of this size, in its pixels. `unit`: plateUnit().
QRectF scaleBarRoom(double unit, QSizeF screen);

/// Paints it in the lower left corner on a light plate.
void paintScaleBar(QPainter& painter, const Viewport& viewport, double mpp);

}  // namespace geneglass
