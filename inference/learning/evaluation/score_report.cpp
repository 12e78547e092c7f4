// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/score_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "inference/prediction/gene_panel.h"

namespace geneglass {
namespace {

bool isNull(const GeneScore& score) {
  return score.planted && !*score.planted;
}

nlohmann::json numberOrNull(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

nlohmann::json toJson(const GeneScore& score) {
  nlohmann::json gene = {{"symbol", score.symbol},
                         {"cases", score.cases},
                         {"r", numberOrNull(score.r)},
                         {"ci_low", numberOrNull(score.ci.low)},
                         {"ci_high", numberOrNull(score.ci.high)},
                         {"p", numberOrNull(score.p)},
                         {"spearman", numberOrNull(score.spearman)},
                         {"r2", numberOrNull(score.r2)},
                         {"rmse", numberOrNull(score.rmse)},
                         {"untrained_r", numberOrNull(score.untrainedR)},
                         {"untrained_rmse", numberOrNull(score.untrainedRmse)},
                         {"steiger_p", numberOrNull(score.steigerP)},
                         {"steiger_q", numberOrNull(score.steigerQ)},
                         {"well_predicted", score.wellPredicted}};
  if (score.planted) gene["planted"] = *score.planted;
  if (score.mapAuc) gene["map_auc"] = numberOrNull(*score.mapAuc);
  return gene;
}

std::string lineOf(const GeneScore& score, const GenePanel& panel) {
  const std::string believed = score.wellPredicted ? "yes" : "no";
  const std::string auc = score.mapAuc    ? fmt::format("{:6.3f}", *score.mapAuc)
                          : isNull(score) ? "  null"
                                          : "     -";
  return fmt::format(
      "{:9} {:6} {:5} {:6.3f} [{:6.3f}, {:6.3f}] {:8.1e} {:8.1e} {:8.3f} {:6.3f} {:6.3f} {:6.3f} {:>9.3f} "
      "{:>4} {}\n",
      score.symbol, panel.nameOf(panel.groupOf(score.symbol)), score.cases, score.r, score.ci.low,
      score.ci.high, score.p, score.steigerQ, score.spearman, score.r2, score.rmse, score.untrainedR,
      score.untrainedRmse, believed, auc);
}

}  // namespace

ScoreSummary summarise(const std::vector<GeneScore>& scores) {
  ScoreSummary summary;
  std::vector<double> r, rmse, auc;
  for (const GeneScore& score : scores) {
    if (isNull(score)) {
      ++summary.nullGenes;
      summary.nullWellPredicted += score.wellPredicted;
      continue;
    }
    ++summary.genes;
    summary.wellPredicted += score.wellPredicted;
    summary.above04 += score.r > 0.4;
    if (!std::isnan(score.r)) r.push_back(score.r);
    if (!std::isnan(score.rmse)) rmse.push_back(score.rmse);
    if (score.mapAuc && !std::isnan(*score.mapAuc)) auc.push_back(*score.mapAuc);
  }
  summary.meanR = meanOf(r);
  summary.medianR = median(r);
  summary.medianRmse = median(rmse);
  summary.meanMapAuc = meanOf(auc);
  return summary;
}

std::string scoresAsTable(const std::vector<GeneScore>& scores, const GenePanel& panel) {
  std::string table =
      "gene      class  cases      r [95 % interval  ]        p        q spearman     R2   RMSE"
      "  r_unt  RMSE_unt well    AUC\n";
  for (const GeneScore& score : scores) table += lineOf(score, panel);
  const ScoreSummary summary = summarise(scores);
  table += fmt::format(
      "\n{} genes: mean r {:.3f}, median r {:.3f}, median RMSE {:.3f}, {} with r > 0.4, {} well predicted\n",
      summary.genes, summary.meanR, summary.medianR, summary.medianRmse, summary.above04,
      summary.wellPredicted);
  if (std::isfinite(summary.meanMapAuc))
    table += fmt::format("expression maps against planted truth: mean AUC over tiles {:.3f}\n",
                         summary.meanMapAuc);
  if (summary.nullGenes > 0)
    table += fmt::format("{} genes that follow nothing: {} marked well predicted\n", summary.nullGenes,
                         summary.nullWellPredicted);
  return table;
}

std::string scoresAsJson(const std::vector<GeneScore>& scores) {
  const ScoreSummary summary = summarise(scores);
  nlohmann::json document;
  document["genes"] = nlohmann::json::array();
  for (const GeneScore& score : scores) document["genes"].push_back(toJson(score));
  document["summary"] = {{"genes", summary.genes},
                         {"mean_r", numberOrNull(summary.meanR)},
                         {"median_r", numberOrNull(summary.medianR)},
                         {"median_rmse", numberOrNull(summary.medianRmse)},
                         {"above_0_4", summary.above04},
                         {"well_predicted", summary.wellPredicted},
                         {"mean_map_auc", numberOrNull(summary.meanMapAuc)},
                         {"null_genes", summary.nullGenes},
                         {"null_well_predicted", summary.nullWellPredicted}};
  return document.dump(1);
}

}  // namespace geneglass
