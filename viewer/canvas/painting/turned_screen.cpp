// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/turned_screen.h"

#include <algorithm>
#include <cmath>

namespace geneglass {

constexpr double kEdgesMeet = 1e-6;  ///< screen pixels: neighbours' edges, but for rounding, are one

TurnedScreen::TurnedScreen(const Viewport& viewport)
    : cosine(std::cos(viewport.rotation)),
      sine(std::sin(viewport.rotation)),
      m_halfWidth(viewport.width / 2),
      m_halfHeight(viewport.height / 2) {}

Point TurnedScreen::unturned(double x, double y) const {
  const double right = x + 0.5 - m_halfWidth, below = y + 0.5 - m_halfHeight;
  return {right * cosine + below * sine, below * cosine - right * sine};
}

PixelSpan TurnedScreen::pixelsOf(const Sides& sides, int row, int width) const {
  double low = 0, high = width;
  const auto limit = [&](double atZero, double step, double from, double to) {
    if (std::abs(step) < 1e-12) {
      if (atZero < from || atZero >= to) high = low;
      return;
    }
    const double a = (from - atZero) / step, b = (to - atZero) / step;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
  };
  const Point start = unturned(0, row);
  limit(start.x + kEdgesMeet, cosine, sides.left, sides.right);
  limit(start.y + kEdgesMeet, -sine, sides.top, sides.bottom);
  if (low >= high) return {};
  return {static_cast<int>(std::ceil(low)), std::min(width, static_cast<int>(std::ceil(high)))};
}

PixelSpan TurnedScreen::rowsOf(const Sides& sides, int height) const {
  const auto [low, high] =
      std::minmax({sides.left * sine + sides.top * cosine, sides.right * sine + sides.top * cosine,
                   sides.left * sine + sides.bottom * cosine, sides.right * sine + sides.bottom * cosine});
  const auto within = [&](double row) { return static_cast<int>(std::clamp<double>(row, 0, height)); };
  return {within(std::floor(low + m_halfHeight) - 1), within(std::ceil(high + m_halfHeight) + 1)};
}

}  // namespace geneglass
