// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/packages/recipes.h"
#include "inference/learning/packages/training_request.h"

namespace geneglass {

/// The cases of a training of genes, chosen and divided.
struct GeneTraining {
  Recipe recipe;
  HeadChoice head = HeadChoice::AttentionRegression;  ///< not RecipesOwn
  Cohort training;
  Cohort judging;  ///< see judgingCases
  Folds folds;     ///< of `training`
  size_t testCases = 0;
};

/// The slides of a training of classes, chosen and divided.
struct ClassTraining {
  Cohort training;
  Folds folds;           ///< of `training`, by patient
  size_t testCases = 0;  ///< patients
};

/// A training that can begin.
struct PreparedTraining {
  TrainOptions options;  ///< of the request, with what the labels are
  ModelPackage encoder;  ///< whose encoder is used
  bool keepsGenes = false;
  std::variant<GeneTraining, ClassTraining> cases;
  std::vector<std::string> notes;  ///< a sentence on each thing that is left out
};

/// What a training would learn from.
struct TrainingFacts {
  size_t genes = 0;      ///< of Expression
  size_t positives = 0;  ///< of Diagnosis: slides of `positive` that are trained on; 0 of more classes
  std::string positive;  ///< of Diagnosis: the second of two classes
  size_t classes = 0;    ///< of Diagnosis
  size_t cases = 0;      ///< that are trained on
  size_t slides = 0;     ///< of these cases
  size_t testCases = 0;
  int folds = 0;
  bool goesOn = false;  ///< an earlier run of this name left something to go on from
};

/// Reads the cohort and opens the package; the error is the first thing against the training: its recipe,
/// rows, values, too few cases, a constant gene, a fold without a value, a package that is there already or
/// has no genes to keep, a slide (see checkSlides). Every check of a training stands here. Opens every slide,
/// loads no LibTorch; any thread.
Result<PreparedTraining> prepareTraining(const TrainingRequest& request, const std::stop_token& stop = {});
TrainingFacts factsOf(const PreparedTraining& prepared);

/// The same of a cohort and a package that are read already.
Result<GeneTraining> prepareGenes(const Cohort& cohort, const TrainOptions& options);
Result<ClassTraining> prepareClasses(const Cohort& cohort, const ModelPackage& base, bool keepGenes,
                                     const TrainOptions& options);

/// The heads of genes that are asked for, or the recipe's own. Errors: a recipe there is none of, heads, a
/// pool, members or dropped features that it does not have.
Result<HeadChoice> chosenHead(const TrainOptions& options);

}  // namespace geneglass
