// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>

#include "inference/prediction/prediction.h"
#include "inference/regions/region.h"
#include "inference/regions/region_comparison.h"

namespace geneglass {

struct CompareOptions {
  int draws = 2000;
  uint64_t seed = 20;
  int threads = 0;  ///< 0 = all
};

/// Region A against region B; without B against all other tiles. With e the expression estimates and n, s
/// each region's tiles and deviation of its mean (RegionDraws): the interval is d +- t sqrt(s_A^2 + s_B^2)
/// with t of Welch and Satterthwaite's degrees of freedom, and p is that of the same t. Tiles that lie in
/// both regions count in neither. Blocks, on several threads. Errors, one sentence that names the slide: a
/// prediction that is provisional, without genes or without a reliable one; a region that has no area, lies
/// outside the slide, or holds no tile; no tile beside A; cancelled; the heads' trouble.
Result<RegionComparison> compareRegions(const Prediction& prediction, const Region& a,
                                        const std::optional<Region>& b, const CompareOptions& options,
                                        std::stop_token stop);

}  // namespace geneglass
