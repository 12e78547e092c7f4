// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/csrc/jit/api/module.h>

#include "viewer/foundation/result.h"

namespace geneglass {

/// All that the module and what it is made of could call, as LibTorch understood its code: the same operators
/// as checkScriptSource() allows. Errors, to follow "...: ".
Result<void> checkScriptGraph(const torch::jit::Module& module);

}  // namespace geneglass
