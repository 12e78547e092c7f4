// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "viewer/canvas/heatmap.h"

namespace geneglass {

/// In place of a pixel, where a cell has a mark and no value. Never colours: alpha hides more than it has.
inline constexpr uint32_t kHatchedPixel = 1;  ///< kStillToCome
inline constexpr uint32_t kDottedPixel = 2;   ///< kLeftOut

/// What a style makes of a map's values.
struct ValueShades {
  std::array<uint32_t, 256> shades{};  ///< from low to high, colours multiplied by alpha
  float low = 0;
  float perSpan = 0;  ///< 1 / (high - low), 0 where they are one
  float threshold = 0;
  uint32_t opacity = 0;  ///< of 256
};
ValueShades shadesOf(const Heatmap& map, const HeatmapStyle& style);

/// out[i]: the pixel of values[i]; 0 for nothing and below the threshold, or a mark.
void shadeValues(uint32_t* out, const float* values, size_t count, const ValueShades& shades);

/// The same of a map that brings its colours.
void shadePaint(uint32_t* out, const float* values, const uint32_t* paint, size_t count, uint32_t opacity);

/// A row of the screen across cells, which count from a base.
struct CellRow {
  float column = 0;  ///< at the middle of the first pixel
  float row = 0;
  float stepColumn = 0;  ///< from pixel to pixel
  float stepRow = 0;
  int firstColumn = 0;  ///< that there is, from the base; the base itself is 0
  int lastColumn = 0;
  int firstRow = 0;
  int lastRow = 0;
  int columns = 0;  ///< of the whole grid: cells from row to row
};

/// out[i]: the cell under pixel i, from the base.
void findCells(int32_t* out, const CellRow& row, size_t count);

/// out[i] = cells[indices[i]].
void takeCells(uint32_t* out, const uint32_t* cells, std::span<const int32_t> indices);
void takeCells(float* out, const float* cells, std::span<const int32_t> indices);

/// out[i]: between the middles of the four cells about pixel i that have a value; where the cell under it has
/// none, what that has. `values` from the base.
void takeBetween(float* out, const float* values, const CellRow& row, size_t count);

bool hasMarks(const uint32_t* pixels, size_t count);

}  // namespace geneglass
