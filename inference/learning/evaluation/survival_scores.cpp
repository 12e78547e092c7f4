// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/survival_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "inference/learning/statistics/statistics.h"
#include "inference/subtype/nearest_template.h"
#include "inference/subtype/subtype_slide.h"

namespace geneglass {
namespace {

constexpr size_t kFewestFollowed = 10;

/// The patients that count: what became of them, and their rows.
struct Followed {
  std::vector<FollowUp> patients;
  std::vector<size_t> rows;
};

SurvivalOfGene scoreGene(const Followed& followed, const Matrix& predicted, size_t gene,
                         const GeneFacts& facts) {
  const double threshold = facts.predictionQuantiles.empty()
                               ? facts.trainingMean
                               : facts.predictionQuantiles[facts.predictionQuantiles.size() / 2];
  std::vector<double> values;
  std::vector<size_t> half;
  for (const size_t row : followed.rows) {
    values.push_back(predicted.at(row, gene));
    half.push_back(values.back() > threshold);
  }
  return {facts.symbol, facts.wellPredicted, concordance(followed.patients, values),
          strataOf(followed.patients, half, {"low", "high"}), kUndefined};
}

Result<SurvivalOfSubtype> scoreSubtype(const Followed& followed, const Matrix& predicted,
                                       const ModelPackage& package, const TemplateSet& templates) {
  SurvivalOfSubtype scored{templates.target, templates.file.string(), {}, {}};
  std::vector<size_t> nearest;
  std::vector<double> chances;
  for (const size_t row : followed.rows) {
    std::vector<double> values;
    for (size_t gene = 0; gene < package.genes.size(); ++gene) values.push_back(predicted.at(row, gene));
    const Result<TemplateCall> call = callOfValues(values, package, templates);
    if (!call) return tl::unexpected(call.error());
    nearest.push_back(call->nearest);
    chances.push_back(call->p);
    scored.trust = trustInWords(*call);
  }
  const std::vector<double> rates = benjaminiHochberg(chances);
  std::vector<std::string> names = templates.classes;
  for (size_t i = 0; i < nearest.size(); ++i)
    if (rates[i] > NearestTemplate::kMostFalse) nearest[i] = names.size();
  names.push_back("no call");
  scored.strata = strataOf(followed.patients, nearest, std::move(names));
  return scored;
}

/// A p that is not 0 is not written as 0.
std::string chanceOf(double p) {
  return p < 0.001 ? "<0.001" : std::isnan(p) ? "-" : fmt::format("{:.3f}", p);
}

std::string figureOf(double number) {
  return std::isnan(number) ? "-" : fmt::format("{:.3f}", number);
}

}  // namespace

Strata strataOf(const std::vector<FollowUp>& patients, const std::vector<size_t>& group,
                std::vector<std::string> names) {
  Strata strata{std::move(names), {}, {}, {}};
  for (size_t each = 0; each < strata.names.size(); ++each) {
    std::vector<FollowUp> own;
    for (size_t i = 0; i < patients.size(); ++i)
      if (group[i] == each) own.push_back(patients[i]);
    strata.patients.push_back(own.size());
    strata.curves.push_back(kaplanMeier(own));
  }
  strata.test = logRank(patients, group, strata.names.size());
  return strata;
}

Result<void> checkSurvival(const SurvivalTable& table, const std::vector<std::string>& cases) {
  size_t known = 0, events = 0;
  for (const std::string& one : cases)
    if (const auto outcome = table.of(one)) ++known, events += outcome->event;
  if (known >= kFewestFollowed && events > 0) return {};
  return fail(
      fmt::format("Cannot use the survival table '{}': it knows what became of {} of the {} cases, {} "
                  "with the event; {} with an event among them are the fewest.",
                  table.file.string(), known, cases.size(), events, kFewestFollowed));
}

Result<SurvivalScores> scoreSurvival(const SurvivalTable& table, const std::vector<std::string>& cases,
                                     const Matrix& predicted, const ModelPackage& package,
                                     const std::vector<TemplateSet>& templates) {
  if (const Result<void> checked = checkSurvival(table, cases); !checked)
    return tl::unexpected(checked.error());
  SurvivalScores scores{table.file, table.endpoint, 0, 0, {}, {}};
  Followed followed;
  for (size_t row = 0; row < cases.size(); ++row) {
    const auto outcome = table.of(cases[row]);
    if (!outcome) {
      scores.leftOut.push_back(cases[row]);
      continue;
    }
    followed.patients.push_back({outcome->time, outcome->event});
    followed.rows.push_back(row);
    scores.events += outcome->event;
  }
  scores.patients = followed.rows.size();
  std::vector<double> chances;
  for (size_t gene = 0; gene < package.genes.size(); ++gene) {
    scores.genes.push_back(scoreGene(followed, predicted, gene, package.genes[gene]));
    chances.push_back(scores.genes.back().halves.test.p);
  }
  const std::vector<double> q = benjaminiHochberg(chances);
  for (size_t gene = 0; gene < q.size(); ++gene)
    if (!std::isnan(chances[gene])) scores.genes[gene].q = q[gene];
  for (const TemplateSet& set : templates) {
    Result<SurvivalOfSubtype> subtype = scoreSubtype(followed, predicted, package, set);
    if (!subtype) return tl::unexpected(subtype.error());
    scores.subtypes.push_back(std::move(*subtype));
  }
  return scores;
}

std::vector<size_t> bySurvival(const SurvivalScores& scores) {
  std::vector<size_t> order(scores.genes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t gene) {
    const double p = scores.genes[gene].halves.test.p;
    return std::isnan(p) ? 2 : p;
  });
  return order;
}

std::string survivalAsTable(const SurvivalScores& scores) {
  std::string text = fmt::format(
      "\nSurvival{}{}: {} patients, {} with the event\n{:12} {:>11} {:>15} {:>9} {:>9} {:>8} {:>8}\n",
      scores.endpoint.empty() ? "" : ", ", scores.endpoint, scores.patients, scores.events, "gene",
      "concordance", "95 % interval", "low/high", "log-rank", "p", "q");
  for (const size_t gene : bySurvival(scores)) {
    const SurvivalOfGene& one = scores.genes[gene];
    text += fmt::format(
        "{:12} {:>11} {:>15} {:>9} {:>9} {:>8} {:>8}{}\n", one.symbol, figureOf(one.concordance.c),
        fmt::format("{} to {}", figureOf(one.concordance.ci.low), figureOf(one.concordance.ci.high)),
        fmt::format("{}/{}", one.halves.patients[0], one.halves.patients[1]),
        figureOf(one.halves.test.chiSquared), chanceOf(one.halves.test.p), chanceOf(one.q),
        one.wellPredicted ? "" : "  not well predicted");
  }
  for (const SurvivalOfSubtype& subtype : scores.subtypes) {
    std::string groups;
    for (size_t each = 0; each < subtype.strata.names.size(); ++each)
      groups += fmt::format("{}{} {}", each > 0 ? ", " : "", subtype.strata.names[each],
                            subtype.strata.patients[each]);
    text += fmt::format("{} by nearest template: {}; log-rank {} of {} degrees of freedom, p {}; {}\n",
                        subtype.target, groups, figureOf(subtype.strata.test.chiSquared),
                        subtype.strata.test.freedom, chanceOf(subtype.strata.test.p), subtype.trust);
  }
  return text;
}

}  // namespace geneglass
