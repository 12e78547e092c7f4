// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace geneglass {

/// Whether an encoder in TorchScript may call LibTorch's operator aten::`name`: what computes with tensors,
/// shapes and lists, also in place ("relu_"). Not among them is all that knows files, other processes, code,
/// raw memory or the caller.
bool isTensorOperator(std::string_view name);

/// Likewise prim::`name`, as it stands in source (`ops.prim.NumToTensor`) and as a kind of node in a graph.
bool isPrimitive(std::string_view name);

}  // namespace geneglass
