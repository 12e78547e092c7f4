// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/stain_augmentation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

using Vector = std::array<float, 3>;

constexpr float kTurn = 9;            ///< degrees, standard deviation
constexpr float kStrength = 0.30f;    ///< of the logarithm, standard deviation
constexpr float kOffset = 0.04f;      ///< optical density a channel, standard deviation
constexpr float kBrightness = 0.05f;  ///< optical density, all channels, standard deviation
constexpr float kDensityStep = 1.0f / 512;
constexpr int kDensities = 6 * 512;  ///< above 6 everything is black

float dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
Vector unit(const Vector& v) {
  const float length = std::sqrt(dot(v, v));
  return {v[0] / length, v[1] / length, v[2] / length};
}

const Vector kHaematoxylin = unit({0.65f, 0.70f, 0.29f});
const Vector kEosin = unit({0.07f, 0.99f, 0.11f});

float normal(std::mt19937_64& random) {
  return std::normal_distribution<float>()(random);
}

/// A direction some degrees away; no channel below 0.
Vector turned(const Vector& from, std::mt19937_64& random) {
  const float radians = kTurn * std::numbers::pi_v<float> / 180;
  Vector moved;
  for (size_t i = 0; i < 3; ++i) moved[i] = std::max(0.01f, from[i] + radians * normal(random));
  return unit(moved);
}

/// Columns `to` times the inverse of columns `from`: takes each of `from` to its `to`.
std::array<float, 9> mixingOf(const std::array<Vector, 3>& from, const std::array<Vector, 3>& to) {
  const std::array<Vector, 3> rows = {cross(from[1], from[2]), cross(from[2], from[0]),
                                      cross(from[0], from[1])};
  const float determinant = dot(from[0], rows[0]);
  std::array<float, 9> mixing{};
  for (size_t i = 0; i < 3; ++i)
    for (size_t j = 0; j < 3; ++j)
      for (size_t k = 0; k < 3; ++k) mixing[i * 3 + j] += to[k][i] * rows[k][j] / determinant;
  return mixing;
}

const std::array<float, 256>& densities() {
  static const std::array<float, 256> table = [] {
    std::array<float, 256> values{};
    for (int i = 0; i < 256; ++i) values[size_t(i)] = -std::log((float(i) + 1) / 256);
    return values;
  }();
  return table;
}

const std::vector<float>& transmittances() {
  static const std::vector<float> table = [] {
    std::vector<float> values;
    for (int i = 0; i <= kDensities; ++i) values.push_back(std::exp(-float(i) * kDensityStep));
    return values;
  }();
  return table;
}

/// values = table[whole part of values]
GENEGLASS_WIDE void lookUp(const float* __restrict table, size_t count, float* __restrict values) {
  for (size_t i = 0; i < count; ++i) values[i] = table[int(values[i])];
}

/// Optical densities to steps of transmittances().
GENEGLASS_WIDE void mixDensities(const StainAugmentation& how, size_t count, float* __restrict r,
                                 float* __restrict g, float* __restrict b) {
  constexpr float kSteps = 1 / kDensityStep, kMost = float(kDensities);
  const std::array<float, 9> m = how.mixing;
  const std::array<float, 3> offset = how.offset;
  for (size_t i = 0; i < count; ++i) {
    const float red = (m[0] * r[i] + m[1] * g[i] + m[2] * b[i] + offset[0]) * kSteps;
    const float green = (m[3] * r[i] + m[4] * g[i] + m[5] * b[i] + offset[1]) * kSteps;
    const float blue = (m[6] * r[i] + m[7] * g[i] + m[8] * b[i] + offset[2]) * kSteps;
    r[i] = std::min(std::max(red, 0.0f), kMost);
    g[i] = std::min(std::max(green, 0.0f), kMost);
    b[i] = std::min(std::max(blue, 0.0f), kMost);
  }
}

/// 1 2 1 both ways; the edge repeats.
std::vector<uint8_t> blurredBytes(std::span<const uint8_t> rgb, int side) {
  std::vector<uint8_t> out(rgb.size());
  const auto at = [&](int x, int y, int channel) {
    const int column = std::clamp(x, 0, side - 1), row = std::clamp(y, 0, side - 1);
    return int(rgb[size_t((row * side + column) * 3 + channel)]);
  };
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      for (int c = 0; c < 3; ++c) {
        const auto row = [&](int v) { return at(x - 1, v, c) + 2 * at(x, v, c) + at(x + 1, v, c); };
        out[size_t((y * side + x) * 3 + c)] = uint8_t((row(y - 1) + 2 * row(y) + row(y + 1) + 8) / 16);
      }
  return out;
}

/// Where the pixel (x, y) goes.
size_t placeOf(const StainAugmentation& how, int x, int y, int side) {
  if (how.flipped) x = side - 1 - x;
  for (int turn = 0; turn < how.quarterTurns; ++turn) {
    const int kept = x;
    x = side - 1 - y;
    y = kept;
  }
  return size_t(y) * size_t(side) + size_t(x);
}

}  // namespace

StainAugmentation drawAugmentation(std::mt19937_64& random) {
  StainAugmentation how;
  const Vector residual = unit(cross(kHaematoxylin, kEosin));
  std::array<Vector, 3> to = {turned(kHaematoxylin, random), turned(kEosin, random), residual};
  for (size_t stain = 0; stain < 2; ++stain) {
    const float strength = std::exp(kStrength * normal(random));
    for (float& value : to[stain]) value *= strength;
  }
  how.mixing = mixingOf({kHaematoxylin, kEosin, residual}, to);
  const float brightness = kBrightness * normal(random);
  for (float& value : how.offset) value = brightness + kOffset * normal(random);
  how.blurred = random() % 4 == 0;
  how.quarterTurns = int(random() % 4);
  how.flipped = random() % 2 == 0;
  return how;
}

void augmentTile(const StainAugmentation& how, std::span<const uint8_t> rgb, int side,
                 std::span<const float> mean, std::span<const float> deviation, std::span<float> planes) {
  std::vector<uint8_t> blurred;
  if (how.blurred) rgb = blurred = blurredBytes(rgb, side);
  const std::array<float, 256>& density = densities();
  const std::vector<float>& transmittance = transmittances();
  const size_t plane = size_t(side) * size_t(side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const uint8_t* pixel = &rgb[(size_t(y) * size_t(side) + size_t(x)) * 3];
      const float r = density[pixel[0]], g = density[pixel[1]], b = density[pixel[2]];
      const size_t place = placeOf(how, x, y, side);
      for (size_t c = 0; c < 3; ++c) {
        const float* row = &how.mixing[c * 3];
        const float mixed = row[0] * r + row[1] * g + row[2] * b + how.offset[c];
        const float step = std::clamp(mixed / kDensityStep, 0.0f, float(kDensities));
        planes[c * plane + place] = (transmittance[size_t(step)] - mean[c]) / deviation[c];
      }
    }
}

void restain(const StainAugmentation& how, std::span<float> planes) {
  const size_t plane = planes.size() / 3;
  lookUp(densities().data(), planes.size(), planes.data());
  mixDensities(how, plane, &planes[0], &planes[plane], &planes[2 * plane]);
  lookUp(transmittances().data(), planes.size(), planes.data());
}

}  // namespace geneglass
