// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/block_bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <utility>

#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

/// The number of each place's square, counted from 0, and how many squares hold a place.
std::pair<std::vector<size_t>, size_t> squaresOf(std::span<const Point> places, double side, Point origin) {
  std::map<std::pair<int64_t, int64_t>, size_t> numbers;
  std::vector<size_t> square;
  for (const Point& place : places) {
    const std::pair key(int64_t(std::floor((place.x - origin.x) / side)),
                        int64_t(std::floor((place.y - origin.y) / side)));
    square.push_back(numbers.emplace(key, numbers.size()).first->second);
  }
  return {square, numbers.size()};
}

std::vector<double> movedBy(std::span<const double> values, double mean) {
  std::vector<double> moved(values.begin(), values.end());
  for (double& value : moved) value -= mean;
  return moved;
}

std::vector<double> centred(std::span<const double> values) {
  return movedBy(values, std::accumulate(values.begin(), values.end(), 0.0) / double(values.size()));
}

std::vector<double> centred(std::span<const double> values, std::span<const double> times) {
  return movedBy(values, std::inner_product(values.begin(), values.end(), times.begin(), 0.0) /
                             std::accumulate(times.begin(), times.end(), 0.0));
}

/// How often each pair of placed ones was drawn.
void takenInto(std::vector<double>& taken, const PlacedPairs& pairs, std::span<const uint16_t> timesOfPlace) {
  for (size_t i = 0; i < taken.size(); ++i) taken[i] = pairs.times[i] * timesOfPlace[pairs.place[i]];
}

/// Of pairs that each count `times` times.
template <typename Times>
double correlation(std::span<const double> x, std::span<const double> y, const Times& times) {
  double n = 0, sumX = 0, sumY = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double weight = times[i];
    n += weight;
    sumX += weight * x[i];
    sumY += weight * y[i];
    xx += weight * x[i] * x[i];
    yy += weight * y[i] * y[i];
    xy += weight * x[i] * y[i];
  }
  const double spreadX = xx - sumX * sumX / n, spreadY = yy - sumY * sumY / n;
  if (!(spreadX > 1e-12 * xx) || !(spreadY > 1e-12 * yy)) return kUndefined;
  return std::clamp((xy - sumX * sumY / n) / std::sqrt(spreadX) / std::sqrt(spreadY), -1.0, 1.0);
}

std::vector<size_t> indicesByValue(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  return order;
}

/// Mid-ranks of values that each occur `times` times, about their middle.
template <typename Times>
void rankInto(std::vector<double>& ranks, std::span<const double> values, std::span<const size_t> order,
              const Times& times) {
  double below = 0;
  for (size_t first = 0; first < order.size();) {
    size_t last = first;
    double here = 0;
    for (; last < order.size() && values[order[last]] == values[order[first]]; ++last)
      here += times[order[last]];
    for (size_t i = first; i < last; ++i) ranks[order[i]] = below + (here + 1) / 2;
    below += here;
    first = last;
  }
  for (double& rank : ranks) rank -= (below + 1) / 2;
}

/// Fisher's z; a correlation of 1 stays finite.
double fisher(double r) {
  constexpr double kMost = 1 - 1e-12;
  return std::atanh(std::clamp(r, -kMost, kMost));
}

}  // namespace

BlockBootstrap::BlockBootstrap(std::span<const Point> places, double side, int draws, uint64_t seed)
    : m_places(places.size()), m_times(places.size() * size_t(draws)) {
  std::mt19937_64 random(seed);
  const auto part = [&] { return double(random() >> 11) * 0x1p-53; };
  for (size_t draw = 0; draw < size_t(draws); ++draw) {
    const double x = part() * side, y = part() * side;
    const auto [square, count] = squaresOf(places, side, {x, y});
    std::vector<uint16_t> taken(count);
    for (size_t i = 0; i < count; ++i) ++taken[random() % count];
    for (size_t i = 0; i < m_places; ++i) m_times[draw * m_places + i] = taken[square[i]];
    m_squares += double(count) / draws;
  }
}

std::span<const uint16_t> BlockBootstrap::timesOf(size_t draw) const {
  return {m_times.data() + draw * m_places, m_places};
}

std::vector<double> BlockBootstrap::pearsonDraws(std::span<const double> x, std::span<const double> y) const {
  const std::vector<double> centredX = centred(x), centredY = centred(y);
  std::vector<double> correlations;
  for (size_t draw = 0; draw < draws(); ++draw)
    correlations.push_back(correlation(centredX, centredY, timesOf(draw)));
  return correlations;
}

std::vector<double> BlockBootstrap::pearsonDraws(const PlacedPairs& pairs) const {
  const std::vector<double> x = centred(pairs.x, pairs.times), y = centred(pairs.y, pairs.times);
  std::vector<double> taken(x.size()), correlations;
  for (size_t draw = 0; draw < draws(); ++draw) {
    takenInto(taken, pairs, timesOf(draw));
    correlations.push_back(correlation(x, y, taken));
  }
  return correlations;
}

std::vector<double> BlockBootstrap::spearmanDraws(std::span<const double> x,
                                                  std::span<const double> y) const {
  const std::vector<size_t> orderX = indicesByValue(x), orderY = indicesByValue(y);
  std::vector<double> ranksX(m_places), ranksY(m_places), correlations;
  for (size_t draw = 0; draw < draws(); ++draw) {
    const std::span<const uint16_t> taken = timesOf(draw);
    rankInto(ranksX, x, orderX, taken);
    rankInto(ranksY, y, orderY, taken);
    correlations.push_back(correlation(ranksX, ranksY, taken));
  }
  return correlations;
}

std::vector<double> BlockBootstrap::spearmanDraws(const PlacedPairs& pairs) const {
  const std::vector<size_t> orderX = indicesByValue(pairs.x), orderY = indicesByValue(pairs.y);
  std::vector<double> taken(pairs.x.size()), ranksX(pairs.x.size()), ranksY(pairs.x.size()), correlations;
  for (size_t draw = 0; draw < draws(); ++draw) {
    takenInto(taken, pairs, timesOf(draw));
    rankInto(ranksX, pairs.x, orderX, taken);
    rankInto(ranksY, pairs.y, orderY, taken);
    correlations.push_back(correlation(ranksX, ranksY, taken));
  }
  return correlations;
}

Interval BlockBootstrap::interval(double r, std::span<const double> draws) const {
  double count = 0, sum = 0, squares = 0;
  for (const double draw : draws) {
    if (std::isnan(draw)) continue;
    ++count;
    sum += fisher(draw);
    squares += fisher(draw) * fisher(draw);
  }
  if (std::isnan(r) || m_squares < 4 || count < 2 || 2 * count < double(draws.size()))
    return {kUndefined, kUndefined};
  const double variance = std::max(0.0, (squares - sum * sum / count) / (count - 1));
  const double t = boost::math::quantile(boost::math::students_t(m_squares - 1), 0.975);
  const double reach = t * std::sqrt(variance * m_squares / (m_squares - 1));
  return {std::tanh(fisher(r) - reach), std::tanh(fisher(r) + reach)};
}

}  // namespace geneglass
