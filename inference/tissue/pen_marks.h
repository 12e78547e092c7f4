// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "viewer/slide/image.h"

namespace geneglass {

/// How much each cell of a thumbnail looks like pen and not like stained tissue, above kPenLimit or not: the
/// larger of what red is denser than green by (blue and green ink; haematoxylin and eosin are densest in
/// green) and of the lesser density of red and blue above 0.45 (black ink; haematoxylin leaves blue through).
/// Densities are -log10 of the light that comes through. Red pen is not told from eosin.
std::vector<float> penScores(const Image& thumbnail);
inline constexpr float kPenLimit = 0.08f;

/// Pen marks, 255 a cell, row by row as the thumbnail: cells above the limit (median of 5 x 5, closed by 4 x
/// 4) that together cover 0.05 mm2 or more, less than dense nuclei and dirt ever do. Where a third of the
/// picture would be pen it is dark, as fluorescence is, and none is marked.
std::vector<uint8_t> findPen(const Image& thumbnail, double micrometresPerCell);

}  // namespace geneglass
