// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/slide_call.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "inference/prediction/map_values.h"
#include "inference/prediction/outline.h"

namespace geneglass {

double ProbabilityScale::probability(double score) const {
  return 1 / (1 + std::exp(-(slope * score + offset)));
}

void findRegion(SlideCall& call, const TileGrid& grid, double mpp) {
  if (!call.facts.isDiagnosis()) return;
  std::vector<TileGrid::Cell> cells;
  const std::vector<float> shown = valuesOnMap(grid, call.evidence);
  for (size_t cell = 0; cell < shown.size(); ++cell)
    if (shown[cell] > kRegionEvidence) cells.push_back(grid.mapCells()[cell]);
  call.region = outlineOf(cells);
  for (auto& ring : call.region)
    for (Point& corner : ring) corner = grid.onMap(corner.x, corner.y);
  const double side = grid.stride * mpp / 1000;  // mm
  call.regionTiles =
      size_t(std::ranges::count_if(call.evidence, [](float one) { return one > kRegionEvidence; }));
  call.regionMm2 = double(cells.size()) * side * side;
}

static std::string aucInWords(const ClassFacts& facts) {
  return fmt::format("{:.3f} (95 % interval {:.3f} to {:.3f})", facts.auc, facts.aucLow, facts.aucHigh);
}

static std::string sharesInWords(const SlideCall& call) {
  std::string shares;
  for (const size_t each : classesByShare(call))
    if (call.probabilities[each] > 0)
      shares += fmt::format("{}{} {:.0f} %", shares.empty() ? "" : ", ", call.facts.classes[each].name,
                            100 * call.probabilities[each]);
  return fmt::format("{}: {} of {} tiles; {}", call.facts.target, shares, call.classOfTile.size(),
                     call.byTemplates ? "never tested" : "not judged here");
}

std::vector<size_t> classesByShare(const SlideCall& call) {
  std::vector<size_t> order(call.probabilities.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](size_t each) { return call.probabilities[each]; });
  return order;
}

std::string inWords(const SlideCall& call) {
  const CallFacts& facts = call.facts;
  if (facts.ofTiles) return sharesInWords(call);
  const char* synthetic = facts.synthetic ? ", on synthetic slides" : "";
  if (facts.isDiagnosis())
    return fmt::format("P({}) {:.2f}; held-out AUC {}{}", facts.positive().name, call.probability(),
                       aucInWords(facts.positive()), synthetic);
  std::string chances, areas;
  for (size_t i = 0; i < facts.classes.size(); ++i) {
    chances += fmt::format("{}{} {:.2f}", i > 0 ? ", " : "", facts.classes[i].name, call.probabilities[i]);
    areas += fmt::format("{}{}", i > 0 ? ", " : "", aucInWords(facts.classes[i]));
  }
  return fmt::format("{}: {}; held-out AUC {}, in their order{}", facts.target, chances, areas, synthetic);
}

}  // namespace geneglass
