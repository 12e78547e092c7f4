// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/prediction/prediction.h"

namespace geneglass {

/// Of fewer tiles than this a slide's values hang on which tissue happens to be there. A package does not say
/// how many its training slides had. Measured on colon-section.tif (615 tiles, the shipped model, 200 draws
/// at random of so many tiles, every third of its genes): in one draw of 20 a gene's value is further from
/// that of all tiles than 0.34 of the spread of the training's predictions with 30 tiles (10 percentiles),
/// 0.67 with 7 (18 percentiles). Tiles beside each other are more alike than those drawn, so this is the
/// least.
inline constexpr size_t kFewTiles = 30;

/// Those that were computed and those that wait.
inline size_t tilesOf(const Prediction& prediction) {
  return prediction.grid.count() + prediction.waiting.size();
}

inline bool isOfFewTiles(const Prediction& prediction) {
  return tilesOf(prediction) < kFewTiles;
}

}  // namespace geneglass
