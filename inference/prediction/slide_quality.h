// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// What of a slide was left out of its prediction since no model could read it (pen_marks.h).
struct SlideQuality {
  double penMm2 = 0;  ///< under pen, on glass or tissue
  int penTiles = 0;   ///< tiles with tissue that have too little of it only for the pen on them
};

}  // namespace geneglass
