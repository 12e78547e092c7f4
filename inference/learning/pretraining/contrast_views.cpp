// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_views.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "inference/learning/pretraining/stain_augmentation.h"
#include "inference/learning/pretraining/view_planes.h"

namespace geneglass {
namespace {

double uniform(std::mt19937_64& random, double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

/// torchvision's RandomResizedCrop.
ViewCrop drawCrop(const ViewRecipe& recipe, int side, std::mt19937_64& random) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double area = uniform(random, recipe.leastArea, recipe.mostArea) * side * side;
    const double aspect = std::exp(uniform(random, std::log(0.75), std::log(4.0 / 3)));
    const double width = std::round(std::sqrt(area * aspect)), height = std::round(std::sqrt(area / aspect));
    if (width < 1 || height < 1 || width > side || height > side) continue;
    ViewCrop crop{0, 0, width, height};
    crop.x = std::floor(uniform(random, 0, side - width + 1));
    crop.y = std::floor(uniform(random, 0, side - height + 1));
    return crop;
  }
  return {0, 0, double(side), double(side)};
}

/// torchvision's ColorJitter: the four changes in a drawn order.
void jitter(const ViewRecipe& recipe, ViewPlanes& planes, std::mt19937_64& random) {
  const auto factor = [&] { return uniform(random, 1 - recipe.strength, 1 + recipe.strength); };
  const double brightness = factor(), contrast = factor(), saturation = factor(),
               turns = uniform(random, -recipe.hue, recipe.hue);
  std::array<int, 4> order{0, 1, 2, 3};
  std::shuffle(order.begin(), order.end(), random);
  for (const int change : order) {
    if (change == 0) planes.brighten(brightness);
    if (change == 1) planes.contrast(contrast);
    if (change == 2) planes.saturate(saturation);
    if (change == 3 && recipe.hue > 0) planes.turnHue(turns);
  }
}

/// The crop seen mirrored and turned as that does it.
void turn(const StainAugmentation& how, ViewCrop& crop) {
  crop.mirroredAcross = crop.mirroredAcross != (how.flipped != (how.quarterTurns >= 2));
  crop.mirroredDown = how.quarterTurns == 1 || how.quarterTurns == 2;
  crop.transposed = how.quarterTurns % 2 == 1;
}

}  // namespace

uint64_t mixed(uint64_t seed, uint64_t first, uint64_t second, uint64_t third) {
  uint64_t state = seed;
  for (const uint64_t next : {first, second, third}) {
    state += 0x9e3779b97f4a7c15u + next;
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
    state ^= state >> 31;
  }
  return state;
}

void drawView(const ViewRecipe& recipe, uint64_t seed, std::span<const uint8_t> tile, int tileSide,
              std::span<const float> mean, std::span<const float> deviation, std::span<float> values) {
  static constexpr std::array<float, 3> kNone{0, 0, 0}, kWhite{255, 255, 255};
  std::mt19937_64 random(seed);
  ViewCrop crop = drawCrop(recipe, tileSide, random);
  crop.mirroredAcross = random() % 2 == 0;
  StainAugmentation staining = recipe.stains ? drawAugmentation(random) : StainAugmentation{};
  staining.blurred = false;  // of what follows one may
  turn(staining, crop);
  ViewPlanes planes(values, recipe.side);
  planes.show(tile, tileSide, crop);
  recipe.stains ? restain(staining, values) : planes.normalise(kNone, kWhite);
  if (uniform(random, 0, 1) < recipe.jitter) jitter(recipe, planes, random);
  if (uniform(random, 0, 1) < recipe.grey) planes.saturate(0);
  if (uniform(random, 0, 1) < recipe.blur) planes.blur(uniform(random, recipe.leastSigma, recipe.mostSigma));
  planes.normalise(mean, deviation);
}

}  // namespace geneglass
