// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Turns, scales and shifts: (x, y) becomes (c x - s y + dx, s x + c y + dy). Micrometres.
struct Similarity {
  double cosine = 1;  ///< of the turn, times the scale
  double sine = 0;
  Point offset;
  bool isMirrored = false;  ///< x is negated before the turn

  Point of(Point place) const;
  Similarity inverse() const;
  double scale() const;
  double angle() const;  ///< radians, clockwise where y points down
  bool operator==(const Similarity&) const = default;
};

/// How places of one section lie on the other.
struct SectionFit {
  Similarity map;
  double residual = 0;  ///< micrometres, root mean square over the places
};

/// The similarity that brings each place of `from` nearest to that of `to` (micrometres), by least squares
/// over all of them: with complex numbers, the regression of centred `to` on centred `from`; mirrored where
/// that is nearer, as of a section that was laid upside down. Errors: fewer than three places, not as many
/// here as there, places that lie on a line or at one place, places that do not fit either way.
Result<SectionFit> fitSections(std::span<const Point> from, std::span<const Point> to);

}  // namespace geneglass
