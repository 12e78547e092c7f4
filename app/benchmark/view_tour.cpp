// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/view_tour.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geneglass {
namespace {

constexpr double kPanSpeed = 1200;      ///< screen pixels per second
constexpr double kTurnSpeed = 0.4;      ///< radians per second
constexpr double kBreathSeconds = 12;   ///< coming nearer and going away
constexpr double kMostDownsample = 16;  ///< of the path
constexpr double kMostJumpDownsample = 8;

/// The square begins where tiles of 256 begin on all levels that the tour looks at, so that every slide shows
/// as many of them.
constexpr double kSquareStep = 256 * kMostDownsample;

Rect squareIn(const Rect& bounds, double extent) {
  if (extent <= 0 || extent >= std::min(bounds.width, bounds.height)) return bounds;
  const auto begin = [&](double middle) {
    return std::max(0.0, std::floor((middle - extent / 2) / kSquareStep) * kSquareStep);
  };
  const double inset = extent / 4;  // for the half of the widest view
  return {begin(bounds.x + bounds.width / 2) + inset, begin(bounds.y + bounds.height / 2) + inset,
          extent - 2 * inset, extent - 2 * inset};
}

}  // namespace

ViewTour::ViewTour(const Slide& slide, Size screen, double extent)
    : m_bounds(squareIn(slide.bounds, extent)),
      m_whole(fit(m_bounds, static_cast<double>(screen.width), static_cast<double>(screen.height))),
      m_mostDownsample(extent > 0 ? extent / (2.0 * static_cast<double>(screen.width)) : kMostDownsample),
      m_view(m_whole) {}

double ViewTour::uniform() {
  return static_cast<double>(m_random()) / 4294967296.0;
}

Viewport ViewTour::jump() {
  Viewport view = m_whole;
  view.centre = {m_bounds.x + m_bounds.width * uniform(), m_bounds.y + m_bounds.height * uniform()};
  view.downsample =
      std::min({std::pow(kMostJumpDownsample, uniform()), m_whole.downsample, m_mostDownsample});
  return view;
}

Viewport ViewTour::pan(double seconds) {
  m_time += seconds;
  m_direction += kTurnSpeed * seconds;
  const double depth = (1 + std::cos(2 * std::numbers::pi * m_time / kBreathSeconds)) / 2;
  m_view.downsample = std::min({std::pow(kMostDownsample, depth), m_whole.downsample, m_mostDownsample});
  const double way = kPanSpeed * seconds * m_view.downsample;
  const Point next{m_view.centre.x + way * std::cos(m_direction),
                   m_view.centre.y + way * std::sin(m_direction)};
  if (m_bounds.contains(next))
    m_view.centre = next;
  else
    m_direction += std::numbers::pi / 2;
  return m_view;
}

}  // namespace geneglass
