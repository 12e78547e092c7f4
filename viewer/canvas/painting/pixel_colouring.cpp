// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/pixel_colouring.h"

#include <algorithm>
#include <cmath>

#include "viewer/foundation/srgb_curve.h"

namespace geneglass {
namespace {

constexpr size_t kStainSteps = 8192;
constexpr float kMostStain = 24;  ///< more than three channels of the highest density, 5.5, can hold
constexpr size_t kLightSteps = 16384;

double toned(double light, const DisplayColour& colour) {
  if (!colour.changesTone()) return light;
  return std::pow(std::clamp((light - 0.5) * colour.contrast + 0.5 + colour.brightness, 0.0, 1.0),
                  1 / std::max(colour.gamma, 1e-3));
}

uint32_t unmultiplied(uint32_t part, uint32_t alpha) {
  return std::min(255u, (part * 255 + alpha / 2) / alpha);
}

}  // namespace

PixelColouring::PixelColouring(const DisplayColour& colour)
    : m_changesStain(colour.stain != StainView::All), m_curve(kLightSteps) {
  if (m_changesStain) {
    const StainVector parts = unmixing(colour.stains, colour.stain);
    const StainVector stain = stainOf(colour.stains, colour.stain);
    // Density is that of 1..255, as nothing is darker than 1 of 255.
    for (size_t channel = 0; channel < 3; ++channel)
      for (size_t value = 0; value < 256; ++value)
        m_density[channel][value] =
            static_cast<float>(parts[channel] * -std::log(std::max(value / 255.0, 1 / 255.0)));
    m_stained.resize(kStainSteps + 1);
    for (size_t step = 0; step <= kStainSteps; ++step)
      for (size_t channel = 0; channel < 3; ++channel)
        m_stained[step][channel] = static_cast<float>(
            std::exp(-kMostStain * static_cast<double>(step) / kStainSteps * stain[channel]));
  }
  if (const auto& cube = colour.cube()) {
    m_side = cube->size;
    m_cube.resize(cube->values.size() / 3);
    for (size_t i = 0; i < m_cube.size(); ++i) std::copy_n(&cube->values[3 * i], 3, m_cube[i].begin());
  }
  for (size_t step = 0; step < kLightSteps; ++step) {
    const double light = static_cast<double>(step) / (kLightSteps - 1);
    const double shown = toned(m_side ? srgbCurve(light) : light, colour);
    m_curve[step] = static_cast<uint8_t>(std::lround(255 * std::clamp(shown, 0.0, 1.0)));
  }
}

PixelColouring::Light PixelColouring::lightOf(uint32_t pixel) const {
  const std::array<uint32_t, 3> value{pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255};
  if (m_changesStain) {
    const float amount = m_density[0][value[0]] + m_density[1][value[1]] + m_density[2][value[2]];
    constexpr float kScale = kStainSteps / kMostStain;
    return m_stained[static_cast<size_t>(std::clamp(amount, 0.0f, kMostStain) * kScale + 0.5f)];
  }
  return {static_cast<float>(value[0]) / 255, static_cast<float>(value[1]) / 255,
          static_cast<float>(value[2]) / 255, 0};
}

/// Between the eight points of the grid around `light`, as a sampler does it.
PixelColouring::Light PixelColouring::byCube(const Light& light) const {
  const auto side = static_cast<size_t>(m_side);
  std::array<size_t, 3> low{};
  Light part{};
  for (size_t i = 0; i < 3; ++i) {
    const float place = std::clamp(light[i], 0.0f, 1.0f) * static_cast<float>(m_side - 1);
    low[i] = std::min(static_cast<size_t>(place), side - 2);
    part[i] = place - static_cast<float>(low[i]);
  }
  const Light* corner = &m_cube[(low[2] * side + low[1]) * side + low[0]];
  const auto along = [&](const Light* from) {
    Light mean{};
    for (size_t i = 0; i < 4; ++i) mean[i] = from[0][i] + (from[1][i] - from[0][i]) * part[0];
    return mean;
  };
  const auto between = [](const Light& a, const Light& b, float much) {
    Light mean{};
    for (size_t i = 0; i < 4; ++i) mean[i] = a[i] + (b[i] - a[i]) * much;
    return mean;
  };
  const Light front = between(along(corner), along(corner + side), part[1]);
  const Light back = between(along(corner + side * side), along(corner + side * side + side), part[1]);
  return between(front, back, part[2]);
}

void PixelColouring::apply(std::span<uint32_t> pixels) const {
  uint32_t last = 0;  // neighbours are often of one colour
  uint32_t lastShown = 0;
  for (uint32_t& pixel : pixels) {
    if (pixel == last) {
      pixel = lastShown;
      continue;
    }
    last = pixel;
    const uint32_t alpha = pixel >> 24;
    if (alpha > 0 && alpha < 255)
      pixel = unmultiplied(pixel >> 16 & 255, alpha) << 16 | unmultiplied(pixel >> 8 & 255, alpha) << 8 |
              unmultiplied(pixel & 255, alpha);
    Light light = lightOf(pixel);
    if (m_side) light = byCube(light);
    uint32_t shown = 0;
    for (size_t i = 0; i < 3; ++i) {
      const auto step = static_cast<size_t>(std::clamp(light[i], 0.0f, 1.0f) * (kLightSteps - 1) + 0.5f);
      shown = shown << 8 | (alpha == 255 ? m_curve[step] : (m_curve[step] * alpha + 127) / 255);
    }
    pixel = lastShown = alpha == 0 ? 0 : alpha << 24 | shown;
  }
}

}  // namespace geneglass
