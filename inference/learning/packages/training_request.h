// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/label_source.h"
#include "inference/learning/packages/recipes.h"
#include "inference/learning/packages/train_options.h"
#include "viewer/foundation/request_option.h"

namespace geneglass {

/// A training of heads, whole: what `geneglass-cli train` is called with and what a dialog fills. Plain.
struct TrainingRequest {
  std::filesystem::path cohort;  ///< CSV
  Task task = Task::Expression;
  LabelSource labels;             ///< of Expression
  std::string label = "tumour";   ///< of Diagnosis: the cohort's column of classes
  std::filesystem::path encoder;  ///< a package whose encoder is used; empty = the shipped model's
  std::filesystem::path addTo;    ///< of Diagnosis: in its place one whose genes are kept too; empty = none
  TrainOptions options;           ///< `labels` and `labelUnit` are made of the above, by prepareTraining()

  bool operator==(const TrainingRequest&) const = default;
};

/// All that a call of `train` can say of it, in the order of its help. A new option is a field and a row
/// here.
std::vector<RequestOption> optionsOf(TrainingRequest& request);

/// The words after `train`.
std::vector<std::string> wordsOf(TrainingRequest request);

/// --task and --label.
std::vector<RequestOption> taskOptions(Task& task, std::string& label);

}  // namespace geneglass
