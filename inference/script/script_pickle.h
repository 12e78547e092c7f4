// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Reads the instructions of a pickle in a TorchScript archive, and follows none: only those that LibTorch
/// writes, and by name only tensors, lists and classes of the archive itself. Errors, to follow "it ".
Result<void> checkScriptPickle(std::string_view pickle);

}  // namespace geneglass
