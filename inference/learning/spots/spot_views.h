// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Where a model looks for spots. Each is looked at on its own, unless they lie far closer together than it
/// can tell apart, as bins of 8 um do: then those within a quarter of its tile's side share one look.
struct SpotViews {
  std::vector<Point> centres;    ///< V, level-0 pixels; of shared ones the mean of their spots
  std::vector<uint32_t> ofSpot;  ///< S, which of them

  bool areShared() const { return centres.size() < ofSpot.size(); }
};

/// One a spot.
SpotViews viewsOfEach(std::span<const Point> spots);

/// Shared where that leaves less than a quarter of them. `tile`: side of the model's tile, level-0 pixels.
SpotViews viewsOf(std::span<const Point> spots, double tile);

}  // namespace geneglass
