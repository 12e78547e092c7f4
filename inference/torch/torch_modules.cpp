// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/torch/torch_modules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace geneglass {

torch::Tensor dense(const torch::Tensor& rows, const torch::Tensor& weight, const torch::Tensor& bias) {
  if (rows.scalar_type() != torch::kFloat || !at::globalContext().userEnabledMkldnn() ||
      !rows.device().is_cpu())
    return torch::linear(rows, weight, bias);
  const torch::Tensor picture = rows.t().unsqueeze(0).unsqueeze(3);  // 1 x in x n x 1
  const torch::Tensor kernel = weight.unsqueeze(2).unsqueeze(3);
  return at::mkldnn_convolution(picture, kernel, bias, {0, 0}, {1, 1}, {1, 1}, 1).squeeze(3).squeeze(0).t();
}

AttentionRegressionModule::AttentionRegressionModule(const AttentionShape& shape) {
  m_embedding = register_module("embedding", torch::nn::Linear(shape.features, shape.embedding));
  m_value = register_module("value", torch::nn::Linear(shape.embedding, shape.genes));
  const auto attention = register_module("attention", std::make_shared<torch::nn::ModuleDictImpl>());
  const auto hidden = std::make_shared<torch::nn::ParameterDictImpl>();
  const auto out = std::make_shared<torch::nn::ParameterDictImpl>();
  // As torch::nn::Linear draws its own: uniform within 1 / sqrt(inputs).
  const auto draw = [](at::IntArrayRef size, int inputs) {
    const double bound = 1 / std::sqrt(double(inputs));
    return torch::empty(size).uniform_(-bound, bound).set_requires_grad(true);
  };
  m_hiddenWeight =
      hidden->insert("weight", draw({shape.genes, shape.attention, shape.embedding}, shape.embedding));
  m_hiddenBias = hidden->insert("bias", draw({shape.genes, shape.attention}, shape.embedding));
  m_outWeight = out->insert("weight", draw({shape.genes, shape.attention}, shape.attention));
  m_outBias = out->insert("bias", draw({shape.genes}, shape.attention));
  attention->update({{"hidden", hidden}, {"out", out}});
}

AttentionRegressionModule::Scores AttentionRegressionModule::scores(const torch::Tensor& features,
                                                                    c10::optional<at::Generator> dropout) {
  const torch::Tensor h = dense(features, m_embedding->weight, m_embedding->bias);
  torch::Tensor kept = h;
  if (is_training())
    kept = h * torch::empty_like(h).bernoulli_(1 - kDropout, std::move(dropout)).div_(1 - kDropout);
  const torch::Tensor values = dense(kept, m_value->weight, m_value->bias).clamp(-kClamp, kClamp);
  const int64_t genes = m_hiddenWeight.size(0), width = m_hiddenWeight.size(1);
  torch::Tensor hidden = dense(h, m_hiddenWeight.view({genes * width, -1}), m_hiddenBias.flatten()).t();
  const bool inPlace = !torch::GradMode::is_enabled();  // without a graph nobody needs what was before
  hidden = (inPlace ? hidden.tanh_() : hidden.tanh()).reshape({genes, width, -1});
  const torch::Tensor out = m_outWeight.unsqueeze(2);
  const torch::Tensor logits = (inPlace ? hidden.mul_(out) : hidden * out).sum(1).t() + m_outBias;
  return {values, logits};
}

torch::Tensor AttentionRegressionModule::forward(const torch::Tensor& features) {
  const Scores tiles = scores(features);
  return (tiles.logits.softmax(0) * tiles.values).sum(0).clamp(-kClamp, kClamp);
}

/// Parameters and buffers that belong into a file.
static std::map<std::string, torch::Tensor> named(const torch::nn::Module& module) {
  std::map<std::string, torch::Tensor> all;
  for (const auto& item : module.named_parameters()) all[item.key()] = item.value();
  for (const auto& item : module.named_buffers())
    if (!item.key().ends_with("num_batches_tracked")) all[item.key()] = item.value();
  return all;
}

TensorFile tensorsOf(const torch::nn::Module& module) {
  TensorFile tensors;
  for (const auto& [name, tensor] : named(module)) {
    const torch::Tensor dense = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
    const float* first = dense.data_ptr<float>();
    tensors[name] = {dense.sizes().vec(), {first, first + dense.numel()}};
  }
  return tensors;
}

Result<void> setTensors(torch::nn::Module& module, const TensorFile& tensors) {
  const torch::NoGradGuard noGrad;
  auto targets = named(module);
  TensorShapes needed;
  for (const auto& [name, target] : targets) needed[name] = target.sizes().vec();
  if (const Result<void> checked = checkShapes(tensors, needed); !checked) return checked;
  for (auto& [name, target] : targets) {
    float* values = const_cast<float*>(tensors.at(name).values.data());
    target.copy_(torch::from_blob(values, target.sizes(), torch::kFloat));
  }
  return {};
}

}  // namespace geneglass
