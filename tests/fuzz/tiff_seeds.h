// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace geneglass::fuzzing {

/// TIFFs of some KiB: plain, Aperio's and fluorescence, in tiles and strips, of each packing that is decoded,
/// with levels in the chain and in SubIFDs; NDPI.
std::vector<std::string> tiffSeeds();

}  // namespace geneglass::fuzzing
