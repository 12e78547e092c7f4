// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include "inference/head/bag_pool.h"
#include "inference/torch/torch_modules.h"

namespace geneglass {

/// Sizes of GatedAttentionModule; one gene with 1,024 features is HistCode's: 788,226 parameters.
struct GatedShape {
  int features = 1024;  ///< D
  int embedding = 512;  ///< H
  int attention = 256;  ///< A
  int genes = 1;        ///< G branches, each with an attention of its own
  int outputs = 1;      ///< O numbers a branch: 1 for a gene, as many as classes for a diagnosis
  BagPool pool = BagPool::Attention;
};

/// The gated head of head_network.h for training and for use; parameters bear the names given there. Weights
/// begin as Xavier's normal, biases at 0; nothing is dropped.
class GatedAttentionModule final : public torch::nn::Module {
 public:
  explicit GatedAttentionModule(const GatedShape& shape);

  /// What each tile says: values N x (G O P), logits N x G (before the softmax over the bag). P = 1: the
  /// tile's own read-out U H_i + d. P = 2 with the pool of extremes: what it adds at the low end and at the
  /// high end, next to each other, the bias halved between them.
  using Scores = AttentionRegressionModule::Scores;
  Scores scores(const torch::Tensor& features);

  /// Scores of one bag -> G x O. Attention is learnt through it, except by the pool of extremes: a rank has
  /// no gradient.
  torch::Tensor pooled(const Scores& bag) const;

  /// Scores of one bag -> G x O of the pool of attention, over each tile's own read-out.
  torch::Tensor attended(const Scores& bag) const;

  /// N x D -> G x O.
  torch::Tensor forward(const torch::Tensor& features);

  const GatedShape& shape() const { return m_shape; }

 private:
  GatedShape m_shape;
  torch::nn::Linear m_embedding{nullptr};
  torch::Tensor m_tanhWeight;     ///< G x A x H
  torch::Tensor m_tanhBias;       ///< G x A
  torch::Tensor m_sigmoidWeight;  ///< G x A x H
  torch::Tensor m_sigmoidBias;    ///< G x A
  torch::Tensor m_outWeight;      ///< G x A
  torch::Tensor m_outBias;        ///< G
  torch::Tensor m_valueWeight;    ///< G x O x (P H)
  torch::Tensor m_valueBias;      ///< G x O
};

/// Sizes of the tensors of a gated head, which are known to fit.
GatedShape gatedShapeOf(const TensorFile& tensors);

}  // namespace geneglass
