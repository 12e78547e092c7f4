// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// Where a gene stands against the model's training cases.
struct GeneStanding {
  int gene = 0;  ///< index into Prediction::genes
  std::string symbol;
  int group = -1;    ///< index into Prediction::panel.groups; -1: in none
  double score = 0;  ///< (value - training mean) / standard deviation of the training labels
  double expectedError =
      1;  ///< sqrt(1 - r^2), r held out and not below 0: what the prediction leaves unexplained, same unit
  bool wellPredicted = false;
  double spread = 0;  ///< GenePrediction::spread, same unit; NaN: not known
};

/// By group, those of none last, then by descending score. Genes that the package does not know are left out,
/// and those that have not been read yet.
std::vector<GeneStanding> standingsOf(const Prediction& prediction, const ModelPackage& package);

}  // namespace geneglass
