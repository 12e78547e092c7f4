// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/head/slide_head.h"

namespace geneglass {

/// The bag without the tiles marked in `leftOut` (N). What the heads say of a tile does not hang on the
/// others, so nothing is embedded anew. Features that members share stay shared.
EmbeddedBag bagWithout(const EmbeddedBag& bag, const std::vector<bool>& leftOut);

}  // namespace geneglass
