// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/cohort/diagnosis_cohort.h"
#include "inference/learning/evaluation/diagnosis_scores.h"
#include "inference/learning/evaluation/evaluate.h"

namespace geneglass {

struct DiagnosisEvaluation {
  std::filesystem::path cohort;
  DiagnosisScores scores;
  DiagnosedSlides slides;
};

/// Judges the package's diagnosis on slides it was not trained on: those of the test split, or all where
/// there is none, each a bag of its own; with the evidence against planted tumour where slides have
/// NAME.truth.h5 beside them. Errors: a package without a diagnosis, slides of one kind alone, a slide that
/// cannot be read, cancelled (kept bags stay).
Result<DiagnosisEvaluation> evaluateDiagnosis(const ModelPackage& package, const DiagnosisCohort& cohort,
                                              const EvaluateOptions& options, std::stop_token stop,
                                              const OnProgress& progress);

/// One HTML page that stands on its own: figures, ROC curve, reliability diagram, the slides' probabilities.
std::string diagnosisPage(const ModelPackage& package, const DiagnosisEvaluation& evaluation);

}  // namespace geneglass
