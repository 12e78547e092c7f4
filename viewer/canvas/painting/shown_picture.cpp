// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/shown_picture.h"

#include "viewer/canvas/painting/pixel_colouring.h"

namespace geneglass {

QImage shownAs(const QImage& picture, const DisplayColour& colour) {
  if (colour.isIdentity()) return picture;
  const PixelColouring colouring(colour);
  QImage shown = picture.convertToFormat(QImage::Format_RGB32);
  for (int y = 0; y < shown.height(); ++y)
    colouring.apply({reinterpret_cast<uint32_t*>(shown.scanLine(y)), static_cast<size_t>(shown.width())});
  return shown;
}

}  // namespace geneglass
