// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace geneglass {

/// SplitMix64's finaliser (Steele et al. 2014).
constexpr uint64_t mixBits(uint64_t v) {
  v += 0x9E3779B97F4A7C15ull;
  v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9ull;
  v = (v ^ v >> 27) * 0x94D049BB133111EBull;
  return v ^ v >> 31;
}

/// A seed for one purpose of many.
constexpr uint32_t seedFor(uint64_t seed, uint32_t purpose) {
  return static_cast<uint32_t>(mixBits(seed ^ mixBits(purpose)));
}

constexpr uint32_t hash2(int x, int y, uint32_t seed) {
  uint32_t h = static_cast<uint32_t>(x) * 0x9E3779B1u ^ static_cast<uint32_t>(y) * 0x85EBCA77u ^ seed;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  h = (h ^ h >> 12) * 0x297A2D39u;
  return h ^ h >> 15;
}

/// 0 <= value < 1
constexpr float unitOf(uint32_t hash) {
  return static_cast<float>(hash >> 8) * (1.0f / 16777216.0f);
}

/// Random numbers one after the other; the same everywhere for the same seed.
class RandomStream final {
 public:
  explicit RandomStream(uint64_t seed) : m_state(mixBits(seed)) {}

  double uniform() { return static_cast<double>(mixBits(m_state++) >> 11) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * uniform(); }
  double normal() {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * std::numbers::pi * uniform());
  }
  /// Gamma with scale 1 (Marsaglia and Tsang 2000).
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(1 - uniform(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal(), v = std::pow(1 + c * x, 3);
      if (v > 0 && std::log(1 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }

 private:
  uint64_t m_state;
};

/// std::floor without the call it costs before SSE 4.1.
constexpr int floorOf(float value) {
  const int whole = static_cast<int>(value);
  return whole - (value < static_cast<float>(whole) ? 1 : 0);
}

/// Value noise: 0 to 1, mean 0.5, smooth over lattice cells of side 1.
inline float noise2(float x, float y, uint32_t seed) {
  const int ix = floorOf(x), iy = floorOf(y);
  const float tx = x - static_cast<float>(ix), ty = y - static_cast<float>(iy);
  const float sx = tx * tx * (3 - 2 * tx), sy = ty * ty * (3 - 2 * ty);
  const float a = unitOf(hash2(ix, iy, seed)), b = unitOf(hash2(ix + 1, iy, seed));
  const float c = unitOf(hash2(ix, iy + 1, seed)), d = unitOf(hash2(ix + 1, iy + 1, seed));
  const float top = a + (b - a) * sx, bottom = c + (d - c) * sx;
  return top + (bottom - top) * sy;
}

/// The same about 0: -1 to 1.
inline float signedNoise(float x, float y, uint32_t seed) {
  return 2 * noise2(x, y, seed) - 1;
}

/// 0 below `from`, 1 above `to`, smooth between.
inline float smoothStep(float from, float to, float value) {
  const float t = std::fmin(1.0f, std::fmax(0.0f, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

}  // namespace geneglass
