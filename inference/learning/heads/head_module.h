// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <memory>
#include <variant>

#include "inference/package/head_kind.h"
#include "inference/torch/torch_gated_attention.h"

namespace geneglass {

/// What a head is made of.
struct HeadSides {
  HeadKind kind = HeadKind::AttentionRegression;
  int features = 0;                   ///< D
  int embedding = 0;                  ///< H
  int attention = 0;                  ///< A
  int genes = 0;                      ///< G
  BagPool pool = BagPool::Attention;  ///< of gated attention
};

/// The sides of a head.h5 of one head.
HeadSides sidesOf(const TensorFile& weights);

/// A head of either kind while it learns, one number a gene; copies share the weights.
class HeadModule final {
 public:
  using Scores = AttentionRegressionModule::Scores;

  explicit HeadModule(const HeadSides& sides);  ///< weights drawn by LibTorch's own generator
  HeadModule(std::shared_ptr<AttentionRegressionModule> module) : m_module(std::move(module)) {}
  HeadModule(std::shared_ptr<GatedAttentionModule> module) : m_module(std::move(module)) {}

  torch::nn::Module& module() const;

  /// What each tile says; see either module. `dropout` draws what attention regression drops in training.
  Scores scores(const torch::Tensor& features, c10::optional<at::Generator> dropout = {}) const;
  /// Of one bag: each tile's own estimate, N x G.
  torch::Tensor estimates(const Scores& bag) const;
  /// Of one bag: Y, G.
  torch::Tensor pooled(const Scores& bag) const;
  /// Whether `pooled` teaches the attention nothing, since a rank has no gradient; then the pool of attention
  /// over the tiles' own estimates has to.
  bool poolsByRank() const;

 private:
  std::variant<std::shared_ptr<AttentionRegressionModule>, std::shared_ptr<GatedAttentionModule>> m_module;
};

}  // namespace geneglass
