// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/diagnosis.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/prediction/outline.h"

namespace geneglass {

double ProbabilityScale::probability(double score) const {
  return 1 / (1 + std::exp(-(slope * score + offset)));
}

void findTumourRegion(SlideDiagnosis& diagnosis, const TileGrid& grid, double mpp) {
  std::vector<TileGrid::Cell> cells;
  for (size_t tile = 0; tile < grid.count(); ++tile)
    if (diagnosis.evidence[tile] > kRegionEvidence) cells.push_back(grid.cells[tile]);
  diagnosis.region = outlineOf(cells);
  for (auto& ring : diagnosis.region)
    for (Point& corner : ring) corner = {corner.x * grid.stride, corner.y * grid.stride};
  const double side = grid.stride * mpp / 1000;  // mm
  diagnosis.regionTiles = cells.size();
  diagnosis.regionMm2 = double(cells.size()) * side * side;
}

std::string inWords(const SlideDiagnosis& diagnosis) {
  const DiagnosisFacts& facts = diagnosis.facts;
  return fmt::format("P({}) {:.2f}; held-out AUC {:.3f} (95 % interval {:.3f} to {:.3f}){}", facts.positive,
                     diagnosis.probability, facts.auc, facts.aucLow, facts.aucHigh,
                     facts.synthetic ? ", on synthetic slides" : "");
}

}  // namespace geneglass
