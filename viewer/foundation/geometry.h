// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace geneglass {

/// A position; the owner's name or comment says in which pixels.
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
};

/// A size in whole pixels; 64 bits, since a level may have more than 2^31 pixels.
struct Size {
  int64_t width = 0;
  int64_t height = 0;
  bool operator==(const Size&) const = default;
};

/// An upright rectangle, half open: x <= px < x + width.
struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  bool operator==(const Rect&) const = default;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool isEmpty() const { return width <= 0 || height <= 0; }
  bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
};

}  // namespace geneglass
