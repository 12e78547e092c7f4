// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/colour_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace geneglass {

void colourStatistics(const Image& tile, std::span<float> statistics) {
  constexpr std::array kShares{0.05, 0.5, 0.95};
  constexpr std::array<int (*)(uint32_t), 3> kChannels{redOf, greenOf, blueOf};
  const double pixels = double(tile.pixels.size());
  for (size_t channel = 0; channel < kChannels.size(); ++channel) {
    std::array<size_t, 256> histogram{};
    double sum = 0, squares = 0;
    for (const uint32_t pixel : tile.pixels) {
      const int value = kChannels[channel](pixel);
      ++histogram[size_t(value)];
      sum += value, squares += double(value) * value;
    }
    const double mean = sum / pixels;
    statistics[channel] = float(mean / 255);
    statistics[3 + channel] = float(std::sqrt(std::max(0.0, squares / pixels - mean * mean)) / 255);
    for (size_t i = 0; i < kShares.size(); ++i) {
      size_t value = 0, below = histogram[0];
      while (double(below) < kShares[i] * pixels) below += histogram[++value];
      statistics[6 + 3 * i + channel] = float(double(value) / 255);
    }
  }
}

}  // namespace geneglass
