// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>

#include "viewer/slide/image.h"

namespace geneglass {

/// Optical density of red, green and blue that a stain adds: its direction, of length 1.
using StainVector = std::array<double, 3>;

/// The stains of a slide. Those written here are Ruifrok and Johnston's (2001).
struct StainVectors {
  StainVector haematoxylin{0.650, 0.704, 0.286};
  StainVector eosin{0.072, 0.990, 0.105};
  bool operator==(const StainVectors&) const = default;
};

/// Degrees between two directions of optical density.
double degreesBetween(const StainVector& a, const StainVector& b);

/// The stains that a picture shows, or why the standard ones stand there instead.
struct StainEstimate {
  StainVectors stains;
  std::string refusal;  ///< a sentence; empty where the stains were found
};

/// Finds the two stains of a picture as Macenko et al. (2009) do: optical density (natural logarithm, 255 is
/// white) of the pixels whose mean density is above 0.15; the plane of the covariance's two largest
/// eigenvectors; in it the directions at the 1st and the 99th percentile of the angle. Of the two,
/// haematoxylin is the one that absorbs more red in proportion to green. Pixels that are clipped,
/// transparent, nearly grey or absorb blue most (dust, ink, folds, pigment) do not count. Without enough
/// stained pixels, with less than 8 or more than 60 degrees between the two, or with one more than 40 degrees
/// from its standard one, the standard vectors and a sentence come back. Any thread.
StainEstimate estimateStains(const Image& picture);

}  // namespace geneglass
