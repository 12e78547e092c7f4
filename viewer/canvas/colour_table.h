// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "viewer/foundation/colour_map.h"

namespace geneglass {

QString toString(ColourMap map);    ///< "viridis", ...
QImage colourTable(ColourMap map);  ///< 256 x 1 RGBA, premultiplied, for a legend

}  // namespace geneglass
