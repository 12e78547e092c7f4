// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "inference/learning/pretraining/tile_pool.h"

namespace geneglass {

/// What contrast learns from and what it is judged by: numbers of a pool's tiles.
struct ContrastTiles {
  std::vector<uint32_t> learned;
  std::vector<uint32_t> judged;  ///< of known class, in a drawn order, at most 1000
  bool judgedAreHeldOut = false;
  size_t learnedSources = 0;  ///< slides and pictures
  bool areSynthetic = false;  ///< all of them slides with planted truth
};

/// Of ten or more synthetic slides every fifth is held out to be judged by; of fewer the learnt ones are.
ContrastTiles dividedTiles(const TilePool& pool, uint64_t seed);

}  // namespace geneglass
