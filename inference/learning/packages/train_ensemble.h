// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/heads/one_gene_training.h"
#include "inference/learning/packages/train_options.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Cases and the features of each, in one order.
struct LabelledBags {
  Cohort cohort;
  std::vector<Matrix> bags;
};

/// The recipes `graziani2022` and, by its settings, `histcode2022`: one model a gene and split of `training`,
/// the package predicts the mean over the splits. With `test` cases, as in the paper: each fold chooses the
/// epoch of the model trained on all others, and the mean is judged on `test`. Without: a fold judges, the
/// next chooses the epoch, the others are trained on, and reliability is out of fold. The flips and turns of
/// the paper act on pixels, before the frozen encoder; they are left out, and the package says so.
Result<TrainedPackage> trainEnsembleOnBags(const LabelledBags& training, const LabelledBags& test,
                                           const ModelPackage& encoder, const TrainOptions& options,
                                           const OneGeneSettings& settings, std::stop_token stop,
                                           const OnProgress& progress);

}  // namespace geneglass
