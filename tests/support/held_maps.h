// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "inference/prediction/prediction.h"

namespace geneglass::testing {

/// Maps that are there already, one a gene, for predictions put together by hand.
inline GeneMapSource heldMaps(const std::vector<GeneMap>& maps) {
  std::vector<GeneMapPtr> shared;
  for (const GeneMap& map : maps) shared.push_back(std::make_shared<const GeneMap>(map));
  GeneMapSource source;
  source.of = [shared](size_t gene) -> Result<GeneMapPtr> { return shared.at(gene); };
  return source;
}

/// All maps of a prediction, to compare or to change.
inline std::vector<GeneMap> mapsOf(const Prediction& prediction) {
  std::vector<GeneMap> maps;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
    maps.push_back(*prediction.maps.of(gene).value());
  return maps;
}

}  // namespace geneglass::testing
