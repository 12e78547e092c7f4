// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/cohort/label_rule.h"
#include "inference/learning/evaluation/gene_scores.h"
#include "inference/learning/heads/head_training.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

struct TrainOptions {
  std::string recipe = "geneglass";
  std::optional<HeadKind> head;  ///< none: the recipe's own; `geneglass` takes either
  BagPool pool = BagPool::Attention;
  std::filesystem::path out;       ///< the package's folder; must not exist
  std::filesystem::path bags;      ///< where feature bags are kept; empty = OUT.bags
  int folds = 5;                   ///< 3 or more; drawn by seed
  std::filesystem::path foldFile;  ///< see readFolds; instead of drawn folds
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
  std::string name;
  std::string statement;
  std::string labelUnit = "log2 expression";
  LabelRule labels = LabelRule::Checked;  ///< what made the cohort's labels, recorded in the package
};

/// Errors: a recipe there is none of, heads or a pool that it does not have.
Result<void> checkRecipe(const TrainOptions& options);

struct TrainedPackage {
  ModelPackage package;
  std::vector<GeneScore> scores;  ///< out of fold, by patient
};

/// Trains the genes of the cohort's train split over the encoder of `encoder` and writes the package, and
/// OUT.curve.csv beside it (training_curve.h). `geneglass`: all genes in one model; K-fold out-of-fold
/// predictions give each gene's reliability, then a final head is trained on all cases for the median of the
/// folds' best epochs. `graziani2022`, `histcode2022`: train_ensemble.h. A run that ends before its time,
/// in whatever way, leaves no package but the bags, the curve and OUT.training; started again it goes on from
/// there to the same bytes.
Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The recipe `geneglass` for features already there: one bag a case, in the cohort's order; `cohort` holds
/// training cases only.
Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress);

}  // namespace geneglass
