// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/ridge_path.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <tuple>

namespace geneglass {
namespace {

constexpr double kLeastSpread = 1e-3;  ///< of a feature, of the features' mean spread: as fitFeatureScale()

at::Tensor doubles(const Matrix& matrix) {
  return at::from_blob(const_cast<float*>(matrix.values.data()),
                       {int64_t(matrix.rows), int64_t(matrix.columns)}, at::kFloat)
      .to(at::kDouble);
}

}  // namespace

struct RidgePath::Parts {
  at::Tensor featureMean;  ///< D
  at::Tensor deviation;    ///< D, above 0
  at::Tensor targetMean;   ///< G
  // B = left diag(1 / (values + penalty)) right
  at::Tensor left;    ///< D x k
  at::Tensor values;  ///< k, >= 0
  at::Tensor right;   ///< k x G
};

RidgePath::RidgePath(const Matrix& features, const Matrix& targets) {
  auto parts = std::make_unique<Parts>();
  const at::Tensor raw = doubles(features), labels = doubles(targets);
  parts->featureMean = raw.mean(0);
  parts->targetMean = labels.mean(0);
  const at::Tensor centred = raw - parts->featureMean;
  const at::Tensor spread = centred.square().mean(0).sqrt();
  parts->deviation = spread.clamp_min(std::max(1e-12, kLeastSpread * spread.mean().item<double>()));
  const at::Tensor x = centred / parts->deviation, y = labels - parts->targetMean;
  const bool tall = x.size(0) >= x.size(1);
  const auto [values, vectors] = at::linalg_eigh(tall ? x.t().mm(x) : x.mm(x.t()));
  parts->values = values.clamp_min(0);
  parts->left = tall ? vectors : x.t().mm(vectors);
  parts->right = vectors.t().mm(tall ? x.t().mm(y) : y);
  m_parts = std::move(parts);
}

RidgePath::~RidgePath() = default;
RidgePath::RidgePath(RidgePath&&) noexcept = default;
RidgePath& RidgePath::operator=(RidgePath&&) noexcept = default;

LinearModel RidgePath::at(double penalty) const {
  const Parts& parts = *m_parts;
  const at::Tensor slopes =
      parts.left.mm(parts.right / (parts.values + penalty).unsqueeze(1)) / parts.deviation.unsqueeze(1);
  const at::Tensor bias = parts.targetMean - parts.featureMean.matmul(slopes);
  const at::Tensor weights = slopes.t().to(at::kFloat).contiguous();
  LinearModel model{Matrix(size_t(weights.size(0)), size_t(weights.size(1))), {}};
  std::copy_n(weights.data_ptr<float>(), model.weights.values.size(), model.weights.values.begin());
  model.bias.assign(bias.data_ptr<double>(), bias.data_ptr<double>() + bias.size(0));
  return model;
}

Matrix LinearModel::predict(const Matrix& features) const {
  Matrix predicted(features.rows, weights.rows);
  for (size_t row = 0; row < features.rows; ++row)
    for (size_t target = 0; target < weights.rows; ++target) {
      const std::span<const float> x = features.row(row), w = weights.row(target);
      double sum = bias[target];
      for (size_t i = 0; i < x.size(); ++i) sum += double(x[i]) * double(w[i]);
      predicted.at(row, target) = float(sum);
    }
  return predicted;
}

}  // namespace geneglass
