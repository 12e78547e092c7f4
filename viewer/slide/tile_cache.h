// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>

#include "viewer/slide/tile.h"

namespace geneglass {

/// Decoded tiles of one slide, the most recently used up to a limit in bytes. Any thread.
/// A tile that somebody still holds outlives its eviction.
class TileCache final {
 public:
  explicit TileCache(size_t limitInBytes);

  TilePtr find(TileKey key);         ///< null where absent; makes the tile the most recently used
  bool contains(TileKey key) const;  ///< leaves the order of use as it is
  void insert(TilePtr tile);         ///< a tile larger than the limit is not kept
  void drop(TileKey key);            ///< nothing where absent
  void clear();
  size_t bytes() const;
  size_t limitInBytes() const;
  void setLimit(size_t bytes);
  void lowerLimit(size_t bytes);  ///< for good: it is never set higher again

 private:
  using Order = std::list<TilePtr>;

  void evictTo(size_t bytes, Order& evicted);  ///< with the lock held

  mutable std::mutex m_mutex;
  size_t m_limit;
  size_t m_most = SIZE_MAX;  ///< that the limit may be
  size_t m_bytes = 0;
  Order m_order;  ///< most recently used first
  std::unordered_map<TileKey, Order::iterator> m_tiles;
};

}  // namespace geneglass
