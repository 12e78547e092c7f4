// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <cstdint>
#include <vector>

#include "inference/learning/heads/head_module.h"

namespace geneglass {

/// Several bags of one optimiser step, one after the other.
struct BagBatch {
  torch::Tensor features;        ///< rows of all bags x D
  std::vector<int64_t> lengths;  ///< rows of each bag
  torch::Tensor labels;          ///< bags x G, z-scores; NaN where missing
};

struct BagLossOptions {
  double attentionPenalty = 0;  ///< weight of KL(a || prior), mean over genes and bags
  /// prior = softmax over the bag of this times the standardised tile values; 0 = uniform. The prior gets no
  /// gradient.
  double attentionFollowsValue = 0;
  int64_t rowsAtOnce = 4096;  ///< rows whose attention activations are in memory together
  uint64_t dropoutSeed = 0;   ///< of this step
};

/// Mean squared error over the known labels plus the attention penalty; where the head pools by rank, plus
/// the same error of the pool of attention, which is what teaches the attention. Adds its gradient to the
/// head's parameters. Exact however few rows are at once: scores are drawn once without a graph, then again,
/// chunk by chunk, with one.
double addGradientOfBagLoss(const HeadModule& head, const BagBatch& batch, const BagLossOptions& options);

/// The same loss without a gradient.
double bagLoss(const HeadModule& head, const BagBatch& batch, const BagLossOptions& options);

/// Y of each bag, bags x G, z-scores. The head stays in the mode it is in.
torch::Tensor predictBags(const HeadModule& head, const BagBatch& batch, int64_t rowsAtOnce);

}  // namespace geneglass
