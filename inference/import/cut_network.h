// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "inference/package/model_package.h"

namespace geneglass {

/// Keeps the blocks of a network up to `lastBlock`, counted from 0 over all stages; all where it is none, and
/// adds to its name where it was cut. `facts.channels` holds those of the stages only. Errors, to follow
/// "...: ": there is no such block.
Result<void> cutAfter(std::optional<int> lastBlock, EncoderFacts& facts);

}  // namespace geneglass
