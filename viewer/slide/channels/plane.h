// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace geneglass {

/// The values of one channel in a rectangle, row by row, as they stand in the file.
struct Plane {
  int width = 0;
  int height = 0;
  std::vector<float> values;

  /// A part that could not be read, in pixels of the plane; its values are 0.
  struct Loss {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
  };
  std::vector<Loss> losses;
  std::string damage;  ///< why the first of them could not, a sentence

  Plane() = default;
  Plane(int columns, int rows)
      : width(columns), height(rows), values(static_cast<size_t>(columns) * static_cast<size_t>(rows)) {}
  float* row(int y) { return values.data() + static_cast<size_t>(y) * static_cast<size_t>(width); }
  const float* row(int y) const {
    return values.data() + static_cast<size_t>(y) * static_cast<size_t>(width);
  }
  size_t bytes() const { return sizeof *this + values.size() * sizeof(float) + damage.size(); }
};

using PlanePtr = std::shared_ptr<const Plane>;

/// Each value the mean of factor x factor; what is left over at the right and the bottom is dropped. Pure.
Plane boxMean(const Plane& plane, int factor);

/// Puts `part` into `plane` at a place, as much of it as fits.
void paste(const Plane& part, Plane& plane, int left, int top);

}  // namespace geneglass
