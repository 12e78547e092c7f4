// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/statistics.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace geneglass {
namespace {

std::vector<size_t> orderOf(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  return order;
}

double twoSidedNormal(double z) {
  if (!std::isfinite(z)) return std::isnan(z) ? kUndefined : 0;
  return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), std::abs(z)));
}

}  // namespace

double meanOf(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double pearson(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size() || x.size() < 2) return kUndefined;
  const double meanX = meanOf(x), meanY = meanOf(y);
  double xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - meanX) * (x[i] - meanX);
    yy += (y[i] - meanY) * (y[i] - meanY);
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  if (xx <= 0 || yy <= 0) return kUndefined;
  return std::clamp(xy / std::sqrt(xx) / std::sqrt(yy), -1.0, 1.0);
}

std::vector<double> midRanks(std::span<const double> values) {
  const std::vector<size_t> order = orderOf(values);
  std::vector<double> ranks(values.size());
  for (size_t first = 0; first < order.size();) {
    size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    for (size_t i = first; i <= last; ++i) ranks[order[i]] = double(first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

double spearman(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size()) return kUndefined;
  return pearson(midRanks(x), midRanks(y));
}

double pOfCorrelation(double r, int64_t n) {
  if (std::isnan(r) || n < 3) return kUndefined;
  if (std::abs(r) >= 1) return 0;
  const double t = r * std::sqrt(double(n - 2) / (1 - r * r));
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(double(n - 2)), std::abs(t)));
}

double pOfSteiger(double rFirst, double rSecond, double rBetween, int64_t n) {
  if (std::isnan(rFirst + rSecond + rBetween) || n < 4) return kUndefined;
  if (rFirst == rSecond) return 1;
  const double mean = (rFirst + rSecond) / 2, square = mean * mean;
  const double psi = rBetween * (1 - 2 * square) - square * (1 - 2 * square - rBetween * rBetween) / 2;
  const double covariance = psi / ((1 - square) * (1 - square));
  const double variance = (2 - 2 * covariance) / double(n - 3);
  if (variance <= 0) return kUndefined;
  return twoSidedNormal((std::atanh(rFirst) - std::atanh(rSecond)) / std::sqrt(variance));
}

std::vector<double> benjaminiHochberg(std::span<const double> p) {
  std::vector<double> known(p.begin(), p.end());
  for (double& value : known)
    if (std::isnan(value)) value = 1;
  const std::vector<size_t> order = orderOf(known);
  std::vector<double> q(p.size());
  double smallest = 1;
  for (size_t rank = order.size(); rank > 0; --rank) {
    const size_t index = order[rank - 1];
    smallest = std::min(smallest, known[index] * double(order.size()) / double(rank));
    q[index] = smallest;
  }
  return q;
}

double rSquared(std::span<const double> truth, std::span<const double> predicted) {
  if (truth.size() != predicted.size() || truth.size() < 2) return kUndefined;
  const double mean = meanOf(truth);
  double residual = 0, total = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    residual += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
    total += (truth[i] - mean) * (truth[i] - mean);
  }
  return total > 0 ? 1 - residual / total : kUndefined;
}

double rootMeanSquareError(std::span<const double> truth, std::span<const double> predicted) {
  if (truth.size() != predicted.size() || truth.empty()) return kUndefined;
  double sum = 0;
  for (size_t i = 0; i < truth.size(); ++i) sum += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
  return std::sqrt(sum / double(truth.size()));
}

double areaUnderRoc(std::span<const double> values, const std::vector<bool>& positive) {
  if (values.size() != positive.size()) return kUndefined;
  const std::vector<double> ranks = midRanks(values);
  double count = 0, sum = 0;
  for (size_t i = 0; i < ranks.size(); ++i)
    if (positive[i]) ++count, sum += ranks[i];
  const double others = double(values.size()) - count;
  if (count == 0 || others == 0) return kUndefined;
  return (sum - count * (count + 1) / 2) / (count * others);
}

Interval bootstrapPearson(std::span<const double> x, std::span<const double> y, int draws, uint64_t seed) {
  if (x.size() != y.size() || x.size() < 2) return {kUndefined, kUndefined};
  std::mt19937_64 random(seed);
  std::vector<double> drawnX(x.size()), drawnY(x.size()), all;
  for (int draw = 0; draw < draws; ++draw) {
    for (size_t i = 0; i < x.size(); ++i) {
      const size_t chosen = random() % x.size();
      drawnX[i] = x[chosen];
      drawnY[i] = y[chosen];
    }
    const double r = pearson(drawnX, drawnY);
    if (!std::isnan(r)) all.push_back(r);
  }
  if (all.empty()) return {kUndefined, kUndefined};
  std::sort(all.begin(), all.end());
  return {quantileOfSorted(all, 0.025), quantileOfSorted(all, 0.975)};
}

double quantileOfSorted(std::span<const double> sorted, double share) {
  if (sorted.empty()) return kUndefined;
  const double position = std::clamp(share, 0.0, 1.0) * double(sorted.size() - 1);
  const size_t below = static_cast<size_t>(position);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - double(below));
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantileOfSorted(values, 0.5);
}

}  // namespace geneglass
