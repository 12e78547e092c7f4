// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/evaluation/call_scores.h"
#include "inference/learning/heads/class_training.h"
#include "inference/learning/packages/train_options.h"
#include "inference/learning/packages/training_preparation.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// `histcode2022`: the paper's numbers. `geneglass`: a smaller head (128, 64) and larger steps (1e-3). Error:
/// a recipe without a diagnosis.
Result<ClassSettings> classSettings(const std::string& recipe);

struct ClassPackage {
  ModelPackage package;
  CallFacts call;     ///< the one that was trained
  CallScores scores;  ///< out of fold, by patient
};

/// Trains a call of two or more classes on prepared slides over the encoder of `base` and writes the package
/// options.out: encoder, callFile(), manifest; diagnosis.json (callAsJson) and diagnosis.csv (slide, fold,
/// label, score, probability; of more than two classes the probabilities), named as callFile() is. With
/// `keepGenes` it also has the gene heads of `base`, what is told of their training, and its other calls; the
/// tissue it knows (kDomainFile) is that of these slides. In
/// K folds by patient each fold is judged by a head trained on the others less one, which chooses the epoch:
/// a judged fold never does. The last head is trained on all slides for the median of the best epochs.
/// OUT.curve.csv and OUT.training as trainRegression has them: started again it goes on to the same bytes.
Result<ClassPackage> trainClassPackage(const ClassTraining& prepared, const ModelPackage& base,
                                       bool keepGenes, const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The same of the cohort's train split, once prepareClasses() has let it pass.
Result<ClassPackage> trainClassPackage(const Cohort& cohort, const ModelPackage& base, bool keepGenes,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress);

/// The same for features already there: one bag a slide, in the cohort's order; `cohort` holds training
/// slides only.
Result<ClassPackage> trainClassesOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                        const ModelPackage& base, bool keepGenes, const TrainOptions& options,
                                        const ClassSettings& settings, std::stop_token stop,
                                        const OnProgress& progress);

}  // namespace geneglass
