// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one header that includes LibTorch: only .cpp files of inference and inference/learning may include it.
#include <omp.h>
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "inference/tensor_file.h"

namespace geneglass {

/// LibTorch sets a new thread up for all processors on its first question. Where it computes under
/// OneOpenMpThread, this comes first.
inline void computeAlone() {
  at::get_num_threads();
  omp_set_num_threads(1);
}

/// torch::linear, n x in -> n x out, computed as a 1 x 1 convolution: Debian's LibTorch multiplies matrices
/// with the reference BLAS, a twentieth as fast as oneDNN's convolutions.
torch::Tensor dense(const torch::Tensor& rows, const torch::Tensor& weight, const torch::Tensor& bias);

/// Which residual network: torchvision's basic-block layout and tensor names, any number of stages.
struct ResNetShape {
  std::vector<int> blocks;    ///< basic blocks a stage, for example 2 2 2 2
  std::vector<int> channels;  ///< channels a stage; as many as `blocks`; the last is the feature width
  bool folded = false;  ///< batch norm already inside the convolutions: these have a bias, no bn follows
};

/// Two 3 x 3 convolutions around a shortcut: conv1, bn1, conv2, bn2, downsample.0, downsample.1.
class BasicBlockModule final : public torch::nn::Module {
 public:
  BasicBlockModule(int in, int out, int stride, bool folded);
  torch::Tensor forward(const torch::Tensor& input);

 private:
  torch::nn::Conv2d m_conv1{nullptr};
  torch::nn::Conv2d m_conv2{nullptr};
  torch::nn::BatchNorm2d m_norm1{nullptr};  ///< null where folded
  torch::nn::BatchNorm2d m_norm2{nullptr};
  torch::nn::Sequential m_downsample{nullptr};  ///< null where the shortcut is the input itself
};

/// conv1 7x7/2, bn1, ReLU, maxpool 3x3/2, layer1.0 ... layerL.B, global average pool.
class ResNetModule final : public torch::nn::Module {
 public:
  explicit ResNetModule(const ResNetShape& shape);
  /// n x 3 x side x side, normalised -> n x channels.back().
  torch::Tensor forward(const torch::Tensor& tiles);

 private:
  torch::nn::Conv2d m_conv1{nullptr};
  torch::nn::BatchNorm2d m_norm1{nullptr};  ///< null where folded
  std::vector<std::shared_ptr<BasicBlockModule>> m_blocks;
};

/// Sizes of AttentionRegressionModule.
struct AttentionShape {
  int features = 0;   ///< D
  int embedding = 0;  ///< H
  int attention = 0;  ///< A
  int genes = 0;      ///< G
};

/// The head of attention_regression.h for training and for use; parameters bear head.h5's names.
class AttentionRegressionModule final : public torch::nn::Module {
 public:
  static constexpr double kClamp = 10;     ///< of y and of Y, z-scores
  static constexpr double kDropout = 0.2;  ///< of h before the value branch, in training mode only

  explicit AttentionRegressionModule(const AttentionShape& shape);

  /// What each tile says, N x G each.
  struct Scores {
    torch::Tensor values;  ///< y, clamped
    torch::Tensor logits;  ///< e, before the softmax over the bag
  };
  /// In training mode `dropout` draws what of h is dropped; without one, LibTorch's own generator does.
  Scores scores(const torch::Tensor& features, c10::optional<at::Generator> dropout = {});
  /// N x D -> G: Y, clamped.
  torch::Tensor forward(const torch::Tensor& features);

 private:
  torch::nn::Linear m_embedding{nullptr};
  torch::nn::Linear m_value{nullptr};
  torch::Tensor m_hiddenWeight;  ///< G x A x H
  torch::Tensor m_hiddenBias;    ///< G x A
  torch::Tensor m_outWeight;     ///< G x A
  torch::Tensor m_outBias;       ///< G
};

/// Parameters and buffers by name, without num_batches_tracked.
TensorFile tensorsOf(const torch::nn::Module& module);

/// Copies every tensor of `tensors` into the module. Errors, to follow "...: ": one that is missing, unknown
/// or of another shape.
Result<void> setTensors(torch::nn::Module& module, const TensorFile& tensors);

}  // namespace geneglass
