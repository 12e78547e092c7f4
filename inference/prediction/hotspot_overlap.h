// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/hotspots.h"

namespace geneglass {

/// How much of two genes' hotspots, on the same grid, is the same tissue: Dice's 2 |A and B| / (|A| + |B|)
/// over the map's cells, 0 to 1 (Dice 1945, Ecology 26, 297-302). NaN where neither has any.
double diceOverlap(const std::vector<Hotspot>& a, const std::vector<Hotspot>& b);

}  // namespace geneglass
