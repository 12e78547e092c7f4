// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The shape of a pyramid file.
struct PyramidOptions {
  Size size;         ///< level 0, pixels; 1 to 2^31 - 1 a side
  double mpp = 0.5;  ///< micrometres per level-0 pixel, written as the TIFF resolution; 0: no resolution tags
  int tile = 256;    ///< side of a tile, a multiple of 16 and of `factor`
  int factor =
      2;  ///< from one level to the next; a level's size is the finer one's divided by it, rounded down
  int quality = 85;  ///< JPEG, 1 to 100
  int threads = 0;   ///< that render and compress; 0: one a processor
};

}  // namespace geneglass
