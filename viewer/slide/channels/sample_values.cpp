// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/sample_values.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

namespace geneglass {
namespace {

enum Format : uint16_t { kUnsigned = 1, kSigned = 2, kFloat = 3, kUndefined = 4 };

bool isWhole(const TiffPage& page) {
  return page.format == kUnsigned || page.format == kUndefined;
}

/// IEEE 754 binary16.
float fromHalf(uint16_t half) {
  const int exponent = half >> 10 & 0x1f;
  const int fraction = half & 0x3ff;
  float value = 0;
  if (exponent == 0)
    value = std::ldexp(static_cast<float>(fraction), -24);
  else if (exponent == 31)
    value = fraction == 0 ? INFINITY : NAN;
  else
    value = std::ldexp(static_cast<float>(fraction | 0x400), exponent - 25);
  return half & 0x8000 ? -value : value;
}

template <typename T, typename Convert>
void convert(const uint8_t* row, size_t first, size_t step, std::span<float> values, Convert toFloat) {
  const uint8_t* at = row + first * sizeof(T);
  for (float& value : values) {
    T sample;
    std::memcpy(&sample, at, sizeof sample);
    value = toFloat(sample);
    at += step * sizeof(T);
  }
}

template <typename T>
void convert(const uint8_t* row, size_t first, size_t step, std::span<float> values) {
  convert<T>(row, first, step, values, [](T sample) { return static_cast<float>(sample); });
}

/// Samples of 9 to 15 bits, the highest bit first, without gaps.
void unpack(const uint8_t* row, size_t first, size_t step, unsigned bits, std::span<float> values) {
  size_t at = first * bits;
  for (float& value : values) {
    uint32_t sample = 0;
    for (unsigned i = 0; i < bits; ++i) {
      const size_t bit = at + i;
      sample = sample << 1 | (row[bit / 8] >> (7 - bit % 8) & 1U);
    }
    value = static_cast<float>(sample);
    at += step * bits;
  }
}

void convertAny(const TiffPage& page, const uint8_t* row, size_t first, size_t step,
                std::span<float> values) {
  const bool isSigned = page.format == kSigned;
  switch (page.bits) {
    case 8:
      return isSigned ? convert<int8_t>(row, first, step, values)
                      : convert<uint8_t>(row, first, step, values);
    case 16:
      if (page.isFloat()) return convert<uint16_t>(row, first, step, values, fromHalf);
      return isSigned ? convert<int16_t>(row, first, step, values)
                      : convert<uint16_t>(row, first, step, values);
    case 32:
      if (page.isFloat()) return convert<float>(row, first, step, values);
      return isSigned ? convert<int32_t>(row, first, step, values)
                      : convert<uint32_t>(row, first, step, values);
    case 64:
      return page.isFloat() ? convert<double>(row, first, step, values)
                            : convert<uint64_t>(row, first, step, values);
    default:
      return unpack(row, first, step, page.bits, values);
  }
}

}  // namespace

std::string unreadSamples(const TiffPage& page) {
  const unsigned bits = page.bits;
  const bool known = isWhole(page)            ? (bits >= 8 && bits <= 16) || bits == 32 || bits == 64
                     : page.format == kSigned ? bits == 8 || bits == 16 || bits == 32
                                              : page.isFloat() && (bits == 16 || bits == 32 || bits == 64);
  if (known) return {};
  return fmt::format("its samples of {} bits ({}) are of no kind that is read", bits,
                     page.isFloat()           ? "floating point"
                     : page.format == kSigned ? "whole numbers with a sign"
                     : isWhole(page)          ? "whole numbers"
                                              : "complex numbers");
}

size_t rowBytes(const TiffPage& page, int64_t pixels) {
  const auto samples = static_cast<size_t>(page.planes == 1 ? page.samples : 1);
  return (static_cast<size_t>(pixels) * samples * page.bits + 7) / 8;
}

void readValues(const TiffPage& page, const uint8_t* row, int sample, int64_t first,
                std::span<float> values) {
  const size_t step = page.planes == 1 ? page.samples : 1;
  const size_t begin =
      static_cast<size_t>(first) * step + (page.planes == 1 ? static_cast<size_t>(sample) : 0);
  convertAny(page, row, begin, step, values);
  if (page.photometric != 0 || !isWhole(page)) return;
  const auto white = static_cast<float>(largestValue(page));
  for (float& value : values) value = white - value;
}

double largestValue(const TiffPage& page) {
  if (page.isFloat()) return 1;
  return std::exp2(page.format == kSigned ? page.bits - 1 : page.bits) - 1;
}

}  // namespace geneglass
