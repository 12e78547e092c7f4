// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/tile_cache.h"

#include <algorithm>
#include <utility>

namespace geneglass {

static size_t bytesOf(const Tile& tile) {
  return sizeof(Tile) + tile.image.bytes() + tile.damage.size();
}

TileCache::TileCache(size_t limitInBytes) : m_limit(limitInBytes) {}

TilePtr TileCache::find(TileKey key) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_tiles.find(key);
  if (found == m_tiles.end()) return nullptr;
  m_order.splice(m_order.begin(), m_order, found->second);
  return *found->second;
}

bool TileCache::contains(TileKey key) const {
  const std::lock_guard lock(m_mutex);
  return m_tiles.contains(key);
}

void TileCache::insert(TilePtr tile) {
  if (!tile) return;
  Order evicted;  // freed after the lock
  const std::lock_guard lock(m_mutex);
  if (const auto found = m_tiles.find(tile->key); found != m_tiles.end()) {
    m_bytes -= bytesOf(**found->second);
    evicted.splice(evicted.end(), m_order, found->second);
    m_tiles.erase(found);
  }
  const size_t bytes = bytesOf(*tile);
  if (bytes > m_limit) return;
  evictTo(m_limit - bytes, evicted);
  m_order.push_front(std::move(tile));
  m_tiles.emplace(m_order.front()->key, m_order.begin());
  m_bytes += bytes;
}

void TileCache::evictTo(size_t bytes, Order& evicted) {
  while (m_bytes > bytes) {
    m_bytes -= bytesOf(*m_order.back());
    m_tiles.erase(m_order.back()->key);
    evicted.splice(evicted.end(), m_order, std::prev(m_order.end()));
  }
}

size_t TileCache::limitInBytes() const {
  const std::lock_guard lock(m_mutex);
  return m_limit;
}

void TileCache::setLimit(size_t bytes) {
  Order evicted;  // freed after the lock
  const std::lock_guard lock(m_mutex);
  m_limit = std::min(m_most, bytes);
  evictTo(m_limit, evicted);
}

void TileCache::lowerLimit(size_t bytes) {
  Order evicted;
  const std::lock_guard lock(m_mutex);
  m_most = std::min(m_most, bytes);
  m_limit = std::min(m_limit, m_most);
  evictTo(m_limit, evicted);
}

void TileCache::drop(TileKey key) {
  Order dropped;  // freed after the lock
  const std::lock_guard lock(m_mutex);
  const auto found = m_tiles.find(key);
  if (found == m_tiles.end()) return;
  m_bytes -= bytesOf(**found->second);
  dropped.splice(dropped.end(), m_order, found->second);
  m_tiles.erase(found);
}

void TileCache::clear() {
  Order evicted;
  const std::lock_guard lock(m_mutex);
  evicted.swap(m_order);
  m_tiles.clear();
  m_bytes = 0;
}

size_t TileCache::bytes() const {
  const std::lock_guard lock(m_mutex);
  return m_bytes;
}

}  // namespace geneglass
