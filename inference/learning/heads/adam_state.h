// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include "inference/torch/torch_modules.h"

namespace geneglass {

/// The moments of every parameter of `module`, as `NAME.first` and `NAME.second`; nothing before the first
/// step.
TensorFile momentsOf(const torch::nn::Module& module, torch::optim::Adam& adam);

/// The reverse, after `steps` steps.
void setMoments(const torch::nn::Module& module, torch::optim::Adam& adam, const TensorFile& moments,
                int64_t steps);

}  // namespace geneglass
