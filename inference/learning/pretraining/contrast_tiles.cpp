// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_tiles.h"

#include <algorithm>
#include <random>
#include <set>

#include "inference/learning/pretraining/contrast_views.h"

namespace geneglass {

constexpr size_t kMostJudged = 1000;       // tiles
constexpr size_t kFewestHeldOutFrom = 10;  // synthetic slides

ContrastTiles dividedTiles(const TilePool& pool, uint64_t seed) {
  std::set<size_t> known;  // synthetic slides
  for (uint32_t tile = 0; tile < pool.count(); ++tile)
    if (pool.classOf(tile) >= 0 && !pool.sources()[pool.sourceOf(tile)].isPicture)
      known.insert(pool.sourceOf(tile));
  std::set<size_t> heldOut;
  if (known.size() >= kFewestHeldOutFrom)
    for (size_t place = 0; const size_t source : known)
      if (++place % 5 == 0) heldOut.insert(source);
  ContrastTiles tiles;
  tiles.judgedAreHeldOut = !heldOut.empty();
  tiles.learnedSources = pool.sources().size() - heldOut.size();
  tiles.areSynthetic = known.size() == pool.sources().size();
  for (uint32_t tile = 0; tile < pool.count(); ++tile) {
    const bool isHeldOut = heldOut.count(pool.sourceOf(tile)) > 0;
    if (!isHeldOut) tiles.learned.push_back(tile);
    if (pool.classOf(tile) >= 0 && (isHeldOut || heldOut.empty())) tiles.judged.push_back(tile);
  }
  std::mt19937_64 random(mixed(seed, 3));
  std::shuffle(tiles.judged.begin(), tiles.judged.end(), random);
  tiles.judged.resize(std::min(tiles.judged.size(), kMostJudged));
  return tiles;
}

}  // namespace geneglass
