// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/colour_table.h"

namespace geneglass {

QString toString(ColourMap map) {
  switch (map) {
    case ColourMap::Viridis:
      return QStringLiteral("viridis");
    case ColourMap::Inferno:
      return QStringLiteral("inferno");
    case ColourMap::Cividis:
      return QStringLiteral("cividis");
    case ColourMap::OneHue:
      return QStringLiteral("one hue");
    case ColourMap::Coolwarm:
      break;
  }
  return QStringLiteral("coolwarm");
}

QImage colourTable(ColourMap map) {
  QImage table(256, 1, QImage::Format_RGBA8888_Premultiplied);
  for (int i = 0; i < 256; ++i) table.setPixel(i, 0, colourAt(map, i / 255.0));
  return table;
}

}  // namespace geneglass
