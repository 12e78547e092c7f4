// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/survival_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/pages/page_style.h"
#include "app/pages/svg_chart.h"
#include "inference/prediction/class_colours.h"

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

/// Of each stratum in a colour of its own.
std::string curvesOf(const Strata& strata, const std::string& title, const std::string& tested,
                     const std::vector<std::string>& colours, double last) {
  SvgChart chart(330, 270, SvgChart::roundRange(0, last, 4), {0, 1});
  chart.title(title, tested);
  chart.axes("time", "without the event", 4, last < 10 ? 1 : 0, 2);
  for (size_t each = 0; each < strata.names.size(); ++each) {
    const std::vector<SurvivalStep>& curve = strata.curves[each];
    if (curve.empty()) continue;
    chart.line(stepsOf(curve, last), colours[each]);
    chart.dots(censoredIn(curve), colours[each], 1.6);
  }
  return chart.svg();
}

std::string curvesOf(const SurvivalOfGene& gene, double last) {
  return curvesOf(gene.halves, gene.symbol,
                  fmt::format("log-rank p {}, q {}", shownFigure(gene.halves.test.p, "{:.2g}"),
                              shownFigure(gene.q, "{:.2g}")),
                  {kBlue, kRed}, last);
}

/// The classes' colours, and grey for those without a call.
std::vector<std::string> classColoursOf(const SurvivalOfSubtype& subtype) {
  CallFacts facts;
  facts.classes.clear();
  for (const std::string& name : subtype.strata.names) facts.classes.push_back({.name = name});
  std::vector<std::string> colours;
  for (size_t each = 0; each + 1 < facts.classes.size(); ++each)
    colours.push_back(fmt::format("#{:06x}", classColour({}, facts, each) & 0xFFFFFFU));
  colours.push_back(kGrey);
  return colours;
}

std::string subtypeSection(const SurvivalOfSubtype& subtype, double last) {
  const std::vector<std::string> colours = classColoursOf(subtype);
  const LogRank& test = subtype.strata.test;
  std::string key, rows;
  for (size_t each = 0; each < colours.size(); ++each) {
    const std::string name = escapedForXml(subtype.strata.names[each]);
    key += fmt::format("<i style=\"background:{}\"></i>{}", colours[each], name);
    rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:.1f}</td></tr>\n", name,
                        subtype.strata.patients[each],
                        shownFigure(medianSurvival(subtype.strata.curves[each]), "{:g}"), test.observed[each],
                        test.expected[each]);
  }
  return fmt::format(
      "<h3>{} by nearest template</h3><p>Templates <b>{}</b>: {}. No call: a false discovery rate over these "
      "patients above 0.05. The test is of all groups that have patients.</p>\n<div class=\"row\">{}</div>\n"
      "<p class=\"key\">{} &nbsp; dots: censored</p>\n<table><tr><th>class</th><th>patients</th>"
      "<th>median</th><th>events</th><th>expected</th></tr>\n{}</table>\n",
      escapedForXml(subtype.target), escapedForXml(subtype.templates), escapedForXml(subtype.trust),
      curvesOf(subtype.strata, subtype.target, fmt::format("log-rank p {}", shownFigure(test.p, "{:.2g}")),
               colours, last),
      key, rows);
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
  text += "</table>\n";
  for (const SurvivalOfSubtype& subtype : scores.subtypes) text += subtypeSection(subtype, last);
  return text;
}

/// A group a row: who is in it, and what the test expected.
static nlohmann::json groupsAsJson(const Strata& strata) {
  nlohmann::json groups = nlohmann::json::array();
  for (size_t each = 0; each < strata.names.size(); ++each)
    groups.push_back({{"name", strata.names[each]},
                      {"patients", strata.patients[each]},
                      {"observed", strata.test.observed[each]},
                      {"expected", strata.test.expected[each]},
                      {"median", orNull(medianSurvival(strata.curves[each]))}});
  return groups;
}

nlohmann::json survivalAsJson(const SurvivalScores& scores) {
  using nlohmann::json;
  json genes = json::array();
  for (const SurvivalOfGene& gene : scores.genes) {
    genes.push_back({{"symbol", gene.symbol},
                     {"well_predicted", gene.wellPredicted},
                     {"concordance", orNull(gene.concordance.c)},
                     {"ci_low", orNull(gene.concordance.ci.low)},
                     {"ci_high", orNull(gene.concordance.ci.high)},
                     {"groups", groupsAsJson(gene.halves)},
                     {"chi_squared", orNull(gene.halves.test.chiSquared)},
                     {"p", orNull(gene.halves.test.p)},
                     {"q", orNull(gene.q)}});
  }
  json subtypes = json::array();
  for (const SurvivalOfSubtype& subtype : scores.subtypes)
    subtypes.push_back({{"target", subtype.target},
                        {"templates", subtype.templates},
                        {"heldout", nullptr},
                        {"statement", subtype.trust},
                        {"groups", groupsAsJson(subtype.strata)},
                        {"chi_squared", orNull(subtype.strata.test.chiSquared)},
                        {"p", orNull(subtype.strata.test.p)}});
  return {{"file", scores.file.filename().string()},
          {"endpoint", scores.endpoint},
          {"patients", scores.patients},
          {"events", scores.events},
          {"left_out", scores.leftOut},
          {"genes", std::move(genes)},
          {"subtypes", std::move(subtypes)}};
}

}  // namespace geneglass
