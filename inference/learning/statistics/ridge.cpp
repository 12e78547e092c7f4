// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/ridge.h"

#include <cmath>
#include <opencv2/core.hpp>

namespace geneglass {
namespace {

void measureColumns(const Matrix& matrix, std::vector<float>& mean, std::vector<float>& deviation) {
  for (size_t column = 0; column < matrix.columns; ++column) {
    double sum = 0, squares = 0;
    for (size_t row = 0; row < matrix.rows; ++row) {
      const double value = matrix.at(row, column);
      sum += value, squares += value * value;
    }
    const double m = sum / double(matrix.rows);
    const double variance = squares / double(matrix.rows) - m * m;
    mean.push_back(float(m));
    deviation.push_back(variance > 1e-12 ? float(std::sqrt(variance)) : 1);
  }
}

cv::Mat1d standardised(const Matrix& matrix, const std::vector<float>& mean,
                       const std::vector<float>& deviation) {
  cv::Mat1d result(int(matrix.rows), int(matrix.columns));
  for (size_t row = 0; row < matrix.rows; ++row)
    for (size_t column = 0; column < matrix.columns; ++column)
      result(int(row), int(column)) =
          double(matrix.at(row, column) - mean[column]) / double(deviation[column]);
  return result;
}

}  // namespace

Ridge Ridge::fit(const Matrix& features, const Matrix& targets, double penalty) {
  Ridge ridge;
  measureColumns(features, ridge.m_featureMean, ridge.m_featureDeviation);
  measureColumns(targets, ridge.m_targetMean, ridge.m_targetDeviation);
  const cv::Mat1d x = standardised(features, ridge.m_featureMean, ridge.m_featureDeviation);
  const cv::Mat1d y = standardised(targets, ridge.m_targetMean, ridge.m_targetDeviation);
  cv::Mat1d gram = x * x.t(), dual;
  for (int i = 0; i < gram.rows; ++i) gram(i, i) += penalty * double(features.columns);
  cv::solve(gram, y, dual, cv::DECOMP_CHOLESKY);
  const cv::Mat1d weights = x.t() * dual;
  ridge.m_weights = Matrix(features.columns, targets.columns);
  for (int row = 0; row < weights.rows; ++row)
    for (int column = 0; column < weights.cols; ++column)
      ridge.m_weights.at(size_t(row), size_t(column)) = float(weights(row, column));
  return ridge;
}

Matrix Ridge::predict(const Matrix& features) const {
  const cv::Mat1d x = standardised(features, m_featureMean, m_featureDeviation);
  Matrix predicted(features.rows, m_weights.columns);
  for (size_t row = 0; row < features.rows; ++row)
    for (size_t column = 0; column < m_weights.columns; ++column) {
      double sum = 0;
      for (size_t i = 0; i < features.columns; ++i)
        sum += x(int(row), int(i)) * double(m_weights.at(i, column));
      predicted.at(row, column) = float(sum * m_targetDeviation[column] + m_targetMean[column]);
    }
  return predicted;
}

}  // namespace geneglass
