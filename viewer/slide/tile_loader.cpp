// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/tile_loader.h"

#include <algorithm>
#include <new>
#include <utility>

#include "viewer/slide/read_tile.h"

namespace geneglass {

/// For the eye, which looks again later: a tile that finds no memory is damaged until then.
static TilePtr readWithin(const TileSource& source, TileKey key) {
  try {
    return lookOrMarkDamaged(source, key);
  } catch (const std::bad_alloc&) {
    return std::make_shared<const Tile>(Tile{key, {}, true, "There is not enough memory to read this tile."});
  }
}

TileLoader::TileLoader(std::shared_ptr<const TileSource> source, std::shared_ptr<TileCache> cache,
                       int threads, Arrived arrived, std::shared_ptr<EyeFirst> eyeFirst,
                       std::function<Clock::time_point()> clock)
    : m_source(std::move(source)),
      m_cache(std::move(cache)),
      m_arrived(std::move(arrived)),
      m_eyeFirst(std::move(eyeFirst)),
      m_clock(std::move(clock)) {
  for (int i = 0; i < std::max(1, threads); ++i)
    m_threads.emplace_back([this](std::stop_token stop) { work(stop); });
}

TileLoader::~TileLoader() {
  for (std::jthread& thread : m_threads) thread.request_stop();
  m_threads.clear();
  m_waiting.clear();
  tellEyeFirst();
}

void TileLoader::tellEyeFirst() {
  const bool waits = !m_waiting.empty() || !m_reading.empty();
  if (!m_eyeFirst || waits == m_eyeWaits) return;
  m_eyeWaits = waits;
  if (waits)
    m_eyeFirst->startWaiting();
  else
    m_eyeFirst->stopWaiting();
}

bool TileLoader::isToBeRetried(TileKey key) const {
  const auto found = m_damaged.find(key);
  return found != m_damaged.end() && m_clock() - found->second >= kRetryAfter;
}

void TileLoader::want(std::vector<TileKey> keys, size_t needed) {
  std::unordered_set<TileKey> seen;
  const std::lock_guard lock(m_mutex);
  m_needed.clear();
  m_unfinished.clear();
  std::erase_if(keys, [&, index = size_t{0}](TileKey key) mutable {
    const bool isNeeded = index++ < needed;
    if (!seen.insert(key).second) return true;
    const bool isUnready = m_unready.contains(key);
    if (!isUnready && m_cache->contains(key) && !isToBeRetried(key)) return true;
    if (isNeeded) m_needed.insert(key);
    if (m_reading.contains(key)) return true;
    if (isUnready) m_unfinished.push_back(key);
    return isUnready;
  });
  std::reverse(keys.begin(), keys.end());
  m_waiting.swap(keys);
  tellEyeFirst();
  m_wanted.notify_all();
}

int TileLoader::pending() const {
  const std::lock_guard lock(m_mutex);
  return static_cast<int>(m_waiting.size() + m_reading.size() + m_unfinished.size());
}

int TileLoader::needed() const {
  const std::lock_guard lock(m_mutex);
  return static_cast<int>(m_needed.size());
}

/// What is yet to be prepared is looked at again after a while in which nothing else is to be done.
bool TileLoader::waitForWork(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  const auto isThere = [this] { return !m_waiting.empty(); };
  while (!isThere() && !stop.stop_requested()) {
    if (m_unfinished.empty()) {
      m_wanted.wait(lock, stop, [&] { return isThere() || !m_unfinished.empty(); });
      continue;
    }
    if (m_wanted.wait_for(lock, stop, kLookAgainAfter, isThere) || stop.stop_requested()) continue;
    m_waiting.assign(m_unfinished.rbegin(), m_unfinished.rend());
    m_unfinished.clear();
  }
  return !stop.stop_requested();
}

void TileLoader::note(TileKey key, const Tile* tile) {
  const bool isUnready = !tile || tile->unfinished;
  if (isUnready) {
    m_unready.insert(key);
    m_unfinished.push_back(key);
  } else {
    m_unready.erase(key);
    m_needed.erase(key);
  }
  if (tile && tile->damaged)
    m_damaged[key] = m_clock();
  else
    m_damaged.erase(key);
}

void TileLoader::work(std::stop_token stop) {
  std::unique_lock lock(m_mutex);
  while (waitForWork(lock, stop)) {
    const TileKey key = m_waiting.back();
    m_waiting.pop_back();
    m_reading.insert(key);
    lock.unlock();
    TilePtr tile = readWithin(*m_source, key);
    if (tile) m_cache->insert(tile);
    lock.lock();
    note(key, tile.get());
    lock.unlock();
    if (tile && m_arrived && !stop.stop_requested()) m_arrived(std::move(tile));
    tile.reset();
    lock.lock();
    m_reading.erase(key);
    tellEyeFirst();
  }
}

}  // namespace geneglass
