// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/network_input.h"

#include <algorithm>
#include <cmath>

#include "viewer/foundation/pixel.h"

namespace geneglass {
namespace {

bool isOpaque(std::span<const uint32_t> pixels) {
  uint32_t all = 0xffffffffu;
  for (uint32_t pixel : pixels) all &= pixel;
  return alphaOf(all) == 255;
}

/// Branch-free, so that the compiler makes vectors of it.
void writePlanes(std::span<const uint32_t> pixels, const float* factor, const float* offset, float* red,
                 float* green, float* blue) {
  for (size_t i = 0; i < pixels.size(); ++i) {
    red[i] = static_cast<float>(redOf(pixels[i])) * factor[0] + offset[0];
    green[i] = static_cast<float>(greenOf(pixels[i])) * factor[1] + offset[1];
    blue[i] = static_cast<float>(blueOf(pixels[i])) * factor[2] + offset[2];
  }
}

}  // namespace

void writeNormalised(const Image& tile, const EncoderFacts& facts, std::span<float> out) {
  float factor[3], offset[3];
  for (size_t c = 0; c < 3; ++c) {
    factor[c] = 1 / (255 * facts.deviation[c]);
    offset[c] = -facts.mean[c] / facts.deviation[c];
  }
  const size_t pixels = tile.pixels.size();
  float* plane = out.data();
  if (isOpaque(tile.pixels))
    return writePlanes(tile.pixels, factor, offset, plane, plane + pixels, plane + 2 * pixels);
  for (size_t i = 0; i < pixels; ++i) {
    const uint32_t shown = onWhite(tile.pixels[i]);
    writePlanes({&shown, 1}, factor, offset, plane + i, plane + pixels + i, plane + 2 * pixels + i);
  }
}

void writeBordered(const Image& tile, uint32_t border, std::span<uint32_t> square) {
  const auto inner = static_cast<size_t>(tile.width);
  const auto outer = static_cast<size_t>(std::lround(std::sqrt(double(square.size()))));
  const size_t margin = (outer - inner) / 2;
  std::fill(square.begin(), square.end(), border);
  for (size_t y = 0; y < inner; ++y) {
    const std::span row(tile.pixels.data() + y * inner, inner);
    const auto out = square.begin() + static_cast<ptrdiff_t>((y + margin) * outer + margin);
    if (isOpaque(row))
      std::copy(row.begin(), row.end(), out);
    else
      std::transform(row.begin(), row.end(), out, onWhite);
  }
}

}  // namespace geneglass
