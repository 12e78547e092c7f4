// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/cohort/label_source.h"
#include "inference/learning/packages/recipes.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// What decides whether a training can begin, before any slide is read.
struct TrainingQuestion {
  std::filesystem::path cohort;  ///< CSV
  std::string recipe;            ///< of recipes.h
  std::filesystem::path out;     ///< the package's folder
  FoldChoice folds;
  Task task = Task::Expression;
  LabelSource labels;            ///< of Expression
  std::string label = "tumour";  ///< of Diagnosis: the cohort's column of 0 and 1
};

/// What a training would learn from.
struct TrainingFacts {
  size_t genes = 0;      ///< of Expression
  size_t positives = 0;  ///< of Diagnosis: slides that are trained on and labelled 1
  size_t cases = 0;      ///< that are trained on
  size_t slides = 0;     ///< of these cases
  size_t testCases = 0;
  int folds = 0;
  bool goesOn = false;             ///< an earlier run of this name left something to go on from
  std::vector<std::string> notes;  ///< a sentence on each thing that is left out
  std::vector<std::filesystem::path> slidesToRead;  ///< of training, and of the tests that judge it
};

/// Reads the cohort and asks all that trainRegression() or trainDiagnosisPackage() refuses of it, with the
/// same sentences: its rows, its values, too few cases, a constant gene, a fold without a value; also a
/// package that is there already. Loads no LibTorch; any thread.
Result<TrainingFacts> checkTraining(const TrainingQuestion& question);

/// Whether `base` has genes, where a diagnosis is to be added to them.
Result<void> checkBase(const ModelPackage& base, bool keepGenes);

}  // namespace geneglass
