// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/head_training.h"
#include "viewer/slide/progress.h"

namespace geneglass {

/// The fold, 0..folds - 1, of each case: sizes differ by one at most, drawn by seed.
std::vector<int> assignFolds(size_t cases, int folds, uint64_t seed);

/// What a cross-validation gives.
struct CrossValidation {
  Matrix predicted;             ///< cases x G, label's unit: each by a head that never saw the case
  std::vector<int> bestEpochs;  ///< of each fold
};

/// Each fold is predicted by a head trained on the others less one, which chooses the epoch: the fold that is
/// judged never does. folds >= 3. Nothing where `stop` was asked.
std::optional<CrossValidation> crossValidate(const TrainingCases& cases, const HeadSettings& settings,
                                             int folds, uint64_t seed, const std::stop_token& stop,
                                             const OnProgress& progress);

}  // namespace geneglass
