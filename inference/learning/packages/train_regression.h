// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/heads/head_training.h"
#include "inference/learning/packages/train_options.h"
#include "inference/learning/packages/training_preparation.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Trains the genes of prepared cases over the encoder of `encoder` and writes the package, and OUT.curve.csv
/// beside it (training_curve.h). `geneglass`: all genes in one model; K-fold out-of-fold
/// predictions give each gene's reliability, then a final head is trained on all cases for the median of the
/// folds' best epochs. `graziani2022`, `histcode2022`: train_ensemble.h. A run that ends before its time,
/// in whatever way, leaves no package but the features, the curve and OUT.training; started again it goes on
/// from there to the same bytes.
Result<TrainedPackage> trainRegression(const GeneTraining& prepared, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The same of the cohort's train split, once prepareGenes() has let it pass.
Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The recipe `geneglass` for features already there: one bag a case, in the cohort's order; `cohort` holds
/// training cases only. Heads are of settings.kind; where options.head is Better, these or linear ones.
Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress);

}  // namespace geneglass
