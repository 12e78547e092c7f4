// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>

#include "inference/learning/pretraining/tile_pool.h"
#include "inference/package/model_package.h"
#include "inference/synthetic/planted_expression.h"

namespace geneglass {

/// What a pretraining has made, and how it was judged.
struct PretrainedEncoder {
  ModelPackage package;     ///< without genes; empty on ranks that do not write it
  size_t tiles = 0;         ///< trained on
  size_t heldOutTiles = 0;  ///< judged by
  /// Of composition: Pearson between read and planted fraction over tiles of slides not trained on; NaN where
  /// a class is not there.
  std::array<double, kTissueClasses> heldOutR{};
  /// Of contrast: how many of the tiles of known class have such neighbours; NaN where no class is known.
  double neighbourAccuracy = std::numeric_limits<double>::quiet_NaN();
  /// Left out by contrast, of several ranks this one's; composition ends with such a tile.
  UnreadTiles unread = {};
  bool judgedAreHeldOut = true;  ///< false where there were too few slides to hold some out
};

}  // namespace geneglass
