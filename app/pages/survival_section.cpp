// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/survival_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/pages/page_style.h"
#include "app/pages/svg_chart.h"

namespace geneglass {
namespace {

constexpr size_t kDrawn = 4;

std::string shownFigure(double number, const char* format = "{:.3f}") {
  return std::isnan(number) ? "&ndash;" : fmt::format(fmt::runtime(format), number);
}

/// The curve from 1 at time 0 on, with a corner at each step.
SvgChart::Points stepsOf(const std::vector<SurvivalStep>& curve, double last) {
  SvgChart::Points points{{0, 1}};
  for (const SurvivalStep& step : curve) {
    points.emplace_back(step.time, points.back().second);
    points.emplace_back(step.time, step.survival);
  }
  if (!curve.empty() && curve.back().survival > 0 && last < curve.back().time)
    points.emplace_back(last, curve.back().survival);
  return points;
}

SvgChart::Points censoredIn(const std::vector<SurvivalStep>& curve) {
  SvgChart::Points points;
  for (const SurvivalStep& step : curve)
    if (step.censored > 0) points.emplace_back(step.time, step.survival);
  return points;
}

std::string curvesOf(const SurvivalOfGene& gene, double last) {
  SvgChart chart(330, 270, SvgChart::roundRange(0, last, 4), {0, 1});
  chart.title(gene.symbol, fmt::format("log-rank p {}, q {}", shownFigure(gene.halves.test.p, "{:.2g}"),
                                       shownFigure(gene.q, "{:.2g}")));
  chart.axes("time", "without the event", 4, last < 10 ? 1 : 0, 2);
  constexpr const char* kColours[] = {kBlue, kRed};
  for (size_t half = 0; half < gene.halves.names.size(); ++half) {
    const std::vector<SurvivalStep>& curve = gene.halves.curves[half];
    if (curve.empty()) continue;
    chart.line(stepsOf(curve, last), kColours[half]);
    chart.dots(censoredIn(curve), kColours[half], 1.6);
  }
  return chart.svg();
}

std::string rowOf(const SurvivalOfGene& gene) {
  std::string groups;
  for (size_t half = 0; half < gene.halves.names.size(); ++half)
    groups += fmt::format("<td>{}</td><td>{}</td>", gene.halves.patients[half],
                          shownFigure(medianSurvival(gene.halves.curves[half]), "{:g}"));
  return fmt::format("<tr><td>{}{}</td><td>{} [{}, {}]</td>{}<td>{}</td><td>{}</td><td>{}</td></tr>\n",
                     escapedForXml(gene.symbol), gene.wellPredicted ? "" : " (not well predicted)",
                     shownFigure(gene.concordance.c), shownFigure(gene.concordance.ci.low),
                     shownFigure(gene.concordance.ci.high), groups,
                     shownFigure(gene.halves.test.chiSquared, "{:.2f}"),
                     shownFigure(gene.halves.test.p, "{:.2g}"), shownFigure(gene.q, "{:.2g}"));
}

std::string introduction(const SurvivalScores& scores) {
  std::string text = fmt::format(
      "<p>{} patients whom the table <b>{}</b>{} knows, {} with the event{}. Patients are parted at the "
      "median of "
      "the training's out-of-fold predictions of a gene, which they did not choose. Concordance: of pairs of "
      "patients, the part in which the one with more of the gene has the event first, with its interval of "
      "95&nbsp;% by the infinitesimal jackknife; 0.5 says nothing. q: Benjamini-Hochberg over the genes. "
      "Nothing is adjusted for stage, age or treatment.</p>\n",
      scores.patients, escapedForXml(scores.file.filename().string()),
      scores.endpoint.empty() ? "" : " (" + escapedForXml(scores.endpoint) + ")", scores.events,
      scores.leftOut.empty() ? "" : fmt::format("; {} cases are not in it", scores.leftOut.size()));
  return text + fmt::format(
                    "<p class=\"key\"><i style=\"background:{}\"></i>low<i style=\"background:{}\"></i>high "
                    "&nbsp; dots: censored</p>\n",
                    kBlue, kRed);
}

nlohmann::json orNull(double number) {
  return std::isnan(number) ? nlohmann::json() : nlohmann::json(number);
}

}  // namespace

std::string survivalSection(const SurvivalScores& scores) {
  double last = 0;
  for (const SurvivalOfGene& gene : scores.genes)
    for (const auto& curve : gene.halves.curves)
      if (!curve.empty()) last = std::max(last, curve.back().time);
  const std::vector<size_t> order = bySurvival(scores);
  std::string text = "<h2>Survival by what is predicted</h2>" + introduction(scores) + "<div class=\"row\">";
  for (size_t i = 0; i < std::min(kDrawn, order.size()); ++i) text += curvesOf(scores.genes[order[i]], last);
  text +=
      "</div>\n<table><tr><th>gene</th><th>concordance</th><th>low</th><th>median</th><th>high</th>"
      "<th>median</th><th>log-rank</th><th>p</th><th>q</th></tr>\n";
  for (const size_t gene : order) text += rowOf(scores.genes[gene]);
  return text + "</table>\n";
}

nlohmann::json survivalAsJson(const SurvivalScores& scores) {
  using nlohmann::json;
  json genes = json::array();
  for (const SurvivalOfGene& gene : scores.genes) {
    json halves = json::array();
    for (size_t half = 0; half < gene.halves.names.size(); ++half)
      halves.push_back({{"name", gene.halves.names[half]},
                        {"patients", gene.halves.patients[half]},
                        {"observed", gene.halves.test.observed[half]},
                        {"expected", gene.halves.test.expected[half]},
                        {"median", orNull(medianSurvival(gene.halves.curves[half]))}});
    genes.push_back({{"symbol", gene.symbol},
                     {"well_predicted", gene.wellPredicted},
                     {"concordance", orNull(gene.concordance.c)},
                     {"ci_low", orNull(gene.concordance.ci.low)},
                     {"ci_high", orNull(gene.concordance.ci.high)},
                     {"groups", std::move(halves)},
                     {"chi_squared", orNull(gene.halves.test.chiSquared)},
                     {"p", orNull(gene.halves.test.p)},
                     {"q", orNull(gene.q)}});
  }
  return {{"file", scores.file.string()}, {"endpoint", scores.endpoint}, {"patients", scores.patients},
          {"events", scores.events},      {"left_out", scores.leftOut},  {"genes", std::move(genes)}};
}

}  // namespace geneglass
