// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <functional>
#include <memory>
#include <vector>

#include "inference/package/residual_block.h"
#include "inference/torch/torch_modules.h"

namespace geneglass {

/// Which residual network: torchvision's layout and tensor names, any number of stages.
struct ResNetShape {
  std::vector<int> blocks;    ///< blocks a stage, for example 2 2 2 2
  std::vector<int> channels;  ///< channels a stage gives; as many as `blocks`; the last is the feature width
  bool folded = false;  ///< batch norm already inside the convolutions: these have a bias, no bn follows
  ResidualBlock block = ResidualBlock::Basic;
};

/// A convolution and, unless folded, the batch norm after it.
struct NormedConvolution {
  torch::nn::Conv2d convolution{nullptr};
  torch::nn::BatchNorm2d norm{nullptr};  ///< null where folded
  torch::Tensor operator()(const torch::Tensor& input);
  /// Of operator() and of what is `added`, only the positive. While learning on one of a processor's threads
  /// everything but the convolution is one pass over the memory forwards and two backwards; the same to
  /// float's rounding as LibTorch's three operations.
  torch::Tensor rectified(const torch::Tensor& input, const torch::Tensor& added = {});
  /// As operator(), where `norm` holds no more than the bias of a folded one: afterwards it does the same to
  /// pictures like these, by their mean and deviation.
  torch::Tensor adopt(const torch::Tensor& input);
};

/// Basic: conv1 3 x 3, conv2 3 x 3. Bottleneck: conv1 1 x 1 to a quarter of the channels, conv2 3 x 3, conv3
/// 1 x 1. The stride is the first 3 x 3's. Around them a shortcut: the input, or downsample.0, downsample.1.
class ResidualBlockModule final : public torch::nn::Module {
 public:
  ResidualBlockModule(const ResNetShape& shape, int in, int out, int stride);
  torch::Tensor forward(const torch::Tensor& input);
  torch::Tensor adopt(const torch::Tensor& input);  ///< as NormedConvolution's

 private:
  void add(int number, int in, int out, int kernel, int stride, bool folded);
  std::vector<NormedConvolution> m_convolutions;
  NormedConvolution m_downsample;  ///< null where the shortcut is the input itself
};

/// conv1 7x7/2, bn1, ReLU, maxpool 3x3/2, layer1.0 ... layerL.B, global average pool.
class ResNetModule final : public torch::nn::Module {
 public:
  explicit ResNetModule(const ResNetShape& shape);
  /// n x 3 x side x side, normalised -> n x channels.back(): the mean over all places of maps().
  torch::Tensor forward(const torch::Tensor& tiles, const std::function<void()>& between = {});
  /// What the last block gives, n x channels.back() x height x width. `between` is called after each block,
  /// and after its gradient; what it throws ends the computation.
  torch::Tensor maps(const torch::Tensor& tiles, const std::function<void()>& between = {});
  /// Gives every batch norm, which holds the bias of a folded one, the statistics of these tiles, so that the
  /// network computes what the folded one does and can be trained on.
  void adopt(const torch::Tensor& tiles);

 private:
  NormedConvolution m_first;
  std::vector<std::shared_ptr<ResidualBlockModule>> m_blocks;
};

}  // namespace geneglass
