// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/pixel_rows.h"

#include <algorithm>

#include "viewer/foundation/wide_loops.h"

namespace geneglass {

GENEGLASS_WIDE void mixPixels(uint32_t* __restrict__ out, const uint32_t* __restrict__ a,
                              const uint32_t* __restrict__ b, size_t count, uint32_t part) {
  for (size_t i = 0; i < count; ++i) out[i] = mixedPixel(a[i], b[i], part);
}

GENEGLASS_WIDE void takeColumns(uint32_t* __restrict__ out, const uint32_t* __restrict__ pixels,
                                std::span<const int32_t> indices, std::span<const uint32_t> parts) {
  const int32_t* index = indices.data();
  const uint32_t* part = parts.data();
  const size_t count = indices.size();
  for (size_t i = 0; i < count; ++i) out[i] = mixedPixel(pixels[index[i]], pixels[index[i] + 1], part[i]);
}

GENEGLASS_WIDE void takeSlanted(uint32_t* __restrict__ out, const uint32_t* __restrict__ pixels,
                                int32_t width, int32_t height, SlantedRow row, size_t count) {
  const int32_t right = (width - 1) * 65536 - 1, lowest = (height - 1) * 65536 - 1;
  for (size_t i = 0; i < count; ++i) {
    const int32_t x = std::min(std::max(row.x + static_cast<int32_t>(i) * row.stepX, 0), right);
    const int32_t y = std::min(std::max(row.y + static_cast<int32_t>(i) * row.stepY, 0), lowest);
    const int32_t corner = (y >> 16) * width + (x >> 16);
    const auto across = static_cast<uint32_t>(x >> 8 & 255), down = static_cast<uint32_t>(y >> 8 & 255);
    out[i] = mixedPixel(mixedPixel(pixels[corner], pixels[corner + 1], across),
                        mixedPixel(pixels[corner + width], pixels[corner + width + 1], across), down);
  }
}

GENEGLASS_WIDE void blendPixels(uint32_t* __restrict__ out, const uint32_t* __restrict__ over, size_t count,
                                uint32_t opacity) {
  for (size_t i = 0; i < count; ++i) {
    const uint32_t faded = mixedPixel(0, over[i], opacity);
    const uint32_t alpha = faded >> 24;
    out[i] = faded + mixedPixel(out[i], 0, alpha + (alpha >> 7));
  }
}

}  // namespace geneglass
