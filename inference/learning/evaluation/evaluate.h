// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/evaluation/gene_scores.h"
#include "inference/learning/evaluation/survival_scores.h"
#include "inference/learning/evaluation/tile_curves.h"
#include "inference/learning/evaluation/tile_gallery.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

struct EvaluateOptions {
  std::filesystem::path bags;  ///< where features are kept; empty = where predictions keep them
  int threads = 0;             ///< 0 = all
  bool choosesTiles = false;   ///< for galleries (tile_gallery.h)
};

/// What an evaluation found; G genes that package and cohort have in common, in the package's order.
struct Evaluation {
  std::filesystem::path cohort;
  std::vector<GeneScore> scores;
  Matrix truth;       ///< cases x G, label's unit; NaN where missing
  Matrix predicted;   ///< cases x G
  TileCurves curves;  ///< over the genes the package believes; over all where it believes none; empty where
                      ///< both ends of the attention are pooled, since ranks change as tiles go
  std::optional<TileGallery> gallery;           ///< where it was asked for
  std::vector<std::string> cases;               ///< whose rows these are
  Matrix values;                                ///< cases x all genes of the package, predicted
  std::optional<SurvivalScores> survival = {};  ///< where there is a table of it
};

/// Judges the package on a cohort; see evaluatePackage, which gives the scores alone.
Result<Evaluation> evaluateInFull(const ModelPackage& package, const Cohort& cohort,
                                  const EvaluateOptions& options, std::stop_token stop,
                                  const OnProgress& progress);

/// Judges the package on a cohort it was not trained on: the genes both have, over the test split, or all
/// cases where there is none. A gene is well predicted where it follows the rule here and was so out of fold
/// in training. Slides with a NAME.truth.h5 beside them (synthetic) also give each gene's AUC over tiles: a
/// tile is positive where the gene's driver classes are at least half of its tissue; the mean is over slides
/// that have both kinds of tile. Errors: no gene in common, a slide that cannot be read, cancelled (kept bags
/// stay).
Result<std::vector<GeneScore>> evaluatePackage(const ModelPackage& package, const Cohort& cohort,
                                               const EvaluateOptions& options, std::stop_token stop,
                                               const OnProgress& progress);

/// The package with the reliability that these cases gave its genes in place of what it says: r, interval and
/// whether it is well predicted, and a sentence in `training` that tells where they are from. Genes without a
/// score keep theirs; an r that is not defined becomes 0 with the interval -1 to 1.
ModelPackage withReliability(ModelPackage package, const Evaluation& evaluation);

}  // namespace geneglass
