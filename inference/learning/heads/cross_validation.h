// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/heads/head_training.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// The cases one split trains on, chooses the epoch by, and is judged on.
struct SplitCases {
  std::vector<size_t> training;
  std::vector<size_t> validation;
  std::vector<size_t> judged;
};

/// Judged on `fold`; the next fold chooses the epoch. Needs three folds.
SplitCases judgedSplit(const std::vector<int>& foldOfCase, int fold, int folds);
/// `fold` chooses the epoch, all others are trained on: for cohorts with a test split to be judged on.
SplitCases validatedSplit(const std::vector<int>& foldOfCase, int fold);

/// What a cross-validation gives.
struct CrossValidation {
  Matrix predicted;                ///< cases x G, label's unit: each by a head that never saw the case
  std::vector<int> bestEpochs;     ///< of each fold and member
  std::vector<TrainedHead> heads;  ///< of each fold; none where each is several members
};

/// Called after each epoch of a fold's first member.
using OnFoldEpoch = std::function<void(int fold, const EpochReport&)>;

/// Each fold is predicted by the members trained on the others less one, which chooses the epochs: the fold
/// that is judged never does. folds >= 3. Each fold keeps itself in `memory`, where there is one. Nothing
/// where `stop` was asked.
std::optional<CrossValidation> crossValidate(const TrainingCases& cases, const HeadSettings& settings,
                                             const std::vector<int>& foldOfCase, int folds, uint64_t seed,
                                             const std::stop_token& stop, const OnProgress& progress,
                                             const OnFoldEpoch& onEpoch,
                                             const TrainingMemory* memory = nullptr);

/// What progress says of an epoch: "fold 1 of 5, loss 0.52, held-out r 0.41, epoch".
std::string stageOf(const std::string& what, const EpochReport& report);

}  // namespace geneglass
