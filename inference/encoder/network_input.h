// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "inference/package/model_package.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// The tile's pixels as (value / 255 - mean) / deviation, first all red, then all green, then all blue.
/// Transparent pixels count as white. `out` has 3 values a pixel.
void writeNormalised(const Image& tile, const EncoderFacts& facts, std::span<float> out);

/// The tile in the middle of a larger square of `border` pixels. Transparent pixels count as white.
void writeBordered(const Image& tile, uint32_t border, std::span<uint32_t> square);

}  // namespace geneglass
