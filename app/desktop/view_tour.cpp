// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/view_tour.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geneglass {
namespace {

constexpr double panSpeed = 1200;      ///< screen pixels per second
constexpr double turnSpeed = 0.4;      ///< radians per second
constexpr double breathSeconds = 12;   ///< coming nearer and going away
constexpr double mostDownsample = 16;  ///< of the path
constexpr double mostJumpDownsample = 8;

}  // namespace

ViewTour::ViewTour(const Slide& slide, Size screen)
    : m_bounds(slide.bounds),
      m_whole(fit(slide.bounds, static_cast<double>(screen.width), static_cast<double>(screen.height))),
      m_view(m_whole) {}

double ViewTour::uniform() {
  return static_cast<double>(m_random()) / 4294967296.0;
}

Viewport ViewTour::jump() {
  Viewport view = m_whole;
  view.centre = {m_bounds.x + m_bounds.width * uniform(), m_bounds.y + m_bounds.height * uniform()};
  view.downsample = std::min(std::pow(mostJumpDownsample, uniform()), m_whole.downsample);
  return view;
}

Viewport ViewTour::pan(double seconds) {
  m_time += seconds;
  m_direction += turnSpeed * seconds;
  const double depth = (1 + std::cos(2 * std::numbers::pi * m_time / breathSeconds)) / 2;
  m_view.downsample = std::min(std::pow(mostDownsample, depth), m_whole.downsample);
  const double way = panSpeed * seconds * m_view.downsample;
  const Point next{m_view.centre.x + way * std::cos(m_direction),
                   m_view.centre.y + way * std::sin(m_direction)};
  if (m_bounds.contains(next))
    m_view.centre = next;
  else
    m_direction += std::numbers::pi / 2;
  return m_view;
}

}  // namespace geneglass
