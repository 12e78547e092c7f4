// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_lattice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <opencv2/core.hpp>

#include "inference/learning/spots/place_index.h"
#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

constexpr size_t kFewest = 6;
constexpr double kNear = 0.3;         ///< of a step: so far beside it a neighbour may lie
constexpr double kReached = 0.9;      ///< of the spots
constexpr double kMostBeside = 0.25;  ///< of the pitch, root mean square
constexpr int kRounds = 3;            ///< of numbering and fitting

double lengthOf(const Point& step) {
  return std::hypot(step.x, step.y);
}

Point operator-(const Point& a, const Point& b) {
  return {a.x - b.x, a.y - b.y};
}

/// IndexedPlaces and what finds them.
struct IndexedPlaces {
  const std::vector<Point>& centres;
  PlaceIndex index{centres};
};

double nearestOther(const IndexedPlaces& places) {
  std::vector<double> nearest;
  for (size_t one = 0; one < places.centres.size(); ++one)
    if (const double least = places.index.toNearestOther(one); std::isfinite(least)) nearest.push_back(least);
  return median(std::move(nearest));
}

/// Calls `take` with the way from each spot to each other that is less than `beside` of its length beside
/// `step`.
void forEachStep(const IndexedPlaces& places, const Point& step, double beside,
                 const std::function<void(const Point&)>& take) {
  const double reach = beside * lengthOf(step);
  std::vector<size_t> near;
  for (const Point& one : places.centres) {
    places.index.near({one.x + step.x, one.y + step.y}, reach, near);
    for (const size_t other : near)
      if (const Point to = places.centres[other] - one; lengthOf(to - step) < reach) take(to);
  }
}

/// Mean of the steps to neighbours that are like `step`, or the reverse of one.
Point refined(const IndexedPlaces& places, const Point& step) {
  Point sum;
  double count = 0;
  forEachStep(places, step, kNear, [&](const Point& to) { sum.x += to.x, sum.y += to.y, ++count; });
  return count > 0 ? Point{sum.x / count, sum.y / count} : step;
}

/// How many pairs of spots are one such step apart.
size_t pairsApart(const IndexedPlaces& places, const Point& step) {
  size_t pairs = 0;
  forEachStep(places, step, kNear / 2, [&](const Point&) { ++pairs; });
  return pairs;
}

/// Two steps to neighbours in different directions, each the commonest of its kind.
std::optional<std::array<Point, 2>> stepsOf(const IndexedPlaces& places, double pitch) {
  constexpr int kDirections = 36;  // of the half turn
  std::array<size_t, kDirections> pairs{};
  const auto stepAt = [&](int direction) {
    const double angle = CV_PI * direction / kDirections;
    return Point{pitch * std::cos(angle), pitch * std::sin(angle)};
  };
  for (int direction = 0; direction < kDirections; ++direction)
    pairs[size_t(direction)] = pairsApart(places, stepAt(direction));
  const auto best = int(std::ranges::max_element(pairs) - pairs.begin());
  int second = -1;
  for (int direction = 0; direction < kDirections; ++direction) {
    const int apart = std::abs(direction - best), turn = std::min(apart, kDirections - apart);
    if (turn < kDirections / 4) continue;  // 45 degrees: neighbours lie 60 or 90 apart
    if (second < 0 || pairs[size_t(direction)] > pairs[size_t(second)]) second = direction;
  }
  if (pairs[size_t(best)] == 0 || pairs[size_t(second)] == 0) return {};
  return std::array{refined(places, stepAt(best)), refined(places, stepAt(second))};
}

/// Whole numbers of each spot that is reached from the one in the middle by such steps; none of the others.
std::vector<std::optional<std::array<int, 2>>> numbered(const IndexedPlaces& places,
                                                        const std::array<Point, 2>& steps) {
  const std::vector<Point>& centres = places.centres;
  Point mean;
  for (const Point& one : centres)
    mean.x += one.x / double(centres.size()), mean.y += one.y / double(centres.size());
  const auto middle =
      size_t(std::ranges::min_element(centres, {}, [&](const Point& one) { return lengthOf(one - mean); }) -
             centres.begin());
  std::vector<std::optional<std::array<int, 2>>> numbers(centres.size());
  numbers[middle] = {0, 0};
  std::vector<size_t> next{middle}, beside;
  const double near = kNear * std::min(lengthOf(steps[0]), lengthOf(steps[1]));
  for (size_t at = 0; at < next.size(); ++at) {
    const size_t from = next[at];
    for (int way = 0; way < 4; ++way) {
      const Point& step = steps[size_t(way / 2)];
      const int sign = way % 2 == 0 ? 1 : -1;
      const Point place{centres[from].x + sign * step.x, centres[from].y + sign * step.y};
      places.index.near(place, near, beside);
      for (const size_t other : beside) {
        if (numbers[other] || lengthOf(centres[other] - place) > near) continue;
        numbers[other] = numbers[from];
        (*numbers[other])[size_t(way / 2)] += sign;
        next.push_back(other);
      }
    }
  }
  return numbers;
}

/// Least squares over the numbered spots.
std::optional<SpotLattice> fitted(const std::vector<Point>& centres,
                                  const std::vector<std::optional<std::array<int, 2>>>& numbers) {
  cv::Mat1d places(0, 3), where(0, 2);
  for (size_t i = 0; i < centres.size(); ++i) {
    if (!numbers[i]) continue;
    places.push_back(cv::Mat1d((cv::Mat1d(1, 3) << 1, (*numbers[i])[0], (*numbers[i])[1])));
    where.push_back(cv::Mat1d((cv::Mat1d(1, 2) << centres[i].x, centres[i].y)));
  }
  cv::Mat1d solution;
  if (!cv::solve(places, where, solution, cv::DECOMP_SVD)) return {};
  const cv::Mat1d beside = places * solution - where;
  return SpotLattice{{solution(0, 0), solution(0, 1)},
                     {solution(1, 0), solution(1, 1)},
                     {solution(2, 0), solution(2, 1)},
                     std::sqrt(beside.dot(beside) / double(places.rows))};
}

}  // namespace

double SpotLattice::pitch() const {
  return (lengthOf(first) + lengthOf(second)) / 2;
}

std::optional<SpotLattice> fitLattice(const std::vector<Point>& centres) {
  if (centres.size() < kFewest) return {};
  const IndexedPlaces places{centres};
  const double pitch = nearestOther(places);
  if (!(pitch > 0)) return {};
  auto steps = stepsOf(places, pitch);
  std::optional<SpotLattice> lattice;
  for (int round = 0; round < kRounds && steps; ++round) {
    const auto numbers = numbered(places, *steps);
    const auto reached = std::ranges::count_if(numbers, [](const auto& one) { return one.has_value(); });
    if (double(reached) < kReached * double(centres.size())) return {};
    lattice = fitted(centres, numbers);
    if (!lattice) return {};
    steps = {lattice->first, lattice->second};
  }
  const bool lies = lattice && lattice->residual <= kMostBeside * lattice->pitch();
  return lies ? lattice : std::nullopt;
}

double spotPitch(const std::vector<Point>& centres) {
  const std::optional<SpotLattice> lattice = fitLattice(centres);
  return lattice ? lattice->pitch() : nearestOther(IndexedPlaces{centres});
}

}  // namespace geneglass
