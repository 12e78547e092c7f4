// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// Is there a batch norm in it at all?
bool hasBatchNorm(const TensorFile& tensors);

/// The same network with every batch norm (eps 1e-5) multiplied into the convolution before it: conv1 + bn1
/// becomes conv1 with a bias, downsample.0 + downsample.1 becomes downsample.0 with a bias. Errors, to follow
/// "...: ": a batch norm that is incomplete or does not fit its convolution.
Result<TensorFile> foldBatchNorm(TensorFile tensors);

/// The reverse in form alone: after each convolution a batch norm that adds its bias and does nothing else.
TensorFile withBatchNorm(const TensorFile& folded);

/// The batch norm that follows a convolution: "layer1.0.conv2" -> "layer1.0.bn2".
std::string normOf(const std::string& convolution);

}  // namespace geneglass
