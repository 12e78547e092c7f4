// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/tile_network.h"

namespace geneglass {

/// A TorchScript module on LibTorch: on the graphics card where LibTorch can use one, otherwise on the
/// processor, there frozen, optimised for inference and with channels last. Errors, to follow "...: ": a file
/// that is no such module.
Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package);

}  // namespace geneglass
