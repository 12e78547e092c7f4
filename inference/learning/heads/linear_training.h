// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/learning/heads/trained_head.h"
#include "inference/learning/heads/training_cases.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// How well one penalty did on inner folds.
struct PenaltyScore {
  double penalty = 0;
  std::vector<double> r;  ///< meanFoldR(): of the same folds for every penalty
};

/// A linear head (methods.md section 6) and how its penalty was found.
struct LinearHead {
  TrainedHead head;  ///< value.weight, value.bias: takes raw features, gives z-scores
  double penalty = 0;
  std::vector<PenaltyScore> tried;  ///< penalties rising
};

/// 10^0, 10^0.5, ... 10^6.
const std::vector<double>& ridgePenalties();

/// The largest penalty whose mean r is within one standard error of the best: shrinkage is what transfers to
/// other patients. The error is that of the difference to the best, fold by fold, since folds differ more
/// from each other than penalties do; where few genes make it large, r may fall by a fiftieth at most. NaN
/// counts as worst; the largest of all where no r is defined.
double chosenPenalty(const std::vector<PenaltyScore>& tried);

/// Ridge regression of the bags' mean features on all genes at once. The penalty is one for all, chosen on
/// inner folds: each fold there is among the training cases is predicted by the others; where there is only
/// one, the largest. A gene with missing labels learns from the cases that have it. Nothing where `stop` was
/// asked. Throws std::exception.
std::optional<LinearHead> trainLinear(const TrainingCases& cases, std::span<const size_t> training,
                                      const std::vector<int>& foldOfCase, const std::stop_token& stop);

/// Weights drawn by `seed`, never trained; features standardised as trainLinear() does.
TrainedHead untrainedLinear(const TrainingCases& cases, std::span<const size_t> training, uint64_t seed);

/// Whether a head's tensors are a linear one's.
bool isLinear(const TensorFile& weights);
/// As applyHead().
Matrix applyLinear(const TrainedHead& head, std::span<const Matrix* const> bags);

struct LinearValidation {
  Matrix predicted;                ///< cases x G, label's unit: each by a head that never saw the case
  std::vector<double> penalties;   ///< of each fold
  std::vector<TrainedHead> heads;  ///< of each fold
};

/// Each fold is predicted by a head trained on all others. Nothing where `stop` was asked.
std::optional<LinearValidation> crossValidateLinear(const TrainingCases& cases,
                                                    const std::vector<int>& foldOfCase, int folds,
                                                    const std::stop_token& stop, const OnProgress& progress);

/// How well cases are told apart within each fold: Pearson's r of each gene over the fold's judged cases,
/// mean over the genes where it is defined, which takes four cases or more; a number a fold that has one.
/// Where none has: over all judged cases at once. Labels of another place may lie at another level: that is
/// not what counts here.
std::vector<double> meanFoldR(const Matrix& truth, const Matrix& predicted, std::span<const size_t> judged,
                              const std::vector<int>& foldOfCase);

}  // namespace geneglass
