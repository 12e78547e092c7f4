// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/evaluation_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "app/pages/page_frame.h"
#include "app/pages/page_style.h"
#include "app/pages/survival_section.h"
#include "app/pages/svg_chart.h"
#include "inference/learning/evaluation/score_report.h"

namespace geneglass {
namespace {

constexpr const char* kInk = "#20282f";

double orLast(double r) {
  return std::isnan(r) ? -2 : r;
}

/// Genes from the best to the worst.
std::vector<size_t> byCorrelation(const std::vector<GeneScore>& scores) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return orLast(scores[a].r) > orLast(scores[b].r); });
  return order;
}

std::string facts(const Evaluation& evaluation) {
  const ScoreSummary summary = summarise(evaluation.scores);
  std::string text = "<div class=\"facts\">";
  text += factOnPage(std::to_string(evaluation.truth.rows), "cases");
  text += factOnPage(fmt::format("{:.3f}", summary.meanR),
                     fmt::format("mean Pearson r over {} genes", summary.genes));
  text += factOnPage(fmt::format("{:.3f}", summary.medianR), "median r");
  text += factOnPage(fmt::format("{} of {}", summary.above04, summary.genes), "genes with r &gt; 0.4");
  text += factOnPage(fmt::format("{} of {}", summary.wellPredicted, summary.genes), "genes well predicted");
  if (std::isfinite(summary.meanMapAuc))
    text += factOnPage(fmt::format("{:.3f}", summary.meanMapAuc),
                       "AUC of maps over tiles, against planted truth");
  if (summary.nullGenes > 0)
    text += factOnPage(fmt::format("{} of {}", summary.nullWellPredicted, summary.nullGenes),
                       "genes that follow nothing, yet believed");
  return text + "</div>\n";
}

/// One column of genes with r and its interval.
std::string forest(const std::vector<GeneScore>& scores, const std::vector<size_t>& order) {
  const int line = 17, height = 16 + line * int(order.size()) + 28;
  const double rows = double(order.size());
  SvgChart chart(505, height, {-0.5, 1.18}, {-28.0 / line, rows}, 70, 4, 12);
  chart.line({{0, 0}, {0, rows}}, "#c3cad0", 1);
  chart.line({{0.4, 0}, {0.4, rows}}, "#c3cad0", 1, true);
  for (size_t i = 0; i < order.size(); ++i) {
    const GeneScore& score = scores[order[i]];
    const double y = rows - double(i) - 0.5;
    const char* colour = score.wellPredicted ? kBlue : kGrey;
    const bool nothing = score.planted && !*score.planted;
    chart.label(-0.52, y, score.symbol + (nothing ? " *" : ""), kInk, "end");
    if (std::isnan(score.r)) continue;
    chart.line({{score.ci.low, y}, {score.ci.high, y}}, colour, 1.6);
    chart.dots({{score.r, y}}, colour, 3.6);
    chart.label(1.175, y, fmt::format("{:.2f}", score.r), colour, "end");
  }
  for (const double r : {-0.5, 0.0, 0.4, 1.0})
    chart.label(r, -0.8, fmt::format("{:.1f}", r), "#5b6670", "middle");
  return chart.svg();
}

std::string forests(const std::vector<GeneScore>& scores) {
  const std::vector<size_t> order = byCorrelation(scores);
  const size_t half = (order.size() + 1) / 2;
  std::string text = "<h2>Every gene: Pearson r on cases the model was not trained on</h2>";
  text += fmt::format(
      "<p class=\"key\"><i style=\"background:{}\"></i>well predicted<i style=\"background:{}\"></i>not "
      "believed"
      " &nbsp; bars: 95 % bootstrap interval by patient &nbsp; dashed: 0.4 &nbsp; * follows nothing by design"
      "</p><div class=\"row\">",
      kBlue, kGrey);
  text += forest(scores, {order.begin(), order.begin() + long(half)});
  if (half < order.size()) text += forest(scores, {order.begin() + long(half), order.end()});
  return text + "</div>\n";
}

std::string scatter(const Evaluation& evaluation, size_t gene, const std::string& unit) {
  SvgChart::Points points;
  std::vector<double> all;
  for (size_t i = 0; i < evaluation.truth.rows; ++i) {
    const double truth = evaluation.truth.at(i, gene), predicted = evaluation.predicted.at(i, gene);
    if (std::isnan(truth)) continue;
    points.emplace_back(truth, predicted);
    all.insert(all.end(), {truth, predicted});
  }
  if (all.empty()) return {};
  const GeneScore& score = evaluation.scores[gene];
  const auto [lowest, highest] = std::minmax_element(all.begin(), all.end());
  const SvgChart::Range range = SvgChart::roundRange(*lowest, *highest, 4);
  const double step = (range.high - range.low) / 4;
  const int decimals = std::abs(step - std::round(step)) < 1e-6 ? 0 : step > 0.1 ? 1 : 2;
  SvgChart chart(248, 232, range, range);
  chart.title(score.symbol, fmt::format("r {:.2f}, RMSE {:.2f}", score.r, score.rmse));
  chart.axes("measured, " + unit, "predicted", 4, decimals, decimals);
  chart.line({{range.low, range.low}, {range.high, range.high}}, "#b4bcc3", 1, true);
  chart.dots(points, score.wellPredicted ? kBlue : kGrey, 3);
  return chart.svg();
}

std::string scatters(const Evaluation& evaluation, const std::string& unit) {
  constexpr size_t kEach = 4;
  const std::vector<size_t> order = byCorrelation(evaluation.scores);
  const auto some = [&](const std::string& title, size_t first, size_t last) {
    std::string text = fmt::format("<h2>{}</h2><div class=\"row\">", title);
    for (size_t i = first; i < last; ++i) text += scatter(evaluation, order[i], unit);
    return text + "</div>\n";
  };
  const size_t count = order.size(), best = std::min(kEach, count);
  std::string text = some("The best genes", 0, best);
  if (count > best) text += some("The worst genes", std::max(best, count - std::min(kEach, count)), count);
  return text;
}

/// Mean percentile of the measured value in each tenth of the predictions, over well predicted genes.
SvgChart::Points rankCalibration(const Evaluation& evaluation) {
  constexpr size_t kParts = 10;
  std::vector<double> sums(kParts), counts(kParts);
  for (size_t gene = 0; gene < evaluation.scores.size(); ++gene) {
    if (!evaluation.scores[gene].wellPredicted) continue;
    std::vector<double> truth, predicted;
    for (size_t i = 0; i < evaluation.truth.rows; ++i) {
      if (std::isnan(evaluation.truth.at(i, gene))) continue;
      truth.push_back(evaluation.truth.at(i, gene));
      predicted.push_back(evaluation.predicted.at(i, gene));
    }
    const std::vector<double> truthRanks = midRanks(truth), ranks = midRanks(predicted);
    for (size_t i = 0; i < ranks.size(); ++i) {
      const double share = (ranks[i] - 0.5) / double(ranks.size());
      const size_t part = std::min(kParts - 1, size_t(share * kParts));
      sums[part] += 100 * (truthRanks[i] - 0.5) / double(ranks.size());
      ++counts[part];
    }
  }
  SvgChart::Points points;
  for (size_t part = 0; part < kParts; ++part)
    if (counts[part] > 0) points.emplace_back(10.0 * double(part) + 5, sums[part] / counts[part]);
  return points;
}

std::string rankChart(const Evaluation& evaluation) {
  SvgChart chart(330, 270, {0, 100}, {0, 100});
  chart.title("Calibration of rank", "well predicted genes");
  chart.axes("percentile of the prediction", "mean percentile measured", 5, 0, 0);
  chart.line({{0, 0}, {100, 100}}, "#b4bcc3", 1, true);
  const SvgChart::Points points = rankCalibration(evaluation);
  if (!points.empty()) {
    chart.line(points, kBlue);
    chart.dots(points, kBlue, 3.5);
  }
  return chart.svg();
}

void drawCurve(SvgChart& chart, const std::vector<CurvePoint>& curve, const char* colour) {
  SvgChart::Points mean, low, high;
  for (const CurvePoint& point : curve) {
    mean.emplace_back(100 * point.share, point.mean);
    low.emplace_back(100 * point.share, point.low);
    high.emplace_back(100 * point.share, point.high);
  }
  chart.band(low, high, colour);
  chart.line(mean, colour);
}

std::string tileChart(const std::string& title, const std::string& xName,
                      const std::vector<CurvePoint>& byAttention, const std::vector<CurvePoint>& atRandom) {
  double highest = 1e-6;
  for (const auto* curve : {&byAttention, &atRandom})
    for (const CurvePoint& point : *curve) highest = std::max(highest, point.high);
  SvgChart chart(330, 270, {0, 90}, SvgChart::roundRange(0, highest, 3));
  chart.title(title, "change of Y, training SD");
  chart.axes(xName, "|Y of these tiles - Y|", 3, 0, highest < 0.3 ? 2 : 1);
  drawCurve(chart, atRandom, kGrey);
  drawCurve(chart, byAttention, kRed);
  return chart.svg();
}

std::string ranksAndTiles(const Evaluation& evaluation) {
  const TileCurves& curves = evaluation.curves;
  std::string text = "<h2>Ranks, and which tiles matter</h2><div class=\"row\">" + rankChart(evaluation);
  if (curves.cases == 0) return text + "</div>\n";
  text += tileChart("Deletion", "% of tiles removed", curves.deletionByAttention, curves.deletionAtRandom);
  text += tileChart("Insertion", "% of tiles shown", curves.insertionByAttention, curves.insertionAtRandom);
  return text +
         fmt::format(
             "</div><p class=\"key\"><i style=\"background:{}\"></i>tiles of most attention first<i "
             "style=\"background:{}\"></i>tiles at random &nbsp; mean over {} cases and {} genes, bands "
             "95 %</p>\n",
             kRed, kGrey, curves.cases, curves.genes);
}

std::string rule() {
  return "<h2>The rule</h2><p>A gene is <b>well predicted</b> only if, on cases the model was not trained "
         "on, r "
         "&gt; 0, p &lt; 0.05, its RMSE is below and its r above those of an untrained model of the same "
         "shape, "
         "Steiger's test of the two correlations has p &lt; 0.05 and its Benjamini-Hochberg q &lt; 0.2; and "
         "if "
         "it was so in training too. A predicted map is weak evidence; it is read with the gene's r beside "
         "it.</p>\n";
}

nlohmann::json toJson(const std::vector<CurvePoint>& curve) {
  nlohmann::json points = nlohmann::json::array();
  for (const CurvePoint& point : curve)
    points.push_back(
        {{"share", point.share}, {"mean", point.mean}, {"ci_low", point.low}, {"ci_high", point.high}});
  return points;
}

}  // namespace

std::string evaluationPage(const ModelPackage& package, const Evaluation& evaluation) {
  const std::string training = paragraph("Recipe", package.recipe) + paragraph("Unit", package.labelUnit) +
                               paragraph("Training", package.training) +
                               paragraph("Labels", package.normalisation);
  return framedPage(package, "Evaluation", evaluation.cohort, training,
                    facts(evaluation) + forests(evaluation.scores) + ranksAndTiles(evaluation) +
                        scatters(evaluation, package.labelUnit) +
                        (evaluation.survival ? survivalSection(*evaluation.survival) : "") + rule());
}

std::string evaluationAsJson(const ModelPackage& package, const Evaluation& evaluation) {
  nlohmann::json document = nlohmann::json::parse(scoresAsJson(evaluation.scores));
  document["model"] = {{"name", package.name}, {"version", package.version}, {"hash", package.hash}};
  document["cohort"] = {{"file", evaluation.cohort.filename().string()}, {"cases", evaluation.truth.rows}};
  document["tile_curves"] = {{"cases", evaluation.curves.cases},
                             {"genes", evaluation.curves.genes},
                             {"deletion_by_attention", toJson(evaluation.curves.deletionByAttention)},
                             {"deletion_at_random", toJson(evaluation.curves.deletionAtRandom)},
                             {"insertion_by_attention", toJson(evaluation.curves.insertionByAttention)},
                             {"insertion_at_random", toJson(evaluation.curves.insertionAtRandom)}};
  if (evaluation.survival) document["survival"] = survivalAsJson(*evaluation.survival);
  return document.dump(1);
}

}  // namespace geneglass
