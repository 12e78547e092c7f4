// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/map_pixels.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "viewer/canvas/painting/pixel_rows.h"
#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr uint32_t kExponent = 0x7f800000, kFraction = 0x007fffff;

/// NaN and marks, told by their bits.
bool isNothing(float value) {
  return (std::bit_cast<uint32_t>(value) & kExponent) == kExponent;
}

uint32_t markOf(float nothing) {
  const auto bits = std::bit_cast<uint32_t>(nothing);
  return (bits & kFraction) != 0 ? 0 : bits >> 31 ? kDottedPixel : kHatchedPixel;
}

}  // namespace

ValueShades shadesOf(const Heatmap& map, const HeatmapStyle& style) {
  const ValueRange range = valueRange(map, style);
  const float span = range.high - range.low;
  ValueShades made;
  made.low = range.low;
  made.perSpan = span > 0 ? 1 / span : 0;
  made.threshold = range.threshold;
  made.opacity = static_cast<uint32_t>(std::lround(std::clamp(style.opacity, 0.0, 1.0) * 256));
  for (size_t i = 0; i < made.shades.size(); ++i)
    made.shades[i] = mixedPixel(0, colourAt(style.colours, static_cast<double>(i) / 255), made.opacity);
  return made;
}

GENEGLASS_WIDE void shadeValues(uint32_t* __restrict__ out, const float* __restrict__ values, size_t count,
                                const ValueShades& shades) {
  const uint32_t* __restrict__ table = shades.shades.data();
  const float low = shades.low, perSpan = shades.perSpan, threshold = shades.threshold;
  for (size_t i = 0; i < count; ++i) {
    const float value = values[i];
    const bool nothing = isNothing(value);
    const float place = ((nothing ? low : value) - low) * perSpan;
    const float inside = place > 0 ? (place < 1 ? place : 1.0f) : 0.0f;
    const uint32_t shade = table[static_cast<int32_t>(inside * 255 + 0.5f)];
    out[i] = nothing ? markOf(value) : value < threshold ? 0 : shade;
  }
}

GENEGLASS_WIDE void shadePaint(uint32_t* __restrict__ out, const float* __restrict__ values,
                               const uint32_t* __restrict__ paint, size_t count, uint32_t opacity) {
  for (size_t i = 0; i < count; ++i)
    out[i] = isNothing(values[i]) ? markOf(values[i]) : mixedPixel(0, paint[i], opacity);
}

GENEGLASS_WIDE void findCells(int32_t* __restrict__ out, const CellRow& row, size_t count) {
  const CellRow at = row;
  for (size_t i = 0; i < count; ++i) {
    const auto along = static_cast<float>(static_cast<int32_t>(i));
    const auto column = static_cast<int32_t>(at.column + along * at.stepColumn);
    const auto down = static_cast<int32_t>(at.row + along * at.stepRow);
    out[i] = std::min(std::max(down, at.firstRow), at.lastRow) * at.columns +
             std::min(std::max(column, at.firstColumn), at.lastColumn);
  }
}

GENEGLASS_WIDE void takeCells(uint32_t* __restrict__ out, const uint32_t* __restrict__ cells,
                              std::span<const int32_t> indices) {
  const int32_t* index = indices.data();
  const size_t count = indices.size();
  for (size_t i = 0; i < count; ++i) out[i] = cells[index[i]];
}

GENEGLASS_WIDE void takeCells(float* __restrict__ out, const float* __restrict__ cells,
                              std::span<const int32_t> indices) {
  const int32_t* index = indices.data();
  const size_t count = indices.size();
  for (size_t i = 0; i < count; ++i) out[i] = cells[index[i]];
}

GENEGLASS_WIDE void takeBetween(float* __restrict__ out, const float* __restrict__ values, const CellRow& row,
                                size_t count) {
  const CellRow at = row;
  const auto column = [&](int32_t place) { return std::min(std::max(place, at.firstColumn), at.lastColumn); };
  const auto down = [&](int32_t place) {
    return std::min(std::max(place, at.firstRow), at.lastRow) * at.columns;
  };
  for (size_t i = 0; i < count; ++i) {
    const auto along = static_cast<float>(static_cast<int32_t>(i));
    const float x = at.column + along * at.stepColumn, y = at.row + along * at.stepRow;
    const auto left = static_cast<int32_t>(x + 0.5f) - 1, top = static_cast<int32_t>(y + 0.5f) - 1;
    const float across = x - 0.5f - static_cast<float>(left), below = y - 0.5f - static_cast<float>(top);
    const float corners[4] = {values[down(top) + column(left)], values[down(top) + column(left + 1)],
                              values[down(top + 1) + column(left)], values[down(top + 1) + column(left + 1)]};
    const float parts[4] = {(1 - across) * (1 - below), across * (1 - below), (1 - across) * below,
                            across * below};
    float sum = 0, weights = 0;
    for (int k = 0; k < 4; ++k) {
      const bool nothing = isNothing(corners[k]);
      sum += nothing ? 0 : parts[k] * corners[k];
      weights += nothing ? 0 : parts[k];
    }
    const float under = values[down(static_cast<int32_t>(y)) + column(static_cast<int32_t>(x))];
    out[i] = isNothing(under) ? under : sum / weights;
  }
}

GENEGLASS_WIDE bool hasMarks(const uint32_t* pixels, size_t count) {
  uint32_t marks = 0;
  for (size_t i = 0; i < count; ++i) marks |= pixels[i] - 1 < kDottedPixel ? 1 : 0;
  return marks != 0;
}

}  // namespace geneglass
