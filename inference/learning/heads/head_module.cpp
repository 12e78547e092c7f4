// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/head_module.h"

namespace geneglass {
namespace {

using Scores = HeadModule::Scores;

torch::Tensor estimatesOf(const AttentionRegressionModule&, const Scores& bag) {
  return bag.values;
}

torch::Tensor estimatesOf(const GatedAttentionModule& module, const Scores& bag) {
  return bag.values.reshape({bag.values.size(0), module.shape().genes, -1}).sum(2);
}

torch::Tensor pooledOf(const AttentionRegressionModule&, const Scores& bag) {
  const double limit = AttentionRegressionModule::kClamp;
  return (bag.logits.softmax(0) * bag.values).sum(0).clamp(-limit, limit);
}

torch::Tensor pooledOf(const GatedAttentionModule& module, const Scores& bag) {
  return module.pooled(bag).flatten();
}

}  // namespace

HeadSides sidesOf(const TensorFile& weights) {
  if (weights.count("attention.tanh.weight")) {
    const auto [d, h, a, g, o, pool] = gatedShapeOf(weights);
    return {HeadKind::GatedAttention, d, h, a, g, pool};
  }
  const std::vector<int64_t>& embedding = weights.at("embedding.weight").shape;
  const std::vector<int64_t>& hidden = weights.at("attention.hidden.weight").shape;
  return {HeadKind::AttentionRegression, int(embedding[1]), int(embedding[0]), int(hidden[1]),
          int(hidden[0])};
}

HeadModule::HeadModule(const HeadSides& sides) {
  const auto [kind, d, h, a, g, pool] = sides;
  if (kind == HeadKind::GatedAttention)
    m_module = std::make_shared<GatedAttentionModule>(GatedShape{d, h, a, g, 1, pool});
  else
    m_module = std::make_shared<AttentionRegressionModule>(AttentionShape{d, h, a, g});
}

torch::nn::Module& HeadModule::module() const {
  return std::visit([](const auto& module) -> torch::nn::Module& { return *module; }, m_module);
}

Scores HeadModule::scores(const torch::Tensor& features, c10::optional<at::Generator> dropout) const {
  if (const auto* gated = std::get_if<std::shared_ptr<GatedAttentionModule>>(&m_module))
    return (*gated)->scores(features);
  return std::get<0>(m_module)->scores(features, std::move(dropout));
}

torch::Tensor HeadModule::estimates(const Scores& bag) const {
  return std::visit([&](const auto& module) { return estimatesOf(*module, bag); }, m_module);
}

torch::Tensor HeadModule::pooled(const Scores& bag) const {
  return std::visit([&](const auto& module) { return pooledOf(*module, bag); }, m_module);
}

bool HeadModule::poolsByRank() const {
  const auto* gated = std::get_if<std::shared_ptr<GatedAttentionModule>>(&m_module);
  return gated && (*gated)->shape().pool == BagPool::Extremes;
}

}  // namespace geneglass
