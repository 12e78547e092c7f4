// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "viewer/slide/colour_profile.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/stain_estimate.h"

namespace geneglass {

/// What a picture shows of the two stains.
enum class StainView { All, Haematoxylin, Eosin };

/// How a slide's pixels look on the screen; analysis never sees it. In this order: one stain alone, on what
/// the scanner stored; the colour profile; brightness, contrast and gamma. As it comes it changes nothing.
struct DisplayColour {
  double brightness = 0;  ///< added to red, green and blue of 0..1
  double contrast = 1;    ///< times the distance to the middle grey; before brightness
  double gamma = 1;       ///< above 1 brighter in between; after both
  StainView stain = StainView::All;
  StainVectors stains;
  std::shared_ptr<const ColourCube> profile;  ///< of the slide, on to the screen; null: the slide has none
  bool useProfile = true;
  std::shared_ptr<const ColourCube> screen;  ///< from sRGB to the screen, without `profile`; null: it is sRGB

  bool showsProfile() const { return useProfile && profile; }
  const std::shared_ptr<const ColourCube>& cube() const { return showsProfile() ? profile : screen; }
  bool changesTone() const { return brightness != 0 || contrast != 1 || gamma != 1; }
  bool operator==(const DisplayColour&) const = default;
  bool isIdentity() const { return !cube() && !changesTone() && stain == StainView::All; }
};

/// A slide's colours as they are shown until the user says otherwise: by its profile, where it has one. Takes
/// some 30 ms then; any thread.
DisplayColour defaultColour(const Slide& slide);

/// Splits optical density (natural logarithm) into stains: what of `chosen` there is, is the product of this
/// with the density of red, green and blue. The third stain is the rest: orthogonal to the two. Vectors of
/// the same direction split nothing; then those of StainVectors{} count.
StainVector unmixing(const StainVectors& stains, StainView chosen);

/// The direction of the chosen stain, haematoxylin for All; of StainVectors{} where `unmixing` takes those.
StainVector stainOf(const StainVectors& stains, StainView chosen);

}  // namespace geneglass
