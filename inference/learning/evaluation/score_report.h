// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/learning/evaluation/gene_scores.h"
#include "inference/prediction/gene_panel.h"

namespace geneglass {

/// What all scores together say, over the genes not known to follow nothing. A mean over no gene is NaN.
struct ScoreSummary {
  int genes = 0;
  int wellPredicted = 0;
  int above04 = 0;  ///< genes with r > 0.4
  double meanR = 0;
  double medianR = 0;
  double medianRmse = 0;
  double meanMapAuc = 0;      ///< over the genes that have one
  int nullGenes = 0;          ///< genes that follow nothing, by the slides' planted truth
  int nullWellPredicted = 0;  ///< of those: wrongly believed
};
ScoreSummary summarise(const std::vector<GeneScore>& scores);

/// One line a gene for people, and the summary's lines.
std::string scoresAsTable(const std::vector<GeneScore>& scores, const GenePanel& panel);

/// One JSON object: `genes` and `summary`. A figure that is not defined is null.
std::string scoresAsJson(const std::vector<GeneScore>& scores);

}  // namespace geneglass
