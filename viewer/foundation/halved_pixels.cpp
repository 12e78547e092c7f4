// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/halved_pixels.h"

#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr uint32_t kEven = 0x00ff00ff;

/// A quarter of four bytes' sum, rounded, in each of two places.
constexpr uint32_t quarter(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return ((a & kEven) + (b & kEven) + (c & kEven) + (d & kEven) + 0x00020002) >> 2 & kEven;
}

constexpr uint32_t meanOf(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return quarter(a, b, c, d) | quarter(a >> 8, b >> 8, c >> 8, d >> 8) << 8;
}

}  // namespace

GENEGLASS_WIDE void halvePixels(uint32_t* __restrict__ out, const uint32_t* __restrict__ above,
                                const uint32_t* __restrict__ below, size_t columns) {
  const size_t pairs = columns / 2;
  for (size_t i = 0; i < pairs; ++i)
    out[i] = meanOf(above[2 * i], above[2 * i + 1], below[2 * i], below[2 * i + 1]);
  if (columns % 2)
    out[pairs] = meanOf(above[columns - 1], above[columns - 1], below[columns - 1], below[columns - 1]);
}

}  // namespace geneglass
