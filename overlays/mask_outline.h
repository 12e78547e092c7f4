// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/tissue/tissue_mask.h"

namespace geneglass {

/// A closed line in level-0 pixels, corners only; the last point joins the first.
struct OutlineRing {
  std::vector<Point> points;
  Rect box;  ///< upright, around all points
};

/// The borders between tissue and no tissue, exactly along the mask's cells, holes included.
std::vector<OutlineRing> outlineOf(const TissueMask& mask);

}  // namespace geneglass
