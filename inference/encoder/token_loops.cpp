// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/token_loops.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr size_t kWays = 16;  ///< sums side by side: the order of additions is the same on every processor

/// erf to 3e-7, as a quotient of polynomials. Without a branch.
inline float erfOf(float x) {
  x = x < -4.0f ? -4.0f : x;
  x = x > 4.0f ? 4.0f : x;
  const float square = x * x;
  float above = -2.72614225801306e-10f;
  above = above * square + 2.77068142495902e-08f;
  above = above * square - 2.10102402082508e-06f;
  above = above * square - 5.69250639462346e-05f;
  above = above * square - 7.34990630326855e-04f;
  above = above * square - 2.95459980854025e-03f;
  above = above * square - 1.60960333262415e-02f;
  float below = -1.45660718464996e-05f;
  below = below * square - 2.13374055278905e-04f;
  below = below * square - 1.68282697438203e-03f;
  below = below * square - 7.37332916720468e-03f;
  below = below * square - 1.42647390514189e-02f;
  return x * above / below;
}

/// exp to 2e-7 of it, as Cephes computes it: x = n ln 2 + r, a polynomial in r. Without a branch.
inline float expOf(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  constexpr float kRound = 12582912.0f;  // adding it leaves no fraction
  const float n = (x * 1.44269504f + kRound) - kRound;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const float power = std::bit_cast<float>((static_cast<int32_t>(n) + 127) << 23);
  return (p * r * r + r + 1.0f) * power;
}

float sumOf(const float (&ways)[kWays]) {
  float sum = 0;
  for (const float way : ways) sum += way;
  return sum;
}

GENEGLASS_WIDE float totalOf(const float* x, size_t count) {
  float ways[kWays] = {}, rest = 0;
  size_t i = 0;
  for (; i + kWays <= count; i += kWays)
    for (size_t way = 0; way < kWays; ++way) ways[way] += x[i + way];
  for (; i < count; ++i) rest += x[i];
  return sumOf(ways) + rest;
}

GENEGLASS_WIDE float varianceOf(const float* x, size_t count, float mean) {
  float ways[kWays] = {}, rest = 0;
  size_t i = 0;
  for (; i + kWays <= count; i += kWays)
    for (size_t way = 0; way < kWays; ++way) ways[way] += (x[i + way] - mean) * (x[i + way] - mean);
  for (; i < count; ++i) rest += (x[i] - mean) * (x[i] - mean);
  return (sumOf(ways) + rest) / static_cast<float>(count);
}

GENEGLASS_WIDE void scaleRow(const float* from, size_t count, float mean, float factor, const float* scale,
                             const float* shift, float* to) {
  for (size_t i = 0; i < count; ++i) to[i] = (from[i] - mean) * factor * scale[i] + shift[i];
}

GENEGLASS_WIDE float largestOf(const float* x, size_t count) {
  float ways[kWays];
  std::fill_n(ways, kWays, x[0]);
  size_t i = 0;
  for (; i + kWays <= count; i += kWays)
    for (size_t way = 0; way < kWays; ++way) ways[way] = x[i + way] > ways[way] ? x[i + way] : ways[way];
  for (; i < count; ++i) ways[0] = x[i] > ways[0] ? x[i] : ways[0];
  return *std::max_element(ways, ways + kWays);
}

GENEGLASS_WIDE void exponentiate(float* x, size_t count, float largest) {
  for (size_t i = 0; i < count; ++i) x[i] = expOf(x[i] - largest);
}

GENEGLASS_WIDE void multiply(float* x, size_t count, float factor) {
  for (size_t i = 0; i < count; ++i) x[i] *= factor;
}

GENEGLASS_WIDE void gate(const float* __restrict first, const float* __restrict second, size_t count,
                         float* __restrict to) {
  for (size_t i = 0; i < count; ++i) to[i] = first[i] / (1.0f + expOf(-first[i])) * second[i];
}

GENEGLASS_WIDE void erfGate(float* x, size_t count) {
  for (size_t i = 0; i < count; ++i) x[i] = 0.5f * x[i] * (1.0f + erfOf(x[i] * 0.70710678f));
}

GENEGLASS_WIDE void roundAll(const float* __restrict from, size_t count, uint16_t* __restrict to) {
  for (size_t i = 0; i < count; ++i) {
    const auto bits = std::bit_cast<uint32_t>(from[i]);
    to[i] = static_cast<uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
  }
}

GENEGLASS_WIDE void widenAll(const uint16_t* __restrict from, size_t count, float* __restrict to) {
  for (size_t i = 0; i < count; ++i) to[i] = std::bit_cast<float>(static_cast<uint32_t>(from[i]) << 16);
}

GENEGLASS_WIDE void add(const float* __restrict from, size_t count, float* __restrict to) {
  for (size_t i = 0; i < count; ++i) to[i] += from[i];
}

}  // namespace

void normaliseRows(const float* from, size_t rows, size_t columns, const float* scale, const float* shift,
                   float epsilon, float* to) {
  for (size_t row = 0; row < rows; ++row, from += columns, to += columns) {
    const float mean = totalOf(from, columns) / static_cast<float>(columns);
    const float factor = 1 / std::sqrt(varianceOf(from, columns, mean) + epsilon);
    scaleRow(from, columns, mean, factor, scale, shift, to);
  }
}

void softmaxRows(float* values, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; ++row, values += columns) {
    exponentiate(values, columns, largestOf(values, columns));
    multiply(values, columns, 1 / totalOf(values, columns));
  }
}

void applyGelu(float* values, size_t count) {
  erfGate(values, count);
}

void gateRows(const float* from, size_t rows, size_t columns, float* to) {
  for (size_t row = 0; row < rows; ++row, from += 2 * columns, to += columns)
    gate(from, from + columns, columns, to);
}

void roundToBfloat16(const float* from, size_t count, uint16_t* to) {
  roundAll(from, count, to);
}

void widenBfloat16(const uint16_t* from, size_t count, float* to) {
  widenAll(from, count, to);
}

void meanOfRows(const float* from, size_t rows, size_t columns, float* to) {
  std::fill_n(to, columns, 0.0f);
  for (size_t row = 0; row < rows; ++row) add(from + row * columns, columns, to);
  multiply(to, columns, 1 / static_cast<float>(rows));
}

}  // namespace geneglass
