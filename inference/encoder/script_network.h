// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"

namespace geneglass {

/// A TorchScript module, which is a program that somebody else wrote: it runs on LibTorch in a process of its
/// own, which opens no file and reaches nothing (closed_off.h), within a limit of memory and of time, on the
/// processor. Its code is read before it is loaded (script_archive.h). Errors, to follow "...: ": a file that
/// is no such module, or one that is not run; stopped.
Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package,
                                                       const std::stop_token& stop = {});

}  // namespace geneglass
