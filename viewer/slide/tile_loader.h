// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "viewer/slide/eye_first.h"
#include "viewer/slide/tile_cache.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// Reads wanted tiles on its own threads into a cache. The newest want() replaces everything that still
/// waits. A damaged tile arrives as a Tile with `damaged` set; when it is wanted again after kRetryAfter it
/// is read once more, since a share may only have stalled. A tile that is yet to be prepared arrives
/// unfinished, or not at all yet, and is looked at again every kLookAgainAfter while it is wanted. The
/// destructor drops what waits and joins. While tiles wait or are being read, `eyeFirst`, if there is one,
/// holds up those in the background.
class TileLoader final {
 public:
  /// Called on a tile thread after each tile entered the cache; must return soon and must not call the
  /// loader.
  using Arrived = std::function<void(TilePtr)>;

  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kRetryAfter{2};
  static constexpr std::chrono::milliseconds kLookAgainAfter{250};

  TileLoader(std::shared_ptr<const TileSource> source, std::shared_ptr<TileCache> cache, int threads,
             Arrived arrived, std::shared_ptr<EyeFirst> eyeFirst = {},
             std::function<Clock::time_point()> clock = Clock::now);
  ~TileLoader();
  TileLoader(const TileLoader&) = delete;
  TileLoader& operator=(const TileLoader&) = delete;

  /// Keys in the order of need; the first `needed` are looked at, the others read ahead. Those cached, or
  /// being read already, are not read again. Any thread; never blocks on a read.
  void want(std::vector<TileKey> keys, size_t needed = 0);

  /// Tiles that wait, are being read or are yet to be prepared.
  int pending() const;
  /// Those of them that were looked at in the newest want(). A tile is none any more when `arrived` is
  /// called.
  int needed() const;

  TileCache& cache() { return *m_cache; }

 private:
  void work(std::stop_token stop);
  bool waitForWork(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
  void note(TileKey key, const Tile* tile);  ///< with the lock held
  void tellEyeFirst();                       ///< with the lock held
  bool isToBeRetried(TileKey key) const;     ///< with the lock held

  const std::shared_ptr<const TileSource> m_source;
  const std::shared_ptr<TileCache> m_cache;
  const Arrived m_arrived;
  const std::shared_ptr<EyeFirst> m_eyeFirst;
  const std::function<Clock::time_point()> m_clock;
  mutable std::mutex m_mutex;
  std::condition_variable_any m_wanted;
  std::vector<TileKey> m_waiting;  ///< next to read at the back
  std::unordered_set<TileKey> m_reading;
  std::unordered_set<TileKey> m_needed;
  std::unordered_map<TileKey, Clock::time_point> m_damaged;  ///< when each was read
  std::vector<TileKey> m_unfinished;      ///< wanted and yet to be prepared: to be looked at again
  std::unordered_set<TileKey> m_unready;  ///< that were unfinished, or not there at all, when last looked at
  bool m_eyeWaits = false;
  std::vector<std::jthread> m_threads;  ///< last, so that they end first
};

}  // namespace geneglass
