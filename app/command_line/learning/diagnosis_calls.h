// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/command_line/command.h"
#include "inference/learning/evaluation/evaluate.h"
#include "inference/learning/packages/training_preparation.h"

namespace geneglass {

/// `train --task diagnosis`.
Outcome trainDiagnosisCall(const PreparedTraining& prepared, std::stop_token stop);

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

}  // namespace geneglass
