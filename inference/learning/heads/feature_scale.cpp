// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/feature_scale.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace geneglass {

Matrix FeatureScale::standardised(const Matrix& features) const {
  Matrix scaled = features;
  for (size_t row = 0; row < scaled.rows; ++row) {
    float* values = scaled.row(row).data();
    for (size_t i = 0; i < scaled.columns; ++i) values[i] = (values[i] - mean[i]) / deviation[i];
  }
  return scaled;
}

void FeatureScale::foldInto(TensorFile& weights) const {
  std::vector<float>& weight = weights.at("embedding.weight").values;
  std::vector<float>& bias = weights.at("embedding.bias").values;
  for (size_t unit = 0; unit < bias.size(); ++unit) {
    double shift = 0;
    for (size_t i = 0; i < mean.size(); ++i) {
      float& each = weight[unit * mean.size() + i];
      each /= deviation[i];
      shift += double(each) * mean[i];
    }
    bias[unit] -= float(shift);
  }
}

FeatureScale fitFeatureScale(std::span<const Matrix* const> bags, std::span<const size_t> chosen) {
  const size_t width = bags.front()->columns;
  std::vector<double> sums(width), squares(width);
  for (const size_t index : chosen) {
    const Matrix& bag = *bags[index];
    const double weight = 1.0 / (double(bag.rows) * double(chosen.size()));
    for (size_t row = 0; row < bag.rows; ++row)
      for (size_t i = 0; i < width; ++i) {
        const double value = bag.at(row, i);
        sums[i] += weight * value;
        squares[i] += weight * value * value;
      }
  }
  std::vector<double> deviations(width);
  for (size_t i = 0; i < width; ++i) deviations[i] = std::sqrt(std::max(0.0, squares[i] - sums[i] * sums[i]));
  const double mean = std::accumulate(deviations.begin(), deviations.end(), 0.0) / double(width);
  const double floor = std::max(1e-12, 1e-3 * mean);
  FeatureScale scale;
  for (size_t i = 0; i < width; ++i) {
    scale.mean.push_back(float(sums[i]));
    scale.deviation.push_back(float(std::max(deviations[i], floor)));
  }
  return scale;
}

}  // namespace geneglass
