// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/evaluation/call_evaluation.h"
#include "inference/learning/evaluation/evaluate.h"

namespace geneglass {

/// The evaluation as one HTML page that stands on its own: no scripts, nothing from the network, all charts
/// inline SVG. Genes from the best to the worst with their intervals, scatter plots, rank calibration,
/// deletion and insertion, the rule in words, research use only.
std::string evaluationPage(const ModelPackage& package, const Evaluation& evaluation);

/// Of a call: figures, ROC curve, reliability diagram, the slides' probabilities.
std::string callPage(const ModelPackage& package, const CallEvaluation& evaluation);

/// The evaluation's figures for programs: scoresAsJson with the curves, the model and the cohort.
std::string evaluationAsJson(const ModelPackage& package, const Evaluation& evaluation);

}  // namespace geneglass
