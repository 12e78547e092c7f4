// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <stop_token>

#include "inference/encoder/convolution_network.h"

namespace geneglass {

/// Where activations are cut off.
enum class Int8Range {
  Largest,      ///< nowhere
  LeastSquares  ///< where cutting off and rounding together cost the least squared error
};

/// Sizes for int8 from what the float32 network computes for `tiles`: the same for any number of threads.
/// Errors, to follow "...: ": no tiles, stopped.
Result<Int8Scales> calibrateInt8(const ConvolutionNetwork& float32, std::span<const Image> tiles,
                                 Int8Range range, int threads, std::stop_token stop);

}  // namespace geneglass
