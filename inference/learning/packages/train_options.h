// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/head/bag_pool.h"
#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/cohort/label_rule.h"
#include "inference/learning/evaluation/gene_scores.h"
#include "inference/learning/packages/recipes.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// What a training of genes is asked for.
struct TrainOptions {
  std::string recipe = "geneglass";
  HeadChoice head = HeadChoice::RecipesOwn;
  std::vector<double>
      sizes;  ///< see TileView; empty: those of the cohort's bags, else of the encoder's package
  BagPool pool = BagPool::Attention;
  std::optional<double> dropout;   ///< part of the features, of recipe geneglass; none: as suits the cohort
  int members = 1;                 ///< heads whose mean is predicted, of recipe geneglass
  std::filesystem::path out;       ///< the package's folder; must not exist
  std::filesystem::path bags;      ///< where features are kept; empty = where predictions keep them
  int folds = 5;                   ///< 3 or more; drawn by seed
  std::filesystem::path foldFile;  ///< see readFolds; instead of drawn folds
  uint64_t seed = 1;
  int threads = 0;       ///< 0 = all
  bool ofSpots = false;  ///< a cohort of measured spots: each fold's own mean is taken off before genes
                         ///< are scored, since sections differ in level; see spotHeadSettings()
  std::string name;
  std::string statement;
  std::string labelUnit = "log2 expression";
  LabelRule labels = LabelRule::Checked;  ///< what made the cohort's labels, recorded in the package

  FoldChoice foldChoice() const { return {folds, foldFile, seed}; }
  bool operator==(const TrainOptions&) const = default;
};

struct TrainedPackage {
  ModelPackage package;
  std::vector<GeneScore> scores;  ///< out of fold, by patient
};

}  // namespace geneglass
