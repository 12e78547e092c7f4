// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/int8_weights.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "viewer/slide/image.h"

namespace geneglass {

static float largestWeightOf(std::span<const float> values) {
  float largest = 1e-30f;
  for (float value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

Int8Weights quantise(const StoredTensor& weight, const StoredTensor& bias, float inputSize) {
  const size_t channels = bias.values.size(), each = weight.values.size() / channels;
  Int8Weights result;
  result.values.resize(weight.values.size());
  for (size_t o = 0; o < channels; ++o) {
    const float* from = weight.values.data() + o * each;
    const float size = largestWeightOf({from, each}) / 127;
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
    for (size_t c = 0; c < 3; ++c)
      for (size_t i = 0; i < area; ++i)
        pixels.values[(o * 4 + 2 - c) * area + i] =
            weight.values[(o * 3 + c) * area + i] / (255 * facts.deviation[c]);
    // Of the weights as they will be rounded: otherwise each rounding would count with the whole pixel, not
    // with its distance from the mean.
    const std::span<float> own = std::span(pixels.values).subspan(o * 4 * area, 4 * area);
    const double size = largestWeightOf(own) / 127;
    double constant = bias.values[o];
    for (size_t c = 0; c < 3; ++c)
      for (size_t i = 0; i < area; ++i)
        constant -= std::lround(own[(2 - c) * area + i] / size) * size * 255 * facts.mean[c];
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
