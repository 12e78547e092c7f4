// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <stop_token>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/heads/head_training.h"
#include "inference/learning/packages/train_options.h"
#include "inference/package/package_writer.h"

namespace geneglass {

/// What a training found, as it goes into the package.
struct TrainingOutcome {
  TensorFile head;  ///< head.h5
  HeadKind kind = HeadKind::AttentionRegression;
  bool zScores = true;                  ///< whether it learnt z-scores, or the labels as they are
  LabelScale scale;                     ///< of all training cases
  std::vector<GeneScore> scores;        ///< of cases the judged model never saw
  Matrix heldOut;                       ///< the predictions behind `scores`, cases x G, label's unit
  std::string words;                    ///< how it was trained and judged
  std::vector<TrainedHead> folds = {};  ///< of `kind`, one a fold; none where `head` is an ensemble itself
  std::optional<FeatureDomain> domain;  ///< of the training's tiles, see trainingDomain()
};

/// Where the features of a training's bags lie, a bag a case; none where they are of no use or `stop` was
/// asked.
std::optional<FeatureDomain> trainingDomain(const Cohort& cohort, const Folds& folds,
                                            std::span<const Matrix> bags, uint64_t seed,
                                            const std::stop_token& stop);

/// The heads of the folds are kept where their numbers take no more than this: they are as many as folds
/// times those of `head`.
constexpr size_t kMostFoldBytes = size_t{64} << 20;

/// Finishes the package that was begun at `options.out`: encoder, head, those of the folds, domain, manifest,
/// out-of-fold.json and folds.csv.
Result<TrainedPackage> writeTrainedPackage(PackageWriter& writer, const Cohort& cohort, const Folds& folds,
                                           const ModelPackage& encoder, const TrainOptions& options,
                                           TrainingOutcome outcome);

/// The folds of options.foldFile, or drawn by seed where there is none; checked.
Result<Folds> foldsOf(const Cohort& cohort, const TrainOptions& options);

/// OUT with `suffix` after its name.
std::filesystem::path besidePackage(const std::filesystem::path& out, const std::string& suffix);

tl::unexpected<Error> trainingCancelled(const std::filesystem::path& out);

/// Draws the weights of the untrained model that scores are compared with.
constexpr uint64_t kUntrainedSeed = 0x0e11;

}  // namespace geneglass
