// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The regular lattice that spots were printed on: spot (i, j) lies at origin + i first + j second. Square
/// (spatial transcriptomics) or hexagonal (Visium).
struct SpotLattice {
  Point origin, first, second;  ///< level-0 pixels; `first` and `second` are the shortest steps
  double residual = 0;          ///< root mean square distance of the spots from their places, pixels

  double pitch() const;  ///< mean length of the two steps
};

/// Fitted to all places by least squares, after each was given whole numbers by way of its neighbours. None
/// for fewer than 6 spots, or places that do not lie on a lattice: less than nine tenths reach each other by
/// its steps, or they lie on average more than a quarter of the pitch beside their places.
std::optional<SpotLattice> fitLattice(const std::vector<Point>& centres);

/// Distance from spot to spot: the lattice's, or, where there is none, the median distance of a place to the
/// nearest other one; NaN for fewer than two.
double spotPitch(const std::vector<Point>& centres);

}  // namespace geneglass
