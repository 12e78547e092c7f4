// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For tests that link LibTorch only.
#include <algorithm>
#include <cmath>
#include <vector>

#include "inference/learning/heads/bag_loss.h"

namespace geneglass::testing {

/// The gradients that addGradientOfBagLoss gives a head of double precision; any kind that it takes.
template <typename Head>
std::vector<torch::Tensor> gradientsOf(const Head& head, torch::nn::Module& module, const BagBatch& batch,
                                       const BagLossOptions& options) {
  module.zero_grad();
  addGradientOfBagLoss(head, batch, options);
  std::vector<torch::Tensor> gradients;
  for (const torch::Tensor& parameter : module.parameters()) gradients.push_back(parameter.grad().clone());
  return gradients;
}

/// How far they lie, at most, from central differences of bagLoss.
template <typename Head>
double largestGradientError(const Head& head, torch::nn::Module& module, const BagBatch& batch,
                            const BagLossOptions& options) {
  const auto gradients = gradientsOf(head, module, batch, options);
  const torch::NoGradGuard noGrad;
  constexpr double kStep = 1e-6;
  const auto parameters = module.parameters();
  double largest = 0;
  for (size_t p = 0; p < parameters.size(); ++p) {
    double* values = parameters[p].data_ptr<double>();
    const torch::Tensor gradient = gradients[p].contiguous();
    for (int64_t i = 0; i < parameters[p].numel(); ++i) {
      const double kept = values[i];
      values[i] = kept + kStep;
      const double above = bagLoss(head, batch, options);
      values[i] = kept - kStep;
      const double below = bagLoss(head, batch, options);
      values[i] = kept;
      const double error = gradient.data_ptr<double>()[i] - (above - below) / (2 * kStep);
      largest = std::isnan(error) ? INFINITY : std::max(largest, std::abs(error));
    }
  }
  return largest;
}

}  // namespace geneglass::testing
