// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "viewer/foundation/pixel.h"

namespace geneglass {

/// Leaves elements unset that are given no value: clearing a tile took 16 % of the time to read it.
template <typename T>
struct UnsetAllocator : std::allocator<T> {
  template <typename Other>
  struct rebind {
    using other = UnsetAllocator<Other>;
  };
  template <typename Element>
  void construct(Element* place) {
    ::new (static_cast<void*>(place)) Element;
  }
  template <typename Element, typename... Values>
  void construct(Element* place, Values&&... values) {
    ::new (static_cast<void*>(place)) Element(std::forward<Values>(values)...);
  }
};

/// Pixels, row by row without padding. Each is 0xAARRGGBB, colours multiplied by alpha: the bytes
/// B G R A in memory, which OpenSlide gives, QImage::Format_ARGB32_Premultiplied holds and OpenGL takes as
/// GL_BGRA. Alpha 0 is where the scanner recorded nothing.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<uint32_t, UnsetAllocator<uint32_t>> pixels;

  Image() = default;
  Image(int columns, int rows, uint32_t fill = 0)
      : width(columns),
        height(rows),
        pixels(static_cast<size_t>(columns) * static_cast<size_t>(rows), fill) {}
  /// For who writes every pixel; until then they are any.
  static Image unset(int columns, int rows) {
    Image image;
    image.width = columns;
    image.height = rows;
    image.pixels.resize(static_cast<size_t>(columns) * static_cast<size_t>(rows));
    return image;
  }
  uint32_t at(int x, int y) const {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
  uint32_t& at(int x, int y) {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
  size_t bytes() const { return pixels.size() * sizeof(uint32_t); }
};

}  // namespace geneglass
