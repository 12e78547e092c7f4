// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/reduced_levels.h"

#include <algorithm>
#include <limits>

namespace geneglass {
namespace {

/// Odd sizes make a step of 2 up to so much larger.
constexpr double kTolerance = 1.005;

/// The longer side of a level that needs no coarser one, pixels.
constexpr int64_t kSmallEnough = 1024;

/// A tile of the level is made from (largestFactor / 2)^2 of the file's at most.
constexpr int kLargestFactor = 64;

constexpr int64_t kSmallestTile = 64;

bool divides(int factor, Size tile) {
  return tile.width % factor == 0 && tile.height % factor == 0;
}

LevelOrigin reducedLevel(const Level& file, int index, int factor) {
  LevelOrigin origin{file, index, factor, factor};
  if (divides(2, file.tile) && std::min(file.tile.width, file.tile.height) / 2 >= kSmallestTile)
    origin.group = factor / 2;
  const Size tile = file.tile;
  origin.level.size = {file.size.width / factor, file.size.height / factor};
  origin.level.downsample = file.downsample * factor;
  origin.level.tile = {tile.width / factor * origin.group, tile.height / factor * origin.group};
  origin.level.reduced = true;
  return origin;
}

}  // namespace

std::vector<LevelOrigin> withReducedLevels(const std::vector<Level>& fileLevels,
                                           const std::vector<bool>& canReduce) {
  std::vector<LevelOrigin> levels;
  for (size_t i = 0; i < fileLevels.size(); ++i) {
    const Level& file = fileLevels[i];
    const bool last = i + 1 == fileLevels.size();
    const double next = last ? std::numeric_limits<double>::infinity() : fileLevels[i + 1].downsample;
    levels.push_back({file, static_cast<int>(i), 1, 1});
    for (int factor = 2; canReduce[i] && factor <= kLargestFactor && divides(factor, file.tile);
         factor *= 2) {
      const Level& finer = levels.back().level;
      const bool needed = last ? std::max(finer.size.width, finer.size.height) > kSmallEnough
                               : next / finer.downsample > 2 * kTolerance;
      if (!needed || std::min(finer.size.width, finer.size.height) < 2) break;
      levels.push_back(reducedLevel(file, static_cast<int>(i), factor));
    }
  }
  return levels;
}

Image boxMean(const Image& image, int factor) {
  Image mean = Image::unset(image.width / factor, image.height / factor);
  const auto count = static_cast<uint32_t>(factor * factor);
  for (int y = 0; y < mean.height; ++y)
    for (int x = 0; x < mean.width; ++x) {
      uint32_t sums[4] = {count / 2, count / 2, count / 2, count / 2};
      for (int i = 0; i < factor * factor; ++i) {
        const uint32_t pixel = image.at(x * factor + i % factor, y * factor + i / factor);
        for (int channel = 0; channel < 4; ++channel) sums[channel] += pixel >> (8 * channel) & 0xff;
      }
      mean.at(x, y) = sums[0] / count | sums[1] / count << 8 | sums[2] / count << 16 | sums[3] / count << 24;
    }
  return mean;
}

}  // namespace geneglass
