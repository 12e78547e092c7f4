// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/model_package.h"

namespace geneglass {

/// Whether using it runs a program of whoever made it: TorchScript. What is built in only has numbers.
inline bool holdsProgram(const ModelPackage& package) {
  return package.encoder.architecture == "torchscript";
}

/// What is said of such a package when it is opened or made.
inline constexpr const char* kHoldsProgram =
    "It holds a program (TorchScript): that is read before it runs, and runs apart, without files and "
    "network.";

}  // namespace geneglass
