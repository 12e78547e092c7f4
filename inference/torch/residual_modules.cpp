// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/torch/residual_modules.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/torch/norm_passes.h"

namespace geneglass {
namespace {

torch::nn::Conv2d convolutionOf(int in, int out, int kernel, int stride, bool bias) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(bias));
}

NormRows shapeOf(const torch::Tensor& pictures) {
  return {size_t(pictures.numel() / pictures.size(1)), size_t(pictures.size(1))};
}

torch::Tensor channelsLast(const torch::Tensor& pictures) {
  return pictures.contiguous(torch::MemoryFormat::ChannelsLast);
}

std::vector<float> valuesOf(const torch::Tensor& tensor) {
  return {tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel()};
}

torch::Tensor tensorOf(const std::vector<float>& values) {
  return torch::tensor(values, torch::kFloat);
}

/// What a batch norm does to a batch by the batch's own moments, which it takes note of: y = factor x +
/// offset.
struct BatchAffine {
  std::vector<float> mean;
  std::vector<float> inverse;  ///< 1 / deviation
  std::vector<float> factor;
  std::vector<float> offset;
};

BatchAffine affineOf(torch::nn::BatchNorm2dImpl& norm, const torch::Tensor& x) {
  const NormRows shape = shapeOf(x);
  const ChannelMoments moments = momentsOf(x.data_ptr<float>(), shape);
  const float momentum = float(*norm.options.momentum());
  const float ofAll =
      float(shape.rows) / float(std::max<size_t>(2, shape.rows) - 1);  // as if of all pictures
  const float *weight = norm.weight.data_ptr<float>(), *bias = norm.bias.data_ptr<float>();
  float *mean = norm.running_mean.data_ptr<float>(), *variance = norm.running_var.data_ptr<float>();
  BatchAffine affine{moments.mean, {}, {}, {}};
  for (size_t c = 0; c < shape.channels; ++c) {
    affine.inverse.push_back(float(1 / std::sqrt(double(moments.variance[c]) + norm.options.eps())));
    affine.factor.push_back(weight[c] * affine.inverse[c]);
    affine.offset.push_back(bias[c] - moments.mean[c] * affine.factor[c]);
    mean[c] = (1 - momentum) * mean[c] + momentum * moments.mean[c];
    variance[c] = (1 - momentum) * variance[c] + momentum * ofAll * moments.variance[c];
  }
  return affine;
}

/// Where x keeps its values for the gradient, `y` is another; else it may be x.
void writeNormed(const torch::Tensor& x, const torch::Tensor& added, const BatchAffine& affine,
                 const torch::Tensor& y) {
  normRows(x.data_ptr<float>(), added.defined() ? added.data_ptr<float>() : nullptr, shapeOf(x),
           affine.factor, affine.offset, true, y.data_ptr<float>());
}

class RectifiedNorm final : public torch::autograd::Function<RectifiedNorm> {
 public:
  /// `weight` and `bias` are those of `norm`; `added` has no elements where nothing is.
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                               const torch::Tensor& added, const torch::Tensor& weight,
                               const torch::Tensor& /*bias*/, torch::nn::BatchNorm2dImpl* norm) {
    const BatchAffine affine = affineOf(*norm, x);
    torch::Tensor y = torch::empty_like(x);
    const bool adds = added.numel() > 0;
    writeNormed(x, adds ? added : torch::Tensor(), affine, y);
    context->saved_data["adds"] = adds;
    context->save_for_backward({x, y, weight, tensorOf(affine.mean), tensorOf(affine.inverse)});
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list incoming) {
    const auto saved = context->get_saved_variables();
    const torch::Tensor &x = saved[0], &y = saved[1], gradient = channelsLast(incoming[0]);
    const NormRows shape = shapeOf(x);
    const std::vector<float> mean = valuesOf(saved[3]), inverse = valuesOf(saved[4]);
    const bool adds = context->saved_data["adds"].toBool();
    const torch::Tensor passed = adds ? torch::empty_like(x) : torch::Tensor();
    const float *g = gradient.data_ptr<float>(), *where = y.data_ptr<float>();
    NormGradientSums sums = normGradientSums(g, where, x.data_ptr<float>(), shape, mean,
                                             adds ? passed.data_ptr<float>() : nullptr);
    if (adds) g = passed.data_ptr<float>(), where = nullptr;
    std::vector<float> factor(shape.channels), slope(shape.channels), offset(shape.channels);
    for (size_t c = 0; c < shape.channels; ++c) {
      factor[c] = saved[2].data_ptr<float>()[c] * inverse[c];
      slope[c] = -factor[c] * inverse[c] * inverse[c] * sums.timesX[c] / float(shape.rows);
      offset[c] = -factor[c] * sums.plain[c] / float(shape.rows) - slope[c] * mean[c];
      sums.timesX[c] *= inverse[c];
    }
    const torch::Tensor outgoing = torch::empty_like(x);
    normGradient(g, where, x.data_ptr<float>(), shape, factor, slope, offset, outgoing.data_ptr<float>());
    return {outgoing, passed, tensorOf(sums.timesX), tensorOf(sums.plain), {}};
  }
};

bool normsAlone(const torch::nn::BatchNorm2d& norm, const torch::Tensor& x) {
  return norm && norm->is_training() && x.is_cpu() && x.scalar_type() == torch::kFloat &&
         at::get_num_threads() == 1 && x.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

}  // namespace

torch::Tensor NormedConvolution::rectified(const torch::Tensor& input, const torch::Tensor& added) {
  torch::Tensor x = convolution(input);
  if (!normsAlone(norm, x)) {
    if (norm) x = norm(x);
    return (added.defined() ? x.add_(added) : x).relu_();
  }
  const torch::Tensor plain = added.defined() ? channelsLast(added) : torch::empty({0});
  if (torch::GradMode::is_enabled())
    return RectifiedNorm::apply(x, plain, norm->weight, norm->bias, norm.get());
  writeNormed(x, added.defined() ? plain : torch::Tensor(), affineOf(*norm, x), x);
  return x;
}

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

torch::Tensor ResidualBlockModule::adopt(const torch::Tensor& input) {
  torch::Tensor x = m_convolutions.front().adopt(input);
  for (size_t i = 1; i < m_convolutions.size(); ++i) x = m_convolutions[i].adopt(x.relu_());
  return x.add_(m_downsample.convolution ? m_downsample.adopt(input) : input).relu_();
}

torch::Tensor ResidualBlockModule::forward(const torch::Tensor& input) {
  const torch::Tensor shortcut = m_downsample.convolution ? m_downsample(input) : input;
  torch::Tensor x = input;
  for (size_t i = 0; i + 1 < m_convolutions.size(); ++i) x = m_convolutions[i].rectified(x);
  return m_convolutions.back().rectified(x, shortcut);
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
  return maps(tiles, between).mean({2, 3});
}

torch::Tensor ResNetModule::maps(const torch::Tensor& tiles, const std::function<void()>& between) {
  torch::Tensor x = torch::max_pool2d(m_first.rectified(tiles), 3, 2, 1);
  for (const auto& block : m_blocks) {
    x = block->forward(x);
    if (!between) continue;
    between();
    if (x.requires_grad()) x.register_hook([between](const torch::Tensor&) { between(); });
  }
  return x;
}

void ResNetModule::adopt(const torch::Tensor& tiles) {
  const torch::NoGradGuard noGrad;
  torch::Tensor x = torch::max_pool2d(m_first.adopt(tiles).relu_(), 3, 2, 1);
  for (const auto& block : m_blocks) x = block->adopt(x);
}

}  // namespace geneglass
