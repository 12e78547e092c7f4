// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/prediction/prediction.h"
#include "inference/regions/region.h"
#include "inference/regions/region_comparison.h"

namespace geneglass {

/// A region laid over a prediction's tiles.
struct LaidRegion {
  RegionFacts facts;          ///< but its squares
  std::vector<bool> drawn;    ///< N: in it as it was drawn
  std::vector<size_t> tiles;  ///< that count: not those that lie in the other region too
};

struct RegionSides {
  LaidRegion a;
  LaidRegion b;
  size_t shared = 0;  ///< tiles that lie in both
};

/// Both regions; without B the rest of the tissue. Errors: those of compareRegions() about regions.
Result<RegionSides> layRegions(const Prediction& prediction, const Region& a, const std::optional<Region>& b);

/// "Cannot compare regions of 'a.svs': WHY."
tl::unexpected<Error> cannotCompare(const Prediction& prediction, const std::string& why);

}  // namespace geneglass
