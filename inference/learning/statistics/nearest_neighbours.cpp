// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/nearest_neighbours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace geneglass {
namespace {

constexpr double kSharpness = 0.07;

/// Columns to mean 0 and deviation 1, then rows to length 1.
Matrix standardised(const Matrix& features) {
  Matrix out(features.rows, features.columns);
  for (size_t column = 0; column < features.columns; ++column) {
    double sum = 0, squares = 0;
    for (size_t row = 0; row < features.rows; ++row) sum += features.at(row, column);
    const double mean = sum / double(features.rows);
    for (size_t row = 0; row < features.rows; ++row) squares += std::pow(features.at(row, column) - mean, 2);
    const double deviation = std::sqrt(squares / double(features.rows)) + 1e-9;
    for (size_t row = 0; row < features.rows; ++row)
      out.at(row, column) = float((features.at(row, column) - mean) / deviation);
  }
  for (size_t row = 0; row < out.rows; ++row) {
    double squares = 1e-12;
    for (const float value : out.row(row)) squares += double(value) * value;
    for (float& value : out.row(row)) value = float(value / std::sqrt(squares));
  }
  return out;
}

float cosine(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

int vote(std::vector<std::pair<float, int>>& likeness, size_t neighbours) {
  const size_t count = std::min(neighbours, likeness.size());
  std::partial_sort(likeness.begin(), likeness.begin() + int64_t(count), likeness.end(), std::greater<>());
  std::map<int, double> votes;
  for (size_t i = 0; i < count; ++i)
    votes[likeness[i].second] += std::exp((likeness[i].first - likeness[0].first) / kSharpness);
  const auto most = std::max_element(votes.begin(), votes.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == votes.end() ? -1 : most->first;
}

}  // namespace

NeighbourScore neighbourScore(const Matrix& features, std::span<const int> classes,
                              std::span<const int> groups, size_t neighbours) {
  const Matrix rows = standardised(features);
  std::map<int, std::pair<double, double>> ofClass;  // right, all
  std::vector<std::pair<float, int>> likeness;
  for (size_t row = 0; row < rows.rows; ++row) {
    if (classes[row] < 0) continue;
    likeness.clear();
    for (size_t other = 0; other < rows.rows; ++other)
      if (classes[other] >= 0 && groups[other] != groups[row])
        likeness.emplace_back(cosine(rows.row(row), rows.row(other)), classes[other]);
    auto& [right, all] = ofClass[classes[row]];
    right += vote(likeness, neighbours) == classes[row];
    ++all;
  }
  double right = 0, all = 0, shares = 0;
  for (const auto& [name, counts] : ofClass) {
    right += counts.first;
    all += counts.second;
    shares += counts.first / counts.second;
  }
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (all == 0) return {kNone, kNone};
  return {right / all, shares / double(ofClass.size())};
}

}  // namespace geneglass
