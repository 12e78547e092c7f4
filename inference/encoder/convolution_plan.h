// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensor_file.h"

namespace geneglass {

/// One convolution of a residual network, with what is fused to it.
struct ConvolutionStep {
  std::string name;  ///< of its tensors, for example "layer2.0.conv1"
  int in = 0;        ///< channels
  int out = 0;
  int kernel = 1;  ///< pixels a side; the border is kernel / 2 zeros
  int stride = 1;
  int side = 0;           ///< pixels a side of what comes in
  int from = 0;           ///< which buffer it reads; 0 is the network's input
  int to = 0;             ///< which it writes
  bool adds = false;      ///< to what lies in `to` already: the shortcut
  bool rectifies = true;  ///< ReLU after all that

  int sideOut() const { return (side + 2 * (kernel / 2) - kernel) / stride + 1; }
  /// Floating point operations for one tile, a multiplication and an addition being two.
  double operations() const;
};

/// What a built-in encoder computes: the first step, a 3 x 3 / 2 maximum, all other steps in order, the mean
/// over each channel of `last`.
struct ConvolutionPlan {
  std::vector<ConvolutionStep> steps;
  int pooled = 0;      ///< the buffer that the maximum writes
  int pooledSide = 0;  ///< pixels a side there
  int last = 0;        ///< the buffer with the last step's picture
  int buffers = 0;     ///< as many, the input's included

  double operations() const;
};

/// Architecture "resnet": torchvision's blocks of either kind, any number of stages.
ConvolutionPlan planResNet(const EncoderFacts& facts);

/// Errors, to follow "...: ": a tensor that is missing, unknown or of another shape. Batch norms must have
/// been folded (fold_batch_norm.h).
Result<void> checkTensors(const ConvolutionPlan& plan, const TensorFile& tensors);

}  // namespace geneglass
