// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace geneglass {

/// `part` of 256 of b, the rest of a, rounded; each of the four bytes.
constexpr uint32_t mixedPixel(uint32_t a, uint32_t b, uint32_t part) {
  constexpr uint32_t kEven = 0x00ff00ff, kHalf = 0x00800080;
  const uint32_t even = ((a & kEven) * (256 - part) + (b & kEven) * part + kHalf) >> 8 & kEven;
  const uint32_t odd = ((a >> 8 & kEven) * (256 - part) + (b >> 8 & kEven) * part + kHalf) & ~kEven;
  return even | odd;
}

/// out[i] = mixedPixel(a[i], b[i], part).
void mixPixels(uint32_t* out, const uint32_t* a, const uint32_t* b, size_t count, uint32_t part);

/// out[i]: between pixels[indices[i]] and the one after it.
void takeColumns(uint32_t* out, const uint32_t* pixels, std::span<const int32_t> indices,
                 std::span<const uint32_t> parts);

/// A row of the screen across a picture, in 65536ths of its pixels: where it begins, counted from the middle
/// of the first, and how far it goes with each pixel of the screen.
struct SlantedRow {
  int32_t x = 0;
  int32_t y = 0;
  int32_t stepX = 0;
  int32_t stepY = 0;
};

/// out[i]: between the four pixels about row.x + i * row.stepX, row.y + i * row.stepY; beyond the outermost
/// are these. The picture has at most 16384 pixels a side and two at least.
void takeSlanted(uint32_t* out, const uint32_t* pixels, int32_t width, int32_t height, SlantedRow row,
                 size_t count);

/// Lays `over`, colours multiplied by alpha, at `opacity` of 256 over what is there.
void blendPixels(uint32_t* out, const uint32_t* over, size_t count, uint32_t opacity);

}  // namespace geneglass
