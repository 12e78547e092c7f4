// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/slide.h"

namespace geneglass {

/// What is looked at. A plain value; every change makes a new one.
/// Screen pixels are device pixels, origin at the upper left; slide positions are level-0 pixels.
struct Viewport {
  Point centre;           ///< level-0 pixels, shown in the middle of the screen
  double downsample = 1;  ///< level-0 pixels per screen pixel
  double rotation = 0;    ///< radians the slide is turned clockwise, before it is mirrored
  double width = 1;       ///< screen pixels
  double height = 1;
  bool isMirrored = false;  ///< left and right of the screen are exchanged

  Point toScreen(Point slide) const;
  Point toSlide(Point screen) const;
  Rect visible() const;  ///< upright level-0 box around all that is seen; may reach outside the slide

  Viewport pannedBy(Point screenDelta) const;  ///< the slide follows the hand by so many screen pixels
  Viewport magnifiedAbout(Point screen,
                          double factor) const;  ///< factor > 1 comes nearer; `screen` stays in place
  /// Clockwise as one sees it; `screen` stays in place.
  Viewport rotatedAbout(Point screen, double radians) const;
  Viewport mirrored() const;                                  ///< left and right exchanged; twice is nothing
  Viewport resized(double newWidth, double newHeight) const;  ///< the centre stays
  Viewport limitedTo(
      const Slide& slide) const;  ///< centre on the slide, downsample between 1/16 px and twice the fit

  bool operator==(const Viewport&) const = default;
};

/// The whole of `area` (level-0 pixels) on a screen of so many pixels, with a small margin, unrotated.
Viewport fit(const Rect& area, double width, double height);
/// The same above an empty band of screen pixels, so that what lies there hides nothing of it.
Viewport fitAbove(const Rect& area, double width, double height, double band);
/// The same where what lies from `corner` to the right and below hides nothing of it: above that or left of
/// it, whichever shows it larger; as if nothing were there where that takes more than half of both sides.
Viewport fitAround(const Rect& area, double width, double height, Point corner);

/// Objective-equivalent magnification: 10x is 1.0 um per screen pixel. `downsample` for a wanted one, and
/// back.
double magnificationOf(double downsample, double mpp);
double downsampleFor(double magnification, double mpp);

}  // namespace geneglass
