// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace geneglass {

/// Rows x columns of floats, row by row.
struct Matrix {
  size_t rows = 0;
  size_t columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(size_t rowCount, size_t columnCount, float fill = 0)
      : rows(rowCount), columns(columnCount), values(rowCount * columnCount, fill) {}
  float at(size_t row, size_t column) const { return values[row * columns + column]; }
  float& at(size_t row, size_t column) { return values[row * columns + column]; }
  std::span<const float> row(size_t index) const { return {values.data() + index * columns, columns}; }
  std::span<float> row(size_t index) { return {values.data() + index * columns, columns}; }
};

}  // namespace geneglass
