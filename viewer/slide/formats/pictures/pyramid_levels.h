// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viewer/slide/slide.h"

namespace geneglass {

constexpr int kPyramidTile = 256;  ///< pixels a side

/// Level 0 of that size and levels half as wide and high, an odd last column or row left out, down to one
/// that fills a single tile. Pure.
std::vector<Level> halvedLevels(Size size);

}  // namespace geneglass
