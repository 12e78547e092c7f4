// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/evaluation/call_scores.h"
#include "inference/learning/evaluation/evaluate.h"

namespace geneglass {

struct CallEvaluation {
  std::filesystem::path cohort;
  CallFacts call;  ///< what the package says of it
  CallScores scores;
  CalledSlides slides;
};

/// Judges a call of the package on slides it was not trained on: those of the test split, or all where there
/// is none, each a bag of its own. It is the call of the cohort's column; for a column of 0 and 1 that no
/// call is named by, the diagnosis, whose evidence is set against planted tumour where slides have
/// NAME.truth.h5 beside them. Errors: a package without such a call, other classes than the call's, a class
/// without slides, a slide that cannot be read, cancelled (kept bags stay).
Result<CallEvaluation> evaluateCall(const ModelPackage& package, const Cohort& cohort,
                                    const EvaluateOptions& options, std::stop_token stop,
                                    const OnProgress& progress);

}  // namespace geneglass
