// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/command_line/command.h"
#include "inference/learning/evaluation/evaluate.h"
#include "inference/learning/packages/train_regression.h"
#include "inference/learning/packages/training_check.h"

namespace geneglass {

/// `train --task diagnosis`.
struct DiagnosisTraining {
  std::string cohort;
  std::string label;    ///< the cohort's column of 0 and 1
  std::string encoder;  ///< a package whose encoder to use; empty: the shipped model's
  std::string addTo;    ///< a package whose genes OUT has too, and its encoder; empty: none
  TrainOptions options;
};
Outcome trainDiagnosisCall(const DiagnosisTraining& asked, std::stop_token stop);

/// `evaluate --task diagnosis`: writes `page` and a JSON beside it. With `json` prints that alone.
struct DiagnosisJudgement {
  std::string package;
  std::string cohort;
  std::string label;
  std::string page;
  bool json = false;
  EvaluateOptions options;
};
Outcome evaluateDiagnosisCall(const DiagnosisJudgement& asked, std::stop_token stop);

/// Declares --task and --label.
void declareTask(CLI::App& command, Task& task, std::string& label);

}  // namespace geneglass
