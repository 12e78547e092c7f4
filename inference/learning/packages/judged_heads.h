// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/heads/head_training.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// What heads of all genes in one model learn from. Everything outlives the training.
struct HeadTask {
  const TrainingCases& cases;
  const Folds& folds;
  HeadSettings settings;  ///< its kind: of heads that weigh tiles
  uint64_t seed = 1;
  TrainingCurve& curve;
  const TrainingMemory& memory;
};

/// Heads trained on all cases, and what is said of cases by heads that never saw them.
struct JudgedHeads {
  TrainedHead head;
  HeadKind kind = HeadKind::AttentionRegression;
  Matrix heldOut;    ///< cases x G, label's unit
  Matrix untrained;  ///< the same by heads of the same shape that never learnt
  std::string words;
  std::vector<TrainedHead> folds;  ///< of `kind`: each has judged a fold that it never saw
};

/// Attention regression or gated attention: each fold by heads of the others less one, which chooses the
/// epoch; the last for the median of these epochs. Nothing where `stop` was asked, as below.
std::optional<JudgedHeads> judgeAttention(const HeadTask& task, const std::stop_token& stop,
                                          const OnProgress& progress);

/// Ridge: each fold by heads of all others, whose penalty their own folds chose.
std::optional<JudgedHeads> judgeLinear(const HeadTask& task, const std::stop_token& stop,
                                       const OnProgress& progress);

/// Whichever of the two does better. For each fold it is chosen by cross-validation of the other folds alone,
/// so that what is said of the fold stays held out; for the last heads by that of all folds. "Better" is
/// meanFoldR(), mean over folds; linear where they are even. Folds that are chosen for are 4 or more.
std::optional<JudgedHeads> judgeBetter(const HeadTask& task, const std::stop_token& stop,
                                       const OnProgress& progress);
constexpr int kFewestFoldsToChoose = 4;

}  // namespace geneglass
