// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/roc_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

constexpr int kDraws = 2000;

/// (area - theta)^2 <= z^2 V(theta)
bool isWithin(double area, double theta, double positives, double negatives) {
  const double others = (positives + negatives) / 2 - 1;
  const double variance = theta * (1 - theta) *
                          (1 + others * (1 - theta) / (2 - theta) + others * theta / (1 + theta)) /
                          (positives * negatives);
  return (area - theta) * (area - theta) <= kDeviations95 * kDeviations95 * variance;
}

/// The last theta within the interval on the way from `area` to `end`.
double edge(double area, double end, double positives, double negatives) {
  double inside = area, outside = end;
  for (int i = 0; i < 60; ++i) {
    const double middle = (inside + outside) / 2;
    (isWithin(area, middle, positives, negatives) ? inside : outside) = middle;
  }
  return inside;
}

/// The entries of each patient.
std::vector<std::vector<size_t>> entriesOf(std::span<const size_t> patient) {
  std::map<size_t, std::vector<size_t>> entries;
  for (size_t i = 0; i < patient.size(); ++i) entries[patient[i]].push_back(i);
  std::vector<std::vector<size_t>> all;
  for (auto& [name, own] : entries) all.push_back(std::move(own));
  return all;
}

}  // namespace

std::vector<RocPoint> rocCurve(std::span<const double> scores, const std::vector<bool>& positive) {
  const double positives = double(std::count(positive.begin(), positive.end(), true));
  const double negatives = double(positive.size()) - positives;
  if (scores.size() != positive.size() || positives == 0 || negatives == 0) return {};
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  std::vector<RocPoint> curve{{}};
  double right = 0, wrong = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    ++(positive[order[i]] ? right : wrong);
    if (i + 1 == order.size() || scores[order[i + 1]] != scores[order[i]])
      curve.push_back({wrong / negatives, right / positives});
  }
  return curve;
}

Interval bootstrapAuc(std::span<const double> scores, const std::vector<bool>& positive,
                      std::span<const size_t> patient, int draws, uint64_t seed) {
  const std::vector<std::vector<size_t>> entries = entriesOf(patient);
  std::mt19937_64 random(seed);
  std::vector<double> areas;
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<double> drawn;
    std::vector<bool> drawnPositive;
    for (size_t i = 0; i < entries.size(); ++i)
      for (const size_t entry : entries[random() % entries.size()]) {
        drawn.push_back(scores[entry]);
        drawnPositive.push_back(positive[entry]);
      }
    if (const double area = areaUnderRoc(drawn, drawnPositive); !std::isnan(area)) areas.push_back(area);
  }
  if (areas.empty()) return {kUndefined, kUndefined};
  std::sort(areas.begin(), areas.end());
  return {quantileOfSorted(areas, 0.025), quantileOfSorted(areas, 0.975)};
}

Interval newcombeInterval(double area, double positives, double negatives) {
  if (std::isnan(area) || positives < 1 || negatives < 1) return {kUndefined, kUndefined};
  if (area >= 1) return {edge(1 - 1e-9, 0, positives, negatives), 1};
  if (area <= 0) return {0, edge(1e-9, 1, positives, negatives)};
  return {edge(area, 0, positives, negatives), edge(area, 1, positives, negatives)};
}

Interval aucInterval(std::span<const double> scores, const std::vector<bool>& positive,
                     std::span<const size_t> patient, uint64_t seed) {
  std::set<size_t> positives, negatives;
  for (size_t i = 0; i < patient.size(); ++i) (positive[i] ? positives : negatives).insert(patient[i]);
  const Interval drawn = bootstrapAuc(scores, positive, patient, kDraws, seed);
  const Interval formula =
      newcombeInterval(areaUnderRoc(scores, positive), double(positives.size()), double(negatives.size()));
  return {std::fmin(drawn.low, formula.low), std::fmax(drawn.high, formula.high)};
}

}  // namespace geneglass
