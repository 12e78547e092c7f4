// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"

namespace geneglass {

/// A TorchScript module on LibTorch, which is loaded now and not before: it takes 150 MiB and 0.4 s, and no
/// built-in encoder needs it. It runs on the graphics card where LibTorch can use one, otherwise on the
/// processor, there frozen, optimised for inference and with channels last. Errors, to follow "...: ": a file
/// that is no such module.
Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package);

}  // namespace geneglass
