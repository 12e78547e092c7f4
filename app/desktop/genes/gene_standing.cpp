// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_standing.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace geneglass {

static GeneStanding standingOf(int index, const GenePrediction& gene, const GeneFacts& facts) {
  const double r = std::clamp(facts.heldOutR, 0.0, 1.0);
  const double deviation = facts.trainingDeviation > 0 ? facts.trainingDeviation : 1;
  return {index,
          gene.symbol,
          gene.group,
          (gene.value - facts.trainingMean) / deviation,
          std::sqrt(1 - r * r),
          gene.wellPredicted,
          gene.spread / deviation};
}

std::vector<GeneStanding> standingsOf(const Prediction& prediction, const ModelPackage& package) {
  std::unordered_map<std::string_view, const GeneFacts*> known;
  for (const GeneFacts& facts : package.genes) known.emplace(facts.symbol, &facts);
  std::vector<GeneStanding> standings;
  for (size_t index = 0; index < prediction.genes.size(); ++index) {
    const GenePrediction& gene = prediction.genes[index];
    const auto facts = known.find(gene.symbol);
    if (facts != known.end() && !std::isnan(gene.value))
      standings.push_back(standingOf(static_cast<int>(index), gene, *facts->second));
  }
  std::stable_sort(standings.begin(), standings.end(), [](const GeneStanding& a, const GeneStanding& b) {
    return std::make_tuple(unsigned(a.group), -a.score) < std::make_tuple(unsigned(b.group), -b.score);
  });
  return standings;
}

}  // namespace geneglass
