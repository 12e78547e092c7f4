// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/plane_cache.h"

namespace geneglass {

PlanePtr PlaneCache::find(TileKey tile, int channel) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_places.find({tile, channel});
  if (found == m_places.end()) return nullptr;
  m_order.splice(m_order.begin(), m_order, found->second);
  return found->second->plane;
}

void PlaneCache::insert(TileKey tile, int channel, PlanePtr plane) {
  const std::lock_guard lock(m_mutex);
  const Key key{tile, channel};
  const size_t bytes = plane->bytes();
  if (bytes > m_limit || m_places.contains(key)) return;
  m_order.push_front({key, std::move(plane)});
  m_places[key] = m_order.begin();
  m_bytes += bytes;
  trim();
}

void PlaneCache::setLimit(size_t bytes) {
  const std::lock_guard lock(m_mutex);
  m_limit = bytes;
  trim();
}

void PlaneCache::trim() {
  while (m_bytes > m_limit) {
    m_bytes -= m_order.back().plane->bytes();
    m_places.erase(m_order.back().key);
    m_order.pop_back();
  }
}

size_t PlaneCache::bytes() const {
  const std::lock_guard lock(m_mutex);
  return m_bytes;
}

}  // namespace geneglass
