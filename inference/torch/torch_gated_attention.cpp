// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/torch/torch_gated_attention.h"

#include <cmath>

namespace geneglass {
namespace {

/// Normal with the deviation of Glorot and Bengio 2010.
torch::Tensor xavier(at::IntArrayRef size, int in, int out) {
  return torch::empty(size).normal_(0, std::sqrt(2.0 / (in + out))).set_requires_grad(true);
}

torch::Tensor zeros(at::IntArrayRef size) {
  return torch::zeros(size).set_requires_grad(true);
}

using Parameters = std::shared_ptr<torch::nn::ParameterDictImpl>;

Parameters layer(torch::Tensor& weight, torch::Tensor& bias, const torch::Tensor& firstWeight,
                 const torch::Tensor& firstBias) {
  auto parameters = std::make_shared<torch::nn::ParameterDictImpl>();
  weight = parameters->insert("weight", firstWeight);
  bias = parameters->insert("bias", firstBias);
  return parameters;
}

/// The mean over the chosen rows.
torch::Tensor meanOf(const torch::Tensor& rows, const std::vector<size_t>& chosen) {
  const std::vector<int64_t> places(chosen.begin(), chosen.end());
  return rows.index_select(0, torch::tensor(places)).mean(0);
}

}  // namespace

GatedAttentionModule::GatedAttentionModule(const GatedShape& shape) : m_shape(shape) {
  const auto [d, h, a, g, o, pool] = shape;
  const int wide = pool == BagPool::Extremes ? 2 * h : h;
  m_embedding = register_module("embedding", torch::nn::Linear(d, h));
  torch::nn::init::xavier_normal_(m_embedding->weight);
  torch::nn::init::zeros_(m_embedding->bias);
  const auto attention = register_module("attention", std::make_shared<torch::nn::ModuleDictImpl>());
  const Parameters tanh = layer(m_tanhWeight, m_tanhBias, xavier({g, a, h}, h, a), zeros({g, a}));
  const Parameters sigmoid = layer(m_sigmoidWeight, m_sigmoidBias, xavier({g, a, h}, h, a), zeros({g, a}));
  const Parameters out = layer(m_outWeight, m_outBias, xavier({g, a}, a, 1), zeros({g}));
  attention->update({{"tanh", tanh}, {"sigmoid", sigmoid}, {"out", out}});
  register_module("value", layer(m_valueWeight, m_valueBias, xavier({g, o, wide}, wide, o), zeros({g, o})));
}

GatedAttentionModule::Scores GatedAttentionModule::scores(const torch::Tensor& features) {
  const auto [d, h, a, g, o, pool] = m_shape;
  const int64_t parts = pool == BagPool::Extremes ? 2 : 1;
  const torch::Tensor embedded = dense(features, m_embedding->weight, m_embedding->bias).relu();
  const torch::Tensor bias = m_valueBias.flatten().div(parts).repeat_interleave(parts);
  const torch::Tensor values = dense(embedded, m_valueWeight.reshape({g * o * parts, h}), bias);
  const auto hidden = [&](const torch::Tensor& weight, const torch::Tensor& offset) {
    return dense(embedded, weight.view({g * a, h}), offset.flatten()).t();
  };
  const torch::Tensor gated =
      hidden(m_tanhWeight, m_tanhBias).tanh() * hidden(m_sigmoidWeight, m_sigmoidBias).sigmoid();
  const torch::Tensor logits = (gated.reshape({g, a, -1}) * m_outWeight.unsqueeze(2)).sum(1).t() + m_outBias;
  return {values, logits};
}

torch::Tensor GatedAttentionModule::attended(const Scores& bag) const {
  const torch::Tensor own =
      bag.values.reshape({bag.values.size(0), m_shape.genes, m_shape.outputs, -1}).sum(3);
  return (bag.logits.softmax(0).unsqueeze(2) * own).sum(0);
}

torch::Tensor GatedAttentionModule::pooled(const Scores& bag) const {
  if (m_shape.pool == BagPool::Attention) return attended(bag);
  const torch::Tensor values = bag.values.reshape({bag.values.size(0), m_shape.genes, m_shape.outputs, 2});
  std::vector<torch::Tensor> genes;
  for (int64_t gene = 0; gene < m_shape.genes; ++gene) {
    const torch::Tensor logits =
        bag.logits.detach().select(1, gene).to(torch::kCPU, torch::kFloat).contiguous();
    const BagExtremes ends = extremesOf({logits.data_ptr<float>(), static_cast<size_t>(logits.numel())});
    const torch::Tensor ofGene = values.select(1, gene);
    genes.push_back(meanOf(ofGene.select(2, 0), ends.lowest) + meanOf(ofGene.select(2, 1), ends.highest));
  }
  return torch::stack(genes);
}

torch::Tensor GatedAttentionModule::forward(const torch::Tensor& features) {
  return pooled(scores(features));
}

GatedShape gatedShapeOf(const TensorFile& tensors) {
  const std::vector<int64_t>&embedding = tensors.at("embedding.weight").shape,
        &hidden = tensors.at("attention.tanh.weight").shape, &value = tensors.at("value.weight").shape;
  return {int(embedding[1]), int(embedding[0]),
          int(hidden[1]),    int(hidden[0]),
          int(value[1]),     value[2] == embedding[0] ? BagPool::Attention : BagPool::Extremes};
}

}  // namespace geneglass
