// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Where there is tissue: a coarse grid of 0 and 255 over the whole of level 0.
struct TissueMask {
  int columns = 0;
  int rows = 0;
  double step = 1;             ///< level-0 pixels per cell, both ways; cell (0, 0) begins at level-0 (0, 0)
  std::vector<uint8_t> cells;  ///< rows x columns, row by row
  double areaPixels = 0;       ///< tissue area in level-0 pixels squared

  /// Part of the level-0 rectangle that is tissue, 0..1; what lies outside the slide is not tissue.
  double fractionIn(const Rect& area) const;
};

/// What counts as tissue (methods.md sections 1 and 2).
struct TissueRule {
  double micrometresPerCell = 8;  ///< about 1.25x
  int medianSize = 7;             ///< cells; median blur of the saturation before Otsu's threshold
  int closingSize = 4;            ///< cells
  double minimumTissueArea =
      100 * 512.0 * 512.0 / (64 * 64);  ///< cells; smaller contours, holes taken off, are dropped
  double minimumHoleArea = 3 * 512.0 * 512.0 / (64 * 64);  ///< cells; smaller holes are filled
};

/// Saturation, median, Otsu, closing, area filters on a thumbnail. Needs mpp. Reads the slide: seconds.
/// Errors: unknown mpp, an unreadable slide; both name the file.
Result<TissueMask> findTissue(const OpenedSlide& opened, const TissueRule& rule = {});

}  // namespace geneglass
