// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace geneglass {

/// How views of a tile are drawn: torchvision's augmentations and, for stains, stain_augmentation.h.
struct ViewRecipe {
  int side = 224;          ///< pixels of a view
  double leastArea = 0.2;  ///< of the tile, that a view shows; aspect 3/4 to 4/3
  double mostArea = 1;
  double jitter = 0.8;      ///< probability of brightness, contrast, saturation and hue in a drawn order
  double strength = 0.4;    ///< of the first three: factors within 1 - strength and 1 + strength
  double hue = 0.1;         ///< turns
  double grey = 0.2;        ///< probability
  double blur = 0.5;        ///< probability
  double leastSigma = 0.1;  ///< pixels of the view
  double mostSigma = 2;
  bool stains = false;  ///< other stainings in optical density, quarter turns and both flips
};

/// One view of an RGB tile (`tileSide` x `tileSide`, row by row), drawn by `seed`: three normalised planes of
/// recipe.side x recipe.side, (value - mean) / deviation of values 0..1. Any thread; nothing else decides.
void drawView(const ViewRecipe& recipe, uint64_t seed, std::span<const uint8_t> tile, int tileSide,
              std::span<const float> mean, std::span<const float> deviation, std::span<float> planes);

/// A number of its own for each combination, as good as random (SplitMix64).
uint64_t mixed(uint64_t seed, uint64_t first, uint64_t second = 0, uint64_t third = 0);

}  // namespace geneglass
