// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// One convolution, with what is fused to it.
struct ConvolutionStep {
  std::string name;  ///< of its tensors, for example "layer2.0.conv1"
  int in = 0;        ///< channels
  int out = 0;
  int kernel = 1;  ///< pixels a side; the border is kernel / 2 zeros
  int stride = 1;
  int side = 0;            ///< pixels a side of what comes in
  int from = 0;            ///< which buffer it reads; 0 is the network's input
  int to = 0;              ///< which it writes
  bool adds = false;       ///< to what lies in `to` already: the shortcut
  bool rectifies = true;   ///< ReLU after all that
  float ceiling = 0;       ///< of that ReLU: 6 makes it ReLU6; 0: none
  bool depthwise = false;  ///< each channel by itself; in = out

  int sideOut() const { return (side + 2 * (kernel / 2) - kernel) / stride + 1; }
  std::vector<int64_t> weightShape() const;  ///< as it is stored
  /// Floating point operations for one tile, a multiplication and an addition being two.
  double operations() const;
};

/// What a built-in encoder computes: the first step, a 3 x 3 / 2 maximum where `pooled` is one of the
/// buffers, all other steps in order, the mean over each channel of `last`.
struct ConvolutionPlan {
  std::vector<ConvolutionStep> steps;
  int pooled = 0;      ///< the buffer that the maximum writes; 0: there is none
  int pooledSide = 0;  ///< pixels a side there
  int last = 0;        ///< the buffer with the last step's picture
  int buffers = 0;     ///< as many, the input's included

  double operations() const;
};

/// Of a built-in architecture.
ConvolutionPlan planOf(const EncoderFacts& facts);

/// "resnet": torchvision's blocks of either kind, any number of stages.
ConvolutionPlan planResNet(const EncoderFacts& facts);

/// "resnetv2" (He et al. 2016, identity mappings): bottlenecks whose batch norms come before the
/// convolutions, stride in the middle one; a last norm and ReLU ("norm") after all stages.
ConvolutionPlan planResNetV2(const EncoderFacts& facts);

/// "mobilenetv2" (Sandler et al. 2018), at most seven stages of inverted residuals; the first does not
/// expand, the others do sixfold. `channels` are the first convolution's, each stage's and, where it is
/// there, those of the last convolution, which follows all stages. Tensors are named as torchvision does.
ConvolutionPlan planMobileNetV2(const EncoderFacts& facts);

/// Errors, to follow "...: ": a tensor that is missing, unknown or of another shape. Batch norms must have
/// been folded (fold_batch_norm.h).
Result<void> checkTensors(const ConvolutionPlan& plan, const TensorFile& tensors);

}  // namespace geneglass
