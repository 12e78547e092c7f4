// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Looks over a slide as a script does: the same on every run, and on every slide with the same speed on the
/// screen.
class ViewTour final {
 public:
  /// No view leaves a square of `extent` level-0 pixels in the slide's middle; 0: they go all over it.
  ViewTour(const Slide& slide, Size screen, double extent = 0);

  /// Anywhere on the slide, 1 to 8 level-0 pixels per screen pixel.
  Viewport jump();

  /// `seconds` later on a path that pans at 1,200 screen pixels a second in ever other directions, and
  /// magnifies from 16 to 1 level-0 pixels per screen pixel and back every 12 seconds.
  Viewport pan(double seconds);

 private:
  double uniform();

  const Rect m_bounds;
  const Viewport m_whole;  ///< fitted
  const double m_mostDownsample;
  std::mt19937 m_random{1};
  Viewport m_view;
  double m_time = 0;       ///< seconds
  double m_direction = 0;  ///< radians
};

}  // namespace geneglass
