// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// What of a slide was left out of its prediction since no model could read it (pen_marks.h, focus.h).
struct SlideQuality {
  double penMm2 = 0;         ///< under pen, on glass or tissue
  int penTiles = 0;          ///< tiles with tissue that have too little of it only for the pen on them
  bool focusJudged = false;  ///< false: an older version made it, or pixels are too coarse to tell
  std::vector<TileGrid::Cell> blurred = {};  ///< tiles with tissue that are out of focus
};

}  // namespace geneglass
