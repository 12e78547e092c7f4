// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/shrunk_covariance.h"

#include <algorithm>
#include <cmath>

#include "inference/learning/statistics/matrix_product.h"

namespace geneglass {
namespace {

constexpr size_t kRowsTogether = 512;  ///< so few that float sums of their products are exact enough

std::vector<double> meanOf(const Matrix& rows) {
  std::vector<double> mean(rows.columns, 0);
  for (size_t row = 0; row < rows.rows; ++row)
    for (size_t column = 0; column < rows.columns; ++column) mean[column] += rows.at(row, column);
  for (double& value : mean) value /= double(rows.rows);
  return mean;
}

/// What Ledoit and Wolf's lemma needs beside S.
struct Moments {
  std::vector<double> covariance;  ///< S
  double fourth = 0;               ///< mean of |x - mean|^4
};

Moments momentsOf(const Matrix& rows, const std::vector<double>& mean) {
  const size_t width = rows.columns;
  Moments moments{std::vector<double>(width * width, 0)};
  std::vector<float> product(width * width);
  for (size_t begin = 0; begin < rows.rows; begin += kRowsTogether) {
    Matrix centred(std::min(kRowsTogether, rows.rows - begin), width);
    for (size_t row = 0; row < centred.rows; ++row) {
      double square = 0;
      for (size_t column = 0; column < width; ++column) {
        const double value = double(rows.at(begin + row, column)) - mean[column];
        centred.at(row, column) = float(value);
        square += value * value;
      }
      moments.fourth += square * square;
    }
    const auto count = int64_t(centred.rows), across = int64_t(width);
    multiply({centred.values.data(), across, count, true}, {centred.values.data(), count, across},
             product.data());
    for (size_t i = 0; i < product.size(); ++i) moments.covariance[i] += product[i];
  }
  for (double& value : moments.covariance) value /= double(rows.rows);
  moments.fourth /= double(rows.rows);
  return moments;
}

}  // namespace

ShrunkCovariance shrunkCovariance(const Matrix& rows) {
  ShrunkCovariance found;
  found.mean = meanOf(rows);
  const size_t width = rows.columns;
  Moments moments = momentsOf(rows, found.mean);
  double trace = 0, squares = 0;
  for (size_t i = 0; i < width; ++i) trace += moments.covariance[i * width + i];
  for (const double value : moments.covariance) squares += value * value;
  const double scale = trace / double(width);                                 // mu of the paper
  const double spread = squares - trace * scale;                              // D delta^2
  const double uncertainty = (moments.fourth - squares) / double(rows.rows);  // D beta^2
  found.shrinkage = spread > 0 ? std::clamp(uncertainty / spread, 0.0, 1.0) : 0;
  found.covariance = std::move(moments.covariance);
  for (double& value : found.covariance) value *= 1 - found.shrinkage;
  for (size_t i = 0; i < width; ++i) found.covariance[i * width + i] += found.shrinkage * scale;
  return found;
}

std::optional<std::vector<double>> whiteningOf(const ShrunkCovariance& distribution) {
  const size_t width = distribution.dimension();
  const auto place = [](size_t row) { return row * (row + 1) / 2; };
  std::vector<double> factor(place(width)), inverse(place(width), 0);
  double largest = 0;
  for (size_t i = 0; i < width; ++i) largest = std::max(largest, distribution.covariance[i * width + i]);
  for (size_t i = 0; i < width; ++i) {
    double* row = &factor[place(i)];
    for (size_t j = 0; j <= i; ++j) {
      const double* other = &factor[place(j)];
      double rest = distribution.covariance[i * width + j];
      for (size_t k = 0; k < j; ++k) rest -= row[k] * other[k];
      if (i != j)
        row[j] = rest / other[j];
      else if (rest > 1e-12 * largest)
        row[i] = std::sqrt(rest);
      else
        return {};
    }
  }
  for (size_t i = 0; i < width; ++i) {
    double* row = &inverse[place(i)];
    row[i] = 1;
    for (size_t k = 0; k < i; ++k)
      for (size_t j = 0; j <= k; ++j) row[j] -= factor[place(i) + k] * inverse[place(k) + j];
    for (size_t j = 0; j <= i; ++j) row[j] /= factor[place(i) + i];
  }
  return inverse;
}

}  // namespace geneglass
