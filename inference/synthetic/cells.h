// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace geneglass {

/// Amounts of stain, row by row, over a rectangle of level 0.
struct StainPlanes {
  int x0 = 0, y0 = 0, width = 0, height = 0;
  std::vector<float> haematoxylin, eosin;

  void resize(int left, int top, int columns, int rows);
  size_t index(int x, int y) const {
    return static_cast<size_t>(y - y0) * static_cast<size_t>(width) + static_cast<size_t>(x - x0);
  }
};

/// An oval nucleus, in level-0 pixels. Its chromatin is coarse (`texture` 1) to smooth (0).
struct Nucleus {
  float x = 0, y = 0;
  float halfLength = 6, halfWidth = 6;
  float cosine = 1, sine = 0;  ///< direction of its length
  float amount = 1;            ///< of haematoxylin
  float texture = 0.5f;
  uint32_t seed = 0;
};

/// A goblet cell's mucin: an oval that replaces what lies under it with a pale blue.
struct Vacuole {
  float x = 0, y = 0;
  float halfLength = 12, halfWidth = 8;
  float cosine = 1, sine = 0;
  float amount = 0.1f;  ///< of haematoxylin: the mucin's blue
};

void paint(const Nucleus& nucleus, StainPlanes& planes);
void paint(const Vacuole& vacuole, StainPlanes& planes);

}  // namespace geneglass
