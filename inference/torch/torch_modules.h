// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one header that includes LibTorch: only .cpp files of inference and inference/learning may include it.
#include <omp.h>
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "viewer/foundation/tensors/tensor_file.h"

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

/// Sizes of AttentionRegressionModule.
struct AttentionShape {
  int features = 0;   ///< D
  int embedding = 0;  ///< H
  int attention = 0;  ///< A
  int genes = 0;      ///< G
};

/// The head of head_network.h for training and for use; parameters bear head.h5's names.
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
