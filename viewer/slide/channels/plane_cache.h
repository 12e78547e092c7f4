// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <utility>

#include "viewer/slide/channels/plane.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Decoded channels of tiles, the most recently used up to a limit in bytes, so that showing them otherwise
/// decodes nothing. Any thread.
class PlaneCache final {
 public:
  static constexpr size_t kLimit = 96u << 20;  ///< bytes: a full screen of three channels, twice

  explicit PlaneCache(size_t limitInBytes = kLimit) : m_limit(limitInBytes) {}

  void setLimit(size_t bytes);               ///< what is beyond it goes at once
  PlanePtr find(TileKey tile, int channel);  ///< null where absent
  void insert(TileKey tile, int channel, PlanePtr plane);
  size_t bytes() const;

 private:
  using Key = std::pair<TileKey, int>;
  struct Entry {
    Key key;
    PlanePtr plane;
  };

  void trim();

  mutable std::mutex m_mutex;  ///< for what follows
  size_t m_limit;
  size_t m_bytes = 0;
  std::list<Entry> m_order;  ///< the most recently used first
  std::map<Key, std::list<Entry>::iterator> m_places;
};

}  // namespace geneglass
