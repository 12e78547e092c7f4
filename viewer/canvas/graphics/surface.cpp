// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/graphics/surface.h"

#include "viewer/canvas/off_screen/off_screen.h"

namespace geneglass {

Surface usualSurface() {
  static const Surface usual = [] {
    const OffScreen screen;
    return screen.gl && !drawsInSoftware(*screen.gl) ? Surface::Graphics : Surface::Raster;
  }();
  return usual;
}

}  // namespace geneglass
