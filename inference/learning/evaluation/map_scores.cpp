// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/map_scores.h"

#include <algorithm>
#include <cmath>

#include "inference/learning/statistics/statistics.h"
#include "inference/synthetic/synthetic_truth.h"
#include "inference/synthetic/truth_file.h"

namespace geneglass {

const PlantedGene* plantedGene(const std::string& symbol) {
  const std::vector<PlantedGene>& genes = plantedGenes();
  const auto found = std::find_if(genes.begin(), genes.end(),
                                  [&](const PlantedGene& gene) { return gene.symbol == symbol; });
  return found == genes.end() ? nullptr : &*found;
}

MapScores::MapScores(std::vector<std::string> symbols)
    : m_symbols(std::move(symbols)), m_sums(m_symbols.size()), m_counts(m_symbols.size()) {}

Result<void> MapScores::add(const std::filesystem::path& slide, const TileGrid& grid,
                            const Matrix& expression, size_t first) {
  if (!std::filesystem::exists(truthFileOf(slide))) return {};
  const Result<SyntheticTruth> truth = readTruth(truthFileOf(slide));
  if (!truth) return tl::unexpected(truth.error());
  ++m_slides;
  std::vector<ClassFractions> composition;
  for (const TileGrid::Cell& cell : grid.cells) composition.push_back(compositionOf(*truth, grid.area(cell)));
  for (size_t gene = 0; gene < m_symbols.size(); ++gene) {
    const PlantedGene* planted = plantedGene(m_symbols[gene]);
    if (!planted || planted->drivers.empty()) continue;
    std::vector<bool> positive;
    std::vector<double> values;
    for (size_t tile = 0; tile < grid.count(); ++tile) {
      positive.push_back(driverShare(*planted, composition[tile]) >= kPositiveShare);
      values.push_back(expression.at(gene, first + tile) * (planted->slope < 0 ? -1 : 1));
    }
    const double auc = areaUnderRoc(values, positive);
    if (std::isnan(auc)) continue;
    m_sums[gene] += auc;
    ++m_counts[gene];
  }
  return {};
}

std::optional<double> MapScores::meanAuc(size_t gene) const {
  if (m_counts[gene] == 0) return {};
  return m_sums[gene] / m_counts[gene];
}

}  // namespace geneglass
