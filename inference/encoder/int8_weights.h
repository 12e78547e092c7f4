// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "inference/encoder/convolution_plan.h"

namespace geneglass {

/// A convolution in whole numbers: out = outputSize[o] x (sum of weight x number + bias[o]), in real units.
struct Int8Weights {
  std::vector<int8_t> values;     ///< out x in x kernel x kernel
  std::vector<float> outputSize;  ///< per output channel: size of a weight x size of what comes in
  std::vector<float> bias;        ///< in units of outputSize
};

/// Each output channel's largest weight becomes 127. `inputSize`: of what comes in.
Int8Weights quantise(const StoredTensor& weight, const StoredTensor& bias, float inputSize);

/// A first step that takes the bytes B G R A of pixels as they are: the normalisation is moved into weights
/// and bias, the fourth channel counts nothing. Exact, where the border is `outsidePixel`: weight out x 4 x
/// kernel x kernel, and bias.
std::pair<StoredTensor, StoredTensor> onPixels(const StoredTensor& weight, const StoredTensor& bias,
                                               const EncoderFacts& facts);

/// The pixel nearest to 0 after normalisation: what a border of zeros is.
uint32_t outsidePixel(const EncoderFacts& facts);

}  // namespace geneglass
