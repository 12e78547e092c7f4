// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/stain.h"

#include <algorithm>
#include <cmath>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

constexpr Rgb kHaematoxylin = {0.590f, 0.730f, 0.345f};
constexpr Rgb kEosin = {0.150f, 0.920f, 0.360f};
constexpr std::array<Rgb, 3> kInks = {{{2.2f, 1.3f, 0.25f}, {1.9f, 0.45f, 1.25f}, {1.9f, 1.9f, 1.8f}}};

/// `mean` turned by about `degrees` in a random direction, kept absorbing, of length `strength`.
Rgb turned(const Rgb& mean, double degrees, double strength, RandomStream& random) {
  Rgb vector{};
  const double reach = std::tan(degrees * 3.14159265358979 / 180) / std::sqrt(2.0);
  for (size_t c = 0; c < 3; ++c)
    vector[c] = std::max(0.02f, mean[c] + static_cast<float>(reach * random.normal()));
  const float length = std::hypot(vector[0], vector[1], vector[2]);
  for (float& value : vector) value *= static_cast<float>(strength) / length;
  return vector;
}

}  // namespace

Stain drawStain(uint64_t seed, double shift) {
  RandomStream random(seedFor(seed, 1));
  Stain stain;
  const double degrees = 2.5 + 6 * shift;
  const double spread = 0.10 + 0.06 * shift;
  stain.haematoxylin = turned(kHaematoxylin, degrees, std::exp(spread * random.normal()), random);
  stain.eosin = turned(kEosin, degrees, std::exp(spread * random.normal()), random);
  stain.ink = kInks[static_cast<size_t>(random.uniform() * 3)];
  const double brightness = random.uniform(238, 248);
  for (float& value : stain.glass)
    value = static_cast<float>(std::min(252.0, brightness + 2 * random.normal()));
  return stain;
}

}  // namespace geneglass
