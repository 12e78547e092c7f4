// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include "viewer/slide/colour_profile.h"

namespace geneglass {

/// What a picture shows of the two stains.
enum class StainView { All, Haematoxylin, Eosin };

/// Optical density of red, green and blue that a stain adds: its direction, of length 1.
using StainVector = std::array<double, 3>;

/// The stains of a slide. Those written here are Ruifrok and Johnston's (2001).
struct StainVectors {
  StainVector haematoxylin{0.650, 0.704, 0.286};
  StainVector eosin{0.072, 0.990, 0.105};
  bool operator==(const StainVectors&) const = default;
};

/// How a slide's pixels look on the screen; analysis never sees it. In this order: one stain alone, on what
/// the scanner stored; the colour profile; brightness, contrast and gamma. As it comes it changes nothing.
struct DisplayColour {
  double brightness = 0;  ///< added to red, green and blue of 0..1
  double contrast = 1;    ///< times the distance to the middle grey; before brightness
  double gamma = 1;       ///< above 1 brighter in between; after both
  StainView stain = StainView::All;
  StainVectors stains;
  std::shared_ptr<const ColourCube> profile;  ///< null: the slide has none
  bool useProfile = true;

  bool showsProfile() const { return useProfile && profile; }
  bool changesTone() const { return brightness != 0 || contrast != 1 || gamma != 1; }
  bool isIdentity() const { return !showsProfile() && !changesTone() && stain == StainView::All; }
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
