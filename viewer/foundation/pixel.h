// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace geneglass {

/// A pixel is 0xAARRGGBB, colours multiplied by alpha.
constexpr uint32_t opaque(uint32_t red, uint32_t green, uint32_t blue) {
  return 0xff000000u | red << 16 | green << 8 | blue;
}
constexpr int redOf(uint32_t pixel) {
  return static_cast<int>(pixel >> 16 & 0xff);
}
constexpr int greenOf(uint32_t pixel) {
  return static_cast<int>(pixel >> 8 & 0xff);
}
constexpr int blueOf(uint32_t pixel) {
  return static_cast<int>(pixel & 0xff);
}
constexpr int alphaOf(uint32_t pixel) {
  return static_cast<int>(pixel >> 24);
}

/// The pixel as it looks on white paper.
inline uint32_t onWhite(uint32_t pixel) {
  const uint32_t missing = 255u - (pixel >> 24);
  if (missing == 0) return pixel;
  const auto channel = [&](int value) { return std::min(255u, static_cast<uint32_t>(value) + missing); };
  return opaque(channel(redOf(pixel)), channel(greenOf(pixel)), channel(blueOf(pixel)));
}

}  // namespace geneglass
