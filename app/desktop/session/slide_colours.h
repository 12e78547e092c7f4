// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/desktop/workplace/screen_profile.h"
#include "viewer/canvas/display_colour.h"

namespace geneglass {

/// How the user wants the slide to look. As it comes: as scanned, by the slide's profile.
struct PictureChoice {
  double brightness = 0;  ///< these three as in DisplayColour
  double contrast = 1;
  double gamma = 1;
  StainView stain = StainView::All;
  bool estimatedStains = true;  ///< where the slide has given any
  bool useProfile = true;
  bool operator==(const PictureChoice&) const = default;
};

/// What is known of an open slide's colours and of the way to this screen.
struct SlideColours {
  std::shared_ptr<const ColourCube> toScreen;      ///< by the slide's profile; null: it has none
  std::shared_ptr<const ColourCube> toSrgb;        ///< the same for files
  std::shared_ptr<const ColourCube> srgbToScreen;  ///< null: the screen counts as sRGB
  StainEstimate stains;
};

/// The look-ups of a slide on a screen; stains are left as they come. Some 30 ms each: not on the GUI thread.
SlideColours makeColours(const Slide& slide, const ScreenProfile& screen);

DisplayColour screenColour(const SlideColours& known, const PictureChoice& choice);
DisplayColour fileColour(const SlideColours& known, const PictureChoice& choice);  ///< always to sRGB

/// "Colours: slide profile → sRGB, haematoxylin only, brightness +10 %." for what goes into a file; empty
/// where they are as scanned.
QString colourSentence(const DisplayColour& colour);

/// What differs from the scan, without the profile: "haematoxylin only", "brightness +10 %".
QStringList pictureChanges(const DisplayColour& colour);

}  // namespace geneglass
