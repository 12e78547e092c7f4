// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace geneglass {

/// Position embeddings of side x side patches, `across` numbers each, for another number of patches: bicubic,
/// as PyTorch interpolates with corners not aligned. `antialias`: as timm does it (Keys' kernel with a =
/// -0.5, widened where it shrinks); else as transformers does (a = -0.75, four neighbours).
std::vector<float> resamplePositions(const std::vector<float>& positions, int side, int wanted, int across,
                                     bool antialias);

}  // namespace geneglass
