// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/session/slide_picture.h"
#include "tests/support/made_prediction.h"

namespace geneglass::testing {

/// Stands for the renderer, which needs graphics: the tissue pink, the rest white.
inline Result<QImage> drawMade(const OpenedSlide&, const Viewport& view, const std::vector<OverlayLayer>&,
                               const DisplayColour&) {
  const TissueMask mask = madeTissue();
  QImage tissue(mask.columns, mask.rows, QImage::Format_RGB32);
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.columns; ++x)
      tissue.setPixel(x, y,
                      mask.cells[size_t(y * mask.columns + x)] ? qRgb(222, 170, 200) : qRgb(255, 255, 255));
  QImage picture(int(view.width), int(view.height), QImage::Format_RGB32);
  picture.fill(Qt::white);
  const Point origin = view.toScreen({0, 0});
  const double cell = mask.step / view.downsample;
  QPainter(&picture).drawImage(QRectF(origin.x, origin.y, mask.columns * cell, mask.rows * cell), tissue);
  return picture;
}

}  // namespace geneglass::testing
