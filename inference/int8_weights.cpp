// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/int8_weights.h"

#include <algorithm>
#include <cmath>

#include "viewer/slide/image.h"

namespace geneglass {

Int8Weights quantise(const StoredTensor& weight, const StoredTensor& bias, float inputSize) {
  const size_t channels = bias.values.size(), each = weight.values.size() / channels;
  Int8Weights result;
  result.values.resize(weight.values.size());
  for (size_t o = 0; o < channels; ++o) {
    const float* from = weight.values.data() + o * each;
    float largest = 1e-30f;
    for (size_t i = 0; i < each; ++i) largest = std::max(largest, std::abs(from[i]));
    const float size = largest / 127;
    for (size_t i = 0; i < each; ++i)
      result.values[o * each + i] = static_cast<int8_t>(std::lround(from[i] / size));
    result.outputSize.push_back(size * inputSize);
    result.bias.push_back(bias.values[o] / result.outputSize.back());
  }
  return result;
}

std::pair<StoredTensor, StoredTensor> onPixels(const StoredTensor& weight, const StoredTensor& bias,
                                               const EncoderFacts& facts) {
  const auto area = static_cast<size_t>(weight.shape[2] * weight.shape[3]);
  const size_t channels = bias.values.size();
  StoredTensor pixels{{weight.shape[0], 4, weight.shape[2], weight.shape[3]},
                      std::vector<float>(channels * 4 * area)};
  StoredTensor constants = bias;
  for (size_t o = 0; o < channels; ++o) {
    double constant = bias.values[o];
    for (size_t c = 0; c < 3; ++c)
      for (size_t i = 0; i < area; ++i) {
        const double normalised = weight.values[(o * 3 + c) * area + i] / double(facts.deviation[c]);
        pixels.values[(o * 4 + 2 - c) * area + i] = static_cast<float>(normalised / 255);
        constant -= normalised * facts.mean[c];
      }
    constants.values[o] = static_cast<float>(constant);
  }
  return {std::move(pixels), std::move(constants)};
}

uint32_t outsidePixel(const EncoderFacts& facts) {
  const auto byte = [&](size_t c) {
    return static_cast<uint32_t>(std::clamp(std::lround(facts.mean[c] * 255), 0L, 255L));
  };
  return opaque(byte(0), byte(1), byte(2));
}

}  // namespace geneglass
