// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "inference/prediction/hotspots.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// What the model says of one gene, tile by tile: N numbers each, in the grid's order. Constant, shared.
struct GeneMap {
  std::vector<float> attention;     ///< A_i = N a_i, 1 = uniform; empty where every tile counts alike
  std::vector<float> expression;    ///< E_i, label's unit
  std::vector<float> contribution;  ///< C_i
  std::vector<Hotspot> hotspots;    ///< by rank; none while tiles wait
};
using GeneMapPtr = std::shared_ptr<const GeneMap>;

/// Where the maps of a prediction come from. Genes x tiles numbers are never held: a map is computed when its
/// gene is looked at. Any thread.
struct GeneMapSource {
  /// Of the gene with this index. Errors: there are none, the heads' trouble.
  std::function<Result<GeneMapPtr>(size_t gene)> of = [](size_t) -> Result<GeneMapPtr> {
    return fail("The prediction holds no maps.");
  };
  /// Whether that takes at most some milliseconds; else it is for a thread that nobody waits for.
  std::function<bool(size_t gene)> isAtHand = [](size_t) { return true; };
  /// What the heads say of the slide from its tiles without those marked in `leftOut` (N), each weighed anew:
  /// a value for each of `genes`, which rise, in the label's unit. Takes as long as reading these genes.
  /// Errors: no tile is left, stopped, the heads' trouble.
  std::function<Result<std::vector<double>>(const std::vector<bool>& leftOut,
                                            const std::vector<size_t>& genes, std::stop_token stop)>
      valuesWithout = [](auto&&...) -> Result<std::vector<double>> {
    return fail("The prediction holds no heads to ask anew.");
  };
};

}  // namespace geneglass
