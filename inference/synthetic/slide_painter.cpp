// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/slide_painter.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "inference/synthetic/random.h"
#include "inference/synthetic/tile_scene.h"

namespace geneglass {
namespace {

/// e^-x for x >= 0, within 1e-4: 2^n by the exponent, the rest by a polynomial.
float fastExpMinus(float x) {
  const float t = std::max(-80.0f, -1.44269504f * x);
  const int whole = floorOf(t);
  const float part = t - static_cast<float>(whole);
  const float two = 1 + part * (0.69583f + part * (0.22606f + part * 0.078024f));
  return two * std::bit_cast<float>((whole + 127) << 23);
}

/// The microscope's blur: binomial 3 x 3, mostly the centre. `planes` is one pixel larger on each side than
/// the result.
std::vector<float> blurred(const std::vector<float>& plane, int stride, int width, int height) {
  constexpr float kCentre = 0.60f, kSide = 0.20f;
  std::vector<float> across(static_cast<size_t>(width) * static_cast<size_t>(height + 2));
  for (int y = 0; y < height + 2; ++y) {
    const float* in = &plane[static_cast<size_t>(y) * static_cast<size_t>(stride)];
    float* out = &across[static_cast<size_t>(y) * static_cast<size_t>(width)];
    for (int x = 0; x < width; ++x) out[x] = kSide * (in[x] + in[x + 2]) + kCentre * in[x + 1];
  }
  std::vector<float> result(static_cast<size_t>(width) * static_cast<size_t>(height));
  for (size_t i = 0, w = static_cast<size_t>(width); i < result.size(); ++i)
    result[i] = kSide * (across[i] + across[i + 2 * w]) + kCentre * across[i + w];
  return result;
}

uint32_t byteOf(float value) {
  return static_cast<uint32_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
}

}  // namespace

SlidePainter::SlidePainter(uint64_t seed, Size size, double stainShift, SectionKind kind)
    : m_seed(seed), m_layout(seed, size, kind), m_stain(drawStain(seed, stainShift)) {}

Image SlidePainter::render(int64_t left, int64_t top, int width, int height) const {
  const int x0 = static_cast<int>(left), y0 = static_cast<int>(top);
  TileScene scene(m_layout, m_seed, x0 - 1, y0 - 1, width + 2, height + 2);
  const uint32_t noise = seedFor(m_seed, 40);
  std::vector<float> haematoxylin, eosin;
  if (!scene.isGlass()) {
    const StainPlanes planes = scene.paintTissue();
    haematoxylin = blurred(planes.haematoxylin, planes.width, width, height);
    eosin = blurred(planes.eosin, planes.width, width, height);
  }
  Image image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const size_t i = static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
      const float h = haematoxylin.empty() ? 0 : haematoxylin[i], e = eosin.empty() ? 0 : eosin[i];
      const float ink = scene.hasPen() ? scene.inkAt(x0 + x, y0 + y) : 0;
      const uint32_t lots = hash2(x0 + x, y0 + y, noise);
      const float grain = 0.6f + 2.0f * std::min(1.0f, h + e);
      Rgb colour;
      for (size_t c = 0; c < 3; ++c) {
        const float density = h * m_stain.haematoxylin[c] + e * m_stain.eosin[c] + ink * m_stain.ink[c];
        const float speck = static_cast<float>(lots >> (8 * c) & 0xff) / 127.5f - 1;
        colour[c] = m_stain.glass[c] * (density > 0 ? fastExpMinus(density) : 1) + grain * speck;
      }
      image.pixels[i] = opaque(byteOf(colour[0]), byteOf(colour[1]), byteOf(colour[2]));
    }
  return image;
}

}  // namespace geneglass
