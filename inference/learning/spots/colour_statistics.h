// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "viewer/slide/image.h"

namespace geneglass {

constexpr size_t kColourStatistics = 15;

/// What can be said of a tile by colour alone, to compare encoders with: of R, G and B, 0..1, the means, the
/// deviations, then the 5th, 50th and 95th percentiles (those of all three channels in turn).
void colourStatistics(const Image& tile, std::span<float> statistics);

}  // namespace geneglass
