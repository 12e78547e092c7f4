// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include "inference/learning/pretraining/contrast_recipe.h"
#include "inference/torch/torch_modules.h"

namespace geneglass {

/// The learnable negatives of AdCo (Hu et al. 2021; methods.md section 2): a row here is a column W_c there.
struct NegativeBank {
  torch::Tensor weights;   ///< K x width, of any length; used with length 1
  torch::Tensor velocity;  ///< K x width
};

/// Cosines of N queries with N keys (the diagonal ones belong together) and K negatives; all of length 1.
struct Similarities {
  torch::Tensor inBatch;    ///< N x N
  torch::Tensor negatives;  ///< N x K
  torch::Tensor unit;       ///< K x width: the bank's rows at length 1
  torch::Tensor lengths;    ///< K x 1: what they had
};

/// `queries` and `keys`: N x width, of length 1, without a graph. Floats or doubles, any device.
Similarities similaritiesOf(const torch::Tensor& queries, const torch::Tensor& keys,
                            const NegativeBank& bank);

struct ContrastLoss {
  double loss = 0;
  torch::Tensor gradient;  ///< N x width: of the loss by the queries, as if these were free
};

/// The mean over queries of the cross entropy of [inBatch, negatives] / temperature, the target being the
/// query's own key; closed form.
ContrastLoss contrastLoss(const Similarities& cosines, const torch::Tensor& keys, double temperature);

/// Minus the gradient of that loss, at the bank's temperature, by bank.weights; K x width; closed form.
torch::Tensor bankGradient(const Similarities& cosines, const torch::Tensor& queries, double temperature);

/// v = momentum v + g + weightDecay W; W -= learningRate v.
void climb(NegativeBank& bank, const torch::Tensor& gradient, const BankSettings& settings);

}  // namespace geneglass
