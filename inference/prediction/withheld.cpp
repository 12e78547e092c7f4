// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/withheld.h"

#include <fmt/format.h>

#include <limits>

namespace geneglass {

static GeneMapSource withoutHotspots(const GeneMapSource& maps) {
  return {.of = [maps](size_t gene) -> Result<GeneMapPtr> {
            const Result<GeneMapPtr> whole = maps.of(gene);
            if (!whole || (*whole)->hotspots.empty()) return whole;
            auto map = std::make_shared<GeneMap>(**whole);
            map->hotspots.clear();
            return map;
          },
          .isAtHand = maps.isAtHand,
          .valuesWithout = maps.valuesWithout};
}

Prediction withhold(const Prediction& prediction) {
  Prediction shown = prediction;
  shown.withheld = true;
  shown.calls.clear();
  shown.maps = withoutHotspots(prediction.maps);
  for (GenePrediction& gene : shown.genes) {
    gene.percentile = std::numeric_limits<double>::quiet_NaN();
    gene.hotspots = 0;
    gene.hotspotMm2 = 0;
  }
  return shown;
}

std::string outsideSentence(const Prediction& prediction) {
  if (!isOutside(prediction)) return "";
  return fmt::format("This tissue is unlike what the model learnt from ({:.0f} % of tiles outside): {}.",
                     100 * prediction.domain->shareOutside,
                     prediction.withheld ? "its calls, percentiles and hotspots are withheld"
                                         : "what is predicted of it is not to be relied on");
}

}  // namespace geneglass
