// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_loss.h"

#include "inference/learning/statistics/matrix_product.h"

namespace geneglass {
namespace {

constexpr double kShortest = 1e-12;  ///< length of a negative

bool isTransposed(const torch::Tensor& matrix) {
  return !matrix.is_contiguous() && matrix.t().is_contiguous();
}

/// a x b; either may be a transpose.
torch::Tensor product(const torch::Tensor& a, const torch::Tensor& b) {
  if (a.scalar_type() != torch::kFloat || !a.device().is_cpu()) return a.mm(b);
  const auto viewOf = [](const torch::Tensor& m) {
    return MatrixView{m.data_ptr<float>(), m.size(0), m.size(1), isTransposed(m)};
  };
  const torch::Tensor left = isTransposed(a) ? a : a.contiguous(),
                      right = isTransposed(b) ? b : b.contiguous();
  torch::Tensor out = torch::empty({a.size(0), b.size(1)}, a.options());
  multiply(viewOf(left), viewOf(right), out.data_ptr<float>());
  return out;
}

/// Softmax over both parts of each row together.
struct Probabilities {
  torch::Tensor inBatch;       ///< N x N
  torch::Tensor negatives;     ///< N x K
  torch::Tensor logPartition;  ///< N x 1: of the sum of the exponentials
};

Probabilities softmaxOf(const Similarities& cosines, double temperature) {
  const torch::Tensor highest =
      torch::maximum(cosines.inBatch.amax(1, true), cosines.negatives.amax(1, true));
  const auto exponential = [&](const torch::Tensor& part) {
    return (part - highest).div_(temperature).exp_();
  };
  Probabilities all{exponential(cosines.inBatch), exponential(cosines.negatives), {}};
  const torch::Tensor sum = all.inBatch.sum(1, true).add_(all.negatives.sum(1, true));
  all.inBatch.div_(sum);
  all.negatives.div_(sum);
  all.logPartition = sum.log().add_(highest / temperature);
  return all;
}

}  // namespace

Similarities similaritiesOf(const torch::Tensor& queries, const torch::Tensor& keys,
                            const NegativeBank& bank) {
  Similarities cosines;
  cosines.lengths = bank.weights.norm(2, 1, true).clamp_min_(kShortest);
  cosines.unit = bank.weights / cosines.lengths;
  cosines.inBatch = product(queries, keys.t());
  cosines.negatives = product(queries, cosines.unit.t());
  return cosines;
}

ContrastLoss contrastLoss(const Similarities& cosines, const torch::Tensor& keys, double temperature) {
  const Probabilities p = softmaxOf(cosines, temperature);
  ContrastLoss result;
  result.loss = (p.logPartition.squeeze(1) - cosines.inBatch.diagonal() / temperature).mean().item<double>();
  result.gradient = product(p.inBatch, keys).add_(product(p.negatives, cosines.unit)).sub_(keys);
  result.gradient.div_(double(keys.size(0)) * temperature);
  return result;
}

torch::Tensor bankGradient(const Similarities& cosines, const torch::Tensor& queries, double temperature) {
  const torch::Tensor p = softmaxOf(cosines, temperature).negatives;
  const torch::Tensor along = (p * cosines.negatives).sum(0).unsqueeze(1);
  torch::Tensor gradient = (along * cosines.unit).sub_(product(p.t(), queries));
  return gradient.div_(cosines.lengths * (double(queries.size(0)) * temperature));
}

void climb(NegativeBank& bank, const torch::Tensor& gradient, const BankSettings& settings) {
  bank.velocity.mul_(settings.momentum).add_(gradient).add_(bank.weights, settings.weightDecay);
  bank.weights.sub_(bank.velocity, settings.learningRate);
}

}  // namespace geneglass
