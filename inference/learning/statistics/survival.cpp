// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/survival.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>
#include <utility>

namespace geneglass {
namespace {

std::vector<size_t> inTime(std::span<const FollowUp> patients) {
  std::vector<size_t> order(patients.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t patient) { return patients[patient].time; });
  return order;
}

/// Calls `at` with each different time's patients: [first, last) of `order`.
template <typename At>
void forEachTime(std::span<const FollowUp> patients, const std::vector<size_t>& order, At at) {
  for (size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && patients[order[last]].time == patients[order[first]].time) ++last;
    at(first, last);
  }
}

/// x' A^-1 x of a symmetric positive A of n x n, by elimination; NaN where A is singular.
double quadraticForm(std::vector<double> a, const std::vector<double>& x) {
  const size_t n = x.size();
  std::vector<double> right = x;
  double most = 0;
  for (size_t i = 0; i < n; ++i) most = std::max(most, a[i * n + i]);
  double sum = 0;
  for (size_t i = 0; i < n; ++i) {
    const double pivot = a[i * n + i];
    if (!(pivot > 1e-10 * most)) return kUndefined;
    sum += right[i] * right[i] / pivot;
    for (size_t row = i + 1; row < n; ++row) {
      const double part = a[row * n + i] / pivot;
      for (size_t column = i; column < n; ++column) a[row * n + column] -= part * a[i * n + column];
      right[row] -= part * right[i];
    }
  }
  return sum;
}

/// What the log-rank test adds up over the times of events.
struct GroupSums {
  std::vector<double> observed, expected, atRisk;
  std::vector<double> variance;  ///< K x K

  explicit GroupSums(size_t groups)
      : observed(groups), expected(groups), atRisk(groups), variance(groups * groups) {}

  void add(double events, double risk) {
    const size_t groups = atRisk.size();
    const double ties = risk > 1 ? events * (risk - events) / (risk - 1) : 0;
    for (size_t i = 0; i < groups; ++i) {
      const double share = atRisk[i] / risk;
      expected[i] += events * share;
      variance[i * groups + i] += ties * share;
      for (size_t j = 0; j < groups; ++j) variance[i * groups + j] -= ties * share * atRisk[j] / risk;
    }
  }
};

/// How the pairs that one patient is in go.
struct PairCounts {
  double concordant = 0;
  double discordant = 0;
  double tied = 0;

  void count(double first, double second) {
    (first > second ? concordant : first < second ? discordant : tied) += 1;
  }
  double difference() const { return concordant - discordant; }
  double all() const { return concordant + discordant + tied; }
};

}  // namespace

std::vector<SurvivalStep> kaplanMeier(std::span<const FollowUp> patients) {
  const std::vector<size_t> order = inTime(patients);
  std::vector<SurvivalStep> curve;
  double survival = 1, greenwood = 0;
  forEachTime(patients, order, [&](size_t first, size_t last) {
    SurvivalStep step{patients[order[first]].time, order.size() - first, 0, 0, 1, {}};
    for (size_t i = first; i < last; ++i) ++(patients[order[i]].event ? step.events : step.censored);
    const double risk = double(step.atRisk), events = double(step.events);
    survival *= 1 - events / risk;
    greenwood += events / (risk * (risk - events));
    step.survival = survival;
    const double reach = std::exp(kDeviations95 * std::sqrt(greenwood));
    if (survival > 0)
      step.ci = {survival / reach, std::min(1.0, survival * reach)};
    else
      step.ci = {kUndefined, kUndefined};
    curve.push_back(step);
  });
  return curve;
}

double medianSurvival(std::span<const SurvivalStep> curve) {
  constexpr double kRounding = 1e-12;
  const auto half =
      std::ranges::find_if(curve, [](const SurvivalStep& step) { return step.survival <= 0.5 + kRounding; });
  if (half == curve.end()) return kUndefined;
  if (half->survival < 0.5 - kRounding) return half->time;
  const auto below = std::find_if(half, curve.end(),
                                  [](const SurvivalStep& step) { return step.survival < 0.5 - kRounding; });
  return below == curve.end() ? half->time : (half->time + below->time) / 2;
}

LogRank logRank(std::span<const FollowUp> patients, std::span<const size_t> group, size_t groups) {
  GroupSums sums(groups);
  for (const size_t one : group) ++sums.atRisk[one];
  const std::vector<size_t> order = inTime(patients);
  forEachTime(patients, order, [&](size_t first, size_t last) {
    double events = 0;
    for (size_t i = first; i < last; ++i)
      if (patients[order[i]].event) ++events, ++sums.observed[group[order[i]]];
    if (events > 0) sums.add(events, double(order.size() - first));
    for (size_t i = first; i < last; ++i) --sums.atRisk[group[order[i]]];
  });
  LogRank found{.observed = sums.observed, .expected = sums.expected};
  std::vector<size_t> held;  // groups of whom somebody was at risk of an event
  for (size_t each = 0; each < groups; ++each)
    if (sums.expected[each] > 0) held.push_back(each);
  if (held.size() < 2) return found;
  held.pop_back();  // the last group's difference follows from the others'
  std::vector<double> differences, variance;
  for (const size_t i : held) {
    differences.push_back(sums.observed[i] - sums.expected[i]);
    for (const size_t j : held) variance.push_back(sums.variance[i * groups + j]);
  }
  found.chiSquared = quadraticForm(std::move(variance), differences);
  found.freedom = int(held.size());
  if (!std::isnan(found.chiSquared))
    found.p =
        boost::math::cdf(boost::math::complement(boost::math::chi_squared(found.freedom), found.chiSquared));
  return found;
}

Concordance concordance(std::span<const FollowUp> patients, std::span<const double> risk) {
  const size_t count = patients.size();
  std::vector<PairCounts> own(count);
  PairCounts all;
  const auto isFirst = [&](size_t i, size_t j) {  // whether it is known that i has the event before j
    return patients[i].event && (patients[j].time > patients[i].time ||
                                 (patients[j].time == patients[i].time && !patients[j].event));
  };
  for (size_t i = 0; i < count; ++i)
    for (size_t j = 0; j < count; ++j) {
      if (!isFirst(i, j)) continue;
      for (PairCounts* counts : {&own[i], &own[j], &all}) counts->count(risk[i], risk[j]);
    }
  Concordance found;
  found.pairs = size_t(all.all());
  if (found.pairs == 0) return found;
  const double somers = all.difference() / all.all();
  found.c = (somers + 1) / 2;
  double variance = 0;
  for (const PairCounts& counts : own)
    variance += std::pow((counts.difference() - somers * counts.all()) / all.all(), 2) / 4;
  found.deviation = std::sqrt(variance);
  found.ci = {std::max(0.0, found.c - kDeviations95 * found.deviation),
              std::min(1.0, found.c + kDeviations95 * found.deviation)};
  return found;
}

}  // namespace geneglass
