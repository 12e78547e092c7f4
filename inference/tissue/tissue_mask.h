// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Where there is tissue: a coarse grid of 0 and 255 over the whole of level 0.
struct TissueMask {
  int columns = 0;
  int rows = 0;
  double step = 1;             ///< level-0 pixels per cell, both ways; cell (0, 0) begins at level-0 (0, 0)
  std::vector<uint8_t> cells;  ///< rows x columns, row by row
  double areaPixels = 0;       ///< tissue area in level-0 pixels squared; 0 where there is none
  double meanBrightness = 0;   ///< mean of R, G and B over the tissue, 0..255
  std::vector<uint8_t> pen;    ///< as `cells`: pen marks (pen_marks.h), which are no tissue; empty: none
  double penPixels = 0;        ///< their area in level-0 pixels squared

  /// Part of the level-0 rectangle that is tissue, 0..1; what lies outside the slide is not tissue.
  double fractionIn(const Rect& area) const;
  double penIn(const Rect& area) const;  ///< the part under pen
};

/// What counts as tissue (methods.md sections 1 and 2).
struct TissueRule {
  double micrometresPerCell = 8;  ///< about 1.25x
  int medianSize = 7;             ///< cells; median blur of the saturation before Otsu's threshold
  int closingSize = 4;            ///< cells
  /// mm2; smaller pieces, holes taken off, are dropped. HistCode's 100 units of 512 x 512 pixels are 1.64 mm2
  /// on a slide of 0.25 um/px: more than many a biopsy and the whole of a small region, so two tiles' area is
  /// our default.
  double minimumTissueArea = 0.1;
  double minimumHoleArea = 0.049;  ///< mm2; smaller holes are filled. HistCode's 3 units at 0.25 um/px
};

/// Saturation, median, Otsu, closing, area filters on a thumbnail. Needs mpp. Reads the slide on `threads`
/// threads (0 = all): seconds. What cannot be read, is dark or under pen (pen_marks.h) is not tissue; a slide
/// of glass gives an empty mask. Gives way to `eyeFirst`, if there is one. Errors: unknown mpp, a slide
/// nothing of which can be read, stopped; all name the file.
Result<TissueMask> findTissue(const OpenedSlide& opened, const TissueRule& rule = {}, int threads = 0,
                              std::stop_token stop = {}, EyeFirst* eyeFirst = nullptr);

}  // namespace geneglass
