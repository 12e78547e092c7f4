// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/position_grid.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

/// Where one of the wanted places takes from.
struct Taps {
  std::vector<int> places;
  std::vector<double> weights;
};

double keys(double x, double a) {
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/// Beyond the edges nothing is taken.
Taps widened(int place, int side, double step) {
  const double stretch = std::max(1.0, step), centre = (place + 0.5) * step;
  const int first = std::max(0, static_cast<int>(centre - 2 * stretch + 0.5)),
            last = std::min(side, static_cast<int>(centre + 2 * stretch + 0.5));
  Taps taps;
  double sum = 0;
  for (int from = first; from < last; ++from) {
    taps.places.push_back(from);
    taps.weights.push_back(keys((from - centre + 0.5) / stretch, -0.5));
    sum += taps.weights.back();
  }
  for (double& weight : taps.weights) weight /= sum;
  return taps;
}

/// Beyond the edges the edge is taken.
Taps ofFour(int place, int side, double step) {
  const double centre = (place + 0.5) * step - 0.5, floor = std::floor(centre);
  Taps taps;
  for (int i = -1; i <= 2; ++i) {
    taps.places.push_back(std::clamp(static_cast<int>(floor) + i, 0, side - 1));
    taps.weights.push_back(keys(centre - floor - i, -0.75));
  }
  return taps;
}

}  // namespace

std::vector<float> resamplePositions(const std::vector<float>& positions, int side, int wanted, int across,
                                     bool antialias) {
  std::vector<Taps> taps;
  const double step = double(side) / wanted;
  for (int place = 0; place < wanted; ++place)
    taps.push_back(antialias ? widened(place, side, step) : ofFour(place, side, step));
  std::vector<float> all;
  std::vector<double> sum(static_cast<size_t>(across));
  for (const Taps& down : taps)
    for (const Taps& right : taps) {
      std::ranges::fill(sum, 0);
      for (size_t y = 0; y < down.places.size(); ++y)
        for (size_t x = 0; x < right.places.size(); ++x) {
          const double weight = down.weights[y] * right.weights[x];
          const auto from = static_cast<size_t>((down.places[y] * side + right.places[x]) * across);
          for (size_t c = 0; c < sum.size(); ++c) sum[c] += weight * positions[from + c];
        }
      all.insert(all.end(), sum.begin(), sum.end());
    }
  return all;
}

}  // namespace geneglass
