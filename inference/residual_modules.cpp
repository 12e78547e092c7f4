// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/residual_modules.h"

#include <fmt/format.h>

namespace geneglass {
namespace {

torch::nn::Conv2d convolutionOf(int in, int out, int kernel, int stride, bool bias) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(bias));
}

}  // namespace

torch::Tensor NormedConvolution::operator()(const torch::Tensor& input) {
  const torch::Tensor x = convolution(input);
  return norm ? norm(x) : x;
}

torch::Tensor NormedConvolution::adopt(const torch::Tensor& input) {
  const torch::Tensor x = convolution(input);
  const auto [variance, mean] = torch::var_mean(x, {0, 2, 3}, false);
  norm->weight.copy_((variance + norm->options.eps()).sqrt());
  norm->bias.add_(mean);
  norm->running_mean.copy_(mean);
  norm->running_var.copy_(variance);
  return torch::batch_norm(x, norm->weight, norm->bias, mean, variance, false, 0, norm->options.eps(), false);
}

ResidualBlockModule::ResidualBlockModule(const ResNetShape& shape, int in, int out, int stride) {
  if (shape.block == ResidualBlock::Basic) {
    add(1, in, out, 3, stride, shape.folded);
    add(2, out, out, 3, 1, shape.folded);
  } else {
    const int inner = out / kBottleneck;
    add(1, in, inner, 1, 1, shape.folded);
    add(2, inner, inner, 3, stride, shape.folded);
    add(3, inner, out, 1, 1, shape.folded);
  }
  if (stride == 1 && in == out) return;
  m_downsample.convolution = convolutionOf(in, out, 1, stride, shape.folded);
  torch::nn::Sequential both(m_downsample.convolution);
  if (!shape.folded) both->push_back(m_downsample.norm = torch::nn::BatchNorm2d(out));
  register_module("downsample", both);
}

void ResidualBlockModule::add(int number, int in, int out, int kernel, int stride, bool folded) {
  NormedConvolution next;
  next.convolution =
      register_module(fmt::format("conv{}", number), convolutionOf(in, out, kernel, stride, folded));
  if (!folded) next.norm = register_module(fmt::format("bn{}", number), torch::nn::BatchNorm2d(out));
  m_convolutions.push_back(std::move(next));
}

torch::Tensor ResidualBlockModule::forward(const torch::Tensor& input, bool adopting) {
  const auto through = [&](NormedConvolution& layer, const torch::Tensor& from) {
    return adopting ? layer.adopt(from) : layer(from);
  };
  torch::Tensor x = through(m_convolutions.front(), input);
  for (size_t i = 1; i < m_convolutions.size(); ++i) x = through(m_convolutions[i], x.relu_());
  return x.add_(m_downsample.convolution ? through(m_downsample, input) : input).relu_();
}

ResNetModule::ResNetModule(const ResNetShape& shape) {
  int in = stemChannels(shape.block, shape.channels);
  m_first.convolution = register_module("conv1", convolutionOf(3, in, 7, 2, shape.folded));
  if (!shape.folded) m_first.norm = register_module("bn1", torch::nn::BatchNorm2d(in));
  for (size_t stage = 0; stage < shape.blocks.size(); ++stage) {
    const auto layer =
        register_module(fmt::format("layer{}", stage + 1), std::make_shared<torch::nn::ModuleListImpl>());
    for (int index = 0; index < shape.blocks[stage]; ++index) {
      const int stride = index == 0 && stage > 0 ? 2 : 1;
      auto block = std::make_shared<ResidualBlockModule>(shape, in, shape.channels[stage], stride);
      layer->push_back(block);
      m_blocks.push_back(std::move(block));
      in = shape.channels[stage];
    }
  }
}

torch::Tensor ResNetModule::forward(const torch::Tensor& tiles, const std::function<void()>& between) {
  torch::Tensor x = torch::max_pool2d(m_first(tiles).relu_(), 3, 2, 1);
  for (const auto& block : m_blocks) {
    x = block->forward(x);
    if (!between) continue;
    between();
    if (x.requires_grad()) x.register_hook([between](const torch::Tensor&) { between(); });
  }
  return x.mean({2, 3});
}

void ResNetModule::adopt(const torch::Tensor& tiles) {
  const torch::NoGradGuard noGrad;
  torch::Tensor x = torch::max_pool2d(m_first.adopt(tiles).relu_(), 3, 2, 1);
  for (const auto& block : m_blocks) x = block->forward(x, true);
}

}  // namespace geneglass
