// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/cohort.h"
#include "inference/learning/gene_scores.h"
#include "inference/learning/head_training.h"
#include "inference/model_package.h"
#include "viewer/slide/progress.h"

namespace geneglass {

struct TrainOptions {
  std::string recipe = "geneglass";
  std::filesystem::path out;   ///< the package's folder; must not exist
  std::filesystem::path bags;  ///< where feature bags are kept; empty = OUT.bags
  int folds = 5;               ///< 3 or more
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
  std::string name;
  std::string statement;
  std::string labelUnit = "log2 expression";
};

/// The settings a recipe trains with. Error: a recipe this program does not train with, and why.
Result<HeadSettings> settingsOf(const std::string& recipe);

struct TrainedPackage {
  ModelPackage package;
  std::vector<GeneScore> scores;  ///< out of fold, by patient
};

/// Trains all genes of the cohort's train split in one model over the encoder of `encoder` and writes the
/// package: K-fold out-of-fold predictions give each gene's reliability, then a final head is trained on all
/// cases for the median of the folds' best epochs. A run that fails or is cancelled leaves no package, only
/// the bags.
Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The same for features already there: one bag a case, in the cohort's order; `cohort` holds training cases
/// only.
Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress);

}  // namespace geneglass
