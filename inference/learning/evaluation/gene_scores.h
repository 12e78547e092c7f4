// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// How well one gene is predicted on cases the model was not trained on (methods.md section 4). NaN = not
/// defined.
struct GeneScore {
  std::string symbol;
  int cases = 0;  ///< with a known label
  double r = 0;   ///< Pearson
  Interval ci;    ///< of r: 95 %, bootstrap by patient
  double p = 1;   ///< of r, two-sided
  double spearman = 0;
  double r2 = 0;
  double rmse = 0;  ///< label's unit, as untrainedRmse
  double untrainedR = 0;
  double untrainedRmse = 0;
  double steigerP = 1;  ///< r against untrainedR
  double steigerQ = 1;  ///< Benjamini-Hochberg over the genes
  bool wellPredicted = false;
  std::optional<bool> planted;  ///< synthetic slides only: whether the gene follows the tissue, or nothing
  std::optional<double>
      mapAuc;  ///< mean over slides: expression map against planted truth, where there is one
};

/// Scores every gene. Matrices are cases x G in the label's unit; a NaN in `truth` leaves that case out of
/// that gene.
std::vector<GeneScore> scoreGenes(const std::vector<std::string>& symbols, const Matrix& truth,
                                  const Matrix& predicted, const Matrix& untrained, uint64_t seed);

/// r > 0, p < .05, RMSE and r better than untrained's, Steiger's p < .05 and q < .2.
bool followsTheRule(const GeneScore& score);

/// Percentiles 0..100 of one column.
std::vector<float> percentilesOf(const Matrix& values, size_t column);

}  // namespace geneglass
