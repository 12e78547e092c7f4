// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/evidence_scores.h"

#include <cmath>

#include "inference/learning/evaluation/map_scores.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/synthetic/synthetic_truth.h"
#include "inference/synthetic/truth_file.h"

namespace geneglass {

Result<void> EvidenceScores::add(const std::filesystem::path& slide, const TileGrid& grid,
                                 std::span<const float> evidence) {
  if (!std::filesystem::exists(truthFileOf(slide))) return {};
  const Result<SyntheticTruth> truth = readTruth(truthFileOf(slide));
  if (!truth) return tl::unexpected(truth.error());
  const PlantedGene tumour{.symbol = "tumour", .drivers = {TissueClass::Tumour}};
  std::vector<double> values(evidence.begin(), evidence.end());
  std::vector<bool> positive;
  for (const TileGrid::Cell& cell : grid.cells)
    positive.push_back(driverShare(tumour, compositionOf(*truth, grid.area(cell))) >= kPositiveShare);
  if (const double auc = areaUnderRoc(values, positive); !std::isnan(auc)) m_sum += auc, ++m_slides;
  m_values.insert(m_values.end(), values.begin(), values.end());
  m_positive.insert(m_positive.end(), positive.begin(), positive.end());
  return {};
}

std::optional<double> EvidenceScores::meanAuc() const {
  if (m_slides == 0) return {};
  return m_sum / m_slides;
}

std::optional<double> EvidenceScores::allTilesAuc() const {
  const double auc = areaUnderRoc(m_values, m_positive);
  if (std::isnan(auc)) return {};
  return auc;
}

}  // namespace geneglass
