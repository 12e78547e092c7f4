// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "inference/prediction/prediction_json.h"

namespace geneglass {
namespace {

using nlohmann::json;

json toJson(const SpotScore& score) {
  return {{"symbol", score.gene.symbol},
          {"spots_counted", score.counted},
          {"pearson", score.pearson},
          {"pearson_low", score.pearsonInterval.low},
          {"pearson_high", score.pearsonInterval.high},
          {"spearman", score.spearman},
          {"spearman_low", score.spearmanInterval.low},
          {"spearman_high", score.spearmanInterval.high},
          {"heldout_r", score.gene.heldOutR},
          {"ci_low", score.gene.ciLow},
          {"ci_high", score.gene.ciHigh},
          {"well_predicted", score.gene.wellPredicted}};
}

std::string correlation(double r, const Interval& interval) {
  if (std::isnan(r)) return fmt::format("{:>6}  {:16}", "-", "");
  if (std::isnan(interval.low)) return fmt::format("{:6.3f}  {:16}", r, "[-, -]");
  return fmt::format("{:6.3f} [{:6.3f}, {:6.3f}]", r, interval.low, interval.high);
}

std::string lineOf(const SpotScore& score, const GenePanel& panel) {
  const GenePrediction& gene = score.gene;
  return fmt::format(
      "{:10} {:6} {:5}  {}  {}  {}  {}\n", gene.symbol, panel.nameOf(gene.group), score.counted,
      correlation(score.pearson, score.pearsonInterval), correlation(score.spearman, score.spearmanInterval),
      correlation(gene.heldOutR, {gene.ciLow, gene.ciHigh}), gene.wellPredicted ? "yes" : "no");
}

std::string squaresOf(const SpotComparison& comparison, double mpp) {
  return comparison.square > kSquareInPitches * comparison.pitch
             ? fmt::format("{:.0f} um, a tile of the model,", comparison.square * mpp)
             : fmt::format("{} x {} spots", kSquareInPitches, kSquareInPitches);
}

}  // namespace

std::string leftOutOf(const SpotComparison& comparison) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (comparison.withoutPlace > 0)
    add(fmt::format("{} of {} {} no place", comparison.withoutPlace, comparison.listed,
                    comparison.withoutPlace == 1 ? "has" : "have"));
  if (comparison.withoutTile > 0) add(fmt::format("{} are not on the slide", comparison.withoutTile));
  if (comparison.withoutCounts > 0) add(fmt::format("{} have no counts", comparison.withoutCounts));
  return text;
}

std::string spotsAsJson(const Prediction& prediction, const SpotComparison& comparison) {
  json document = {{"slide", slideAsJson(prediction)},
                   {"model", modelAsJson(prediction)},
                   {"spots",
                    {{"file", comparison.file.filename().string()},
                     {"listed", comparison.listed},
                     {"without_place", comparison.withoutPlace},
                     {"measured", comparison.measured},
                     {"compared", comparison.compared()},
                     {"without_tile", comparison.withoutTile},
                     {"without_counts", comparison.withoutCounts},
                     {"diameter_um", comparison.diameter * prediction.mpp},
                     {"pitch_um", comparison.pitch * prediction.mpp},
                     {"notes", comparison.notes},
                     {"tiles", comparison.views.centres.size()},
                     {"square_um", comparison.square * prediction.mpp},
                     {"measured_value", kMeasuredValue},
                     {"predicted_value", kPredictedValue}}},
                   {"genes", json::array()},
                   {"mean_pearson", comparison.meanPearson},
                   {"mean_pearson_low", comparison.meanPearsonInterval.low},
                   {"mean_pearson_high", comparison.meanPearsonInterval.high}};
  for (const SpotScore& score : comparison.scores) document["genes"].push_back(toJson(score));
  return document.dump(1, ' ', false, json::error_handler_t::replace);
}

std::string spotsAsTable(const Prediction& prediction, const SpotComparison& comparison) {
  std::string table =
      fmt::format("{} {}: {}\n", prediction.modelName, prediction.modelVersion, prediction.modelStatement);
  const std::string leftOut = leftOutOf(comparison);
  table += fmt::format("{} of {} spots compared{}{}; {:.0f} um wide, {:.0f} um apart\n",
                       comparison.compared(), comparison.measured, leftOut.empty() ? "" : "; ", leftOut,
                       comparison.diameter * prediction.mpp, comparison.pitch * prediction.mpp);
  if (comparison.views.areShared())
    table += fmt::format("the spots lie closer than the model sees: it looked at {} places for them\n",
                         comparison.views.centres.size());
  for (const std::string& note : comparison.notes) table += note + "\n";
  table += fmt::format("measured:  {}\npredicted: {}\n", kMeasuredValue, kPredictedValue);
  table += fmt::format(
      "intervals: squares of {} drawn with replacement; none for genes counted in fewer than {} spots\n\n",
      squaresOf(comparison, prediction.mpp), kFewestCounted);
  table += fmt::format("{:10} {:6} {:5}  {:23}  {:23}  {:23}  {}\n", "gene", "class", "spots",
                       "Pearson, 95 % interval", "Spearman, 95 %", "held-out r of the model", "well");
  for (const SpotScore& score : comparison.scores) table += lineOf(score, prediction.panel);
  const auto defined = std::count_if(comparison.scores.begin(), comparison.scores.end(),
                                     [](const SpotScore& score) { return !std::isnan(score.pearson); });
  table += fmt::format("\nmean Pearson {} over {} genes\n",
                       correlation(comparison.meanPearson, comparison.meanPearsonInterval), defined);
  if (size_t(defined) < comparison.scores.size())
    table += fmt::format(
        "no correlation for {} of the genes: measured or predicted, they are the same everywhere\n",
        comparison.scores.size() - size_t(defined));
  return table;
}

}  // namespace geneglass
