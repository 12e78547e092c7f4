// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace geneglass {

/// Pixels, row by row without padding. Each is 0xAARRGGBB, colours multiplied by alpha: the bytes
/// B G R A in memory, which OpenSlide gives, QImage::Format_ARGB32_Premultiplied holds and OpenGL takes as
/// GL_BGRA. Alpha 0 is where the scanner recorded nothing.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<uint32_t> pixels;

  Image() = default;
  Image(int columns, int rows, uint32_t fill = 0)
      : width(columns),
        height(rows),
        pixels(static_cast<size_t>(columns) * static_cast<size_t>(rows), fill) {}
  uint32_t at(int x, int y) const {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
  uint32_t& at(int x, int y) {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
  size_t bytes() const { return pixels.size() * sizeof(uint32_t); }
};

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

}  // namespace geneglass
