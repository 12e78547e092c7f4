// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// A source that keeps the tiles decoded last: neighbouring tiles of the model's grid share them. Any thread.
class SharedTiles final : public TileSource {
 public:
  explicit SharedTiles(std::shared_ptr<const TileSource> source)
      : m_source(std::move(source)), m_cache(kBytes) {}

  Result<TilePtr> read(TileKey key) const override {
    if (TilePtr tile = m_cache.find(key)) return tile;
    Result<TilePtr> tile = m_source->read(key);
    if (tile && *tile) m_cache.insert(*tile);
    return tile;
  }
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_source->readAssociatedImage(name);
  }

 private:
  static constexpr size_t kBytes = 48u << 20;  ///< a block of 8 x 8 tiles of the grid and its neighbours
  const std::shared_ptr<const TileSource> m_source;
  mutable TileCache m_cache;
};

}  // namespace geneglass
