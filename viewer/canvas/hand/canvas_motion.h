// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// What goes on after the hand has let go: the slide glides on and slows down, a wheel's notch is spread over
/// some frames. Time comes from outside, in seconds. GUI thread.
class CanvasMotion final {
 public:
  void press();                                ///< the hand holds the slide: it stops
  void drag(Point screenDelta, double now);    ///< remembers the speed of the hand
  void release(double now);                    ///< lets the slide glide at the hand's last speed
  void magnify(double notches, Point screen);  ///< a notch is a factor of the square root of 2
  void stop();

  bool isMoving() const;

  /// Where it all ends, if nobody interferes.
  Viewport destination(const Viewport& viewport) const;

  /// The viewport `seconds` later.
  Viewport advanced(const Viewport& viewport, double seconds);

 private:
  struct Sample {
    Point delta;  ///< screen pixels
    double time = 0;
  };

  std::vector<Sample> m_samples;
  Point m_speed;         ///< screen pixels per second
  double m_notches = 0;  ///< still to come
  Point m_anchor;        ///< screen pixels, stays in place while magnifying
};

}  // namespace geneglass
