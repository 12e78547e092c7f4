// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inference/learning/label_rule.h"

namespace geneglass {

/// What decides whether a training can begin, before any slide is read.
struct TrainingQuestion {
  std::filesystem::path cohort;  ///< CSV
  std::string recipe;            ///< "geneglass", "graziani2022" or "histcode2022"
  LabelRule labels = LabelRule::Checked;
  int folds = 5;
  uint64_t seed = 1;          ///< of the folds
  std::filesystem::path out;  ///< the package's folder
};

/// What a training would learn from.
struct TrainingFacts {
  size_t genes = 0;
  size_t cases = 0;   ///< that are trained on
  size_t slides = 0;  ///< of these cases
  size_t testCases = 0;
  bool goesOn = false;  ///< an earlier run of this name has left something to go on from
};

/// Reads the cohort and asks all that trainRegression() refuses of it, with the same sentences: its rows, its
/// values, too few cases, a constant gene, a fold without a value; also a package that is there already.
/// Loads no LibTorch; any thread.
Result<TrainingFacts> checkTraining(const TrainingQuestion& question);

}  // namespace geneglass
