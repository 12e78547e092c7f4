// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

#include "inference/head/slide_head.h"
#include "inference/prediction/gene_map.h"

namespace geneglass {

/// The maps of a package's genes over the tiles of one slide, computed when a gene is looked at. Holds what
/// the heads need of the bag (EmbeddedBag) and the maps it gave last. Any thread.
class GeneMaps final {
 public:
  /// Of maps that are kept. Where all genes' together are below it, readAll() leaves them all.
  static constexpr size_t kKeptBytes = size_t{64} << 20;
  /// A map that takes more multiplications than this is not at hand: some 10 ms on two processors.
  static constexpr double kQuickWork = 5e8;

  struct Place {
    TileGrid grid;
    double mpp = 0;                 ///< of level 0
    std::vector<bool> hasHotspots;  ///< G: whether hotspots are looked for
  };
  GeneMaps(std::shared_ptr<const SlideHead> head, EmbeddedBag bag, Place place);

  Result<GeneMapPtr> of(size_t gene) const;
  /// Whether of() takes at most some milliseconds.
  bool isAtHand(size_t gene) const;

  /// See GeneMapSource.
  Result<std::vector<double>> valuesWithout(const std::vector<bool>& leftOut,
                                            const std::vector<size_t>& genes, std::stop_token stop) const;

  /// Told of each gene in turn, on the calling thread: what the slide is said to be, and the map.
  using Take = std::function<Result<void>(size_t gene, const GeneReading& reading, const GeneMapPtr& map)>;
  /// All genes, a few at a time, on all processors. Ends early when stopped.
  Result<void> readAll(std::stop_token stop, const Take& take) const;

 private:
  GeneMapPtr mapOf(size_t gene, GeneReading& reading) const;
  GeneMapPtr kept(size_t gene) const;
  void keep(size_t gene, const GeneMapPtr& map) const;
  size_t bytesOfMap() const { return 3 * sizeof(float) * m_bag.tiles; }

  const std::shared_ptr<const SlideHead> m_head;
  const EmbeddedBag m_bag;
  const Place m_place;
  mutable std::mutex m_mutex;
  mutable std::list<std::pair<size_t, GeneMapPtr>> m_kept;  ///< the one asked for last first
};

/// For a prediction, which owns it from then on.
GeneMapSource sourceOf(std::shared_ptr<const GeneMaps> maps);

}  // namespace geneglass
