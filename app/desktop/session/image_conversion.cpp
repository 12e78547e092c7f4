// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/image_conversion.h"

#include <QPainter>

namespace geneglass {

QImage toQImage(const Image& image) {
  QImage picture(image.width, image.height, QImage::Format_RGB32);
  picture.fill(Qt::white);
  QPainter painter(&picture);
  painter.drawImage(0, 0,
                    QImage(reinterpret_cast<const uchar*>(image.pixels.data()), image.width, image.height,
                           image.width * 4, QImage::Format_ARGB32_Premultiplied));
  return picture;
}

}  // namespace geneglass
