// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "inference/learning/pretraining/spare_processors.h"
#include "inference/learning/pretraining/tile_pool.h"

namespace geneglass {

/// Which tiles of each batch are read: those of one of several ranks that read the same order.
struct BatchShare {
  int rank = 0;
  int ranks = 1;
  int64_t batch = 1;  ///< tiles of all ranks together; a multiple of `ranks`
};

struct StreamOptions {
  uint64_t seed = 1;
  int threads = 0;                   ///< that read; 0 = as many as processors
  size_t bytes = size_t(256) << 20;  ///< most that pixels may take
  SpareProcessors* spare = nullptr;  ///< where set, on these
  BatchShare share = {};
};

struct StreamedTile {
  size_t tile = 0;           ///< its number in the pool
  std::vector<uint8_t> rgb;  ///< pool.side() x pool.side(), row by row
};

/// Each epoch all chosen tiles once, mixed across slides, read on threads of its own: runs of tiles of a
/// slide come in a drawn order into a reservoir that holds what `bytes` allow, and leave it in a drawn order.
/// The order depends on seed, epoch and `bytes`, not on threads; it needs 4 bytes a tile. Damaged tiles are
/// left out; but of several ranks they are white instead, so that all read the same batches, and tiles at the
/// end that make no whole batch are left out. One thread at a time.
class TileStream final {
 public:
  static constexpr size_t kRun = 32;  ///< tiles of a slide that are read one after the other

  /// `pool` must outlive it.
  TileStream(const TilePool& pool, std::vector<uint32_t> tiles, const StreamOptions& options,
             std::stop_token stop);
  ~TileStream();
  TileStream(const TileStream&) = delete;
  TileStream& operator=(const TileStream&) = delete;

  /// Goes to a place of an epoch: after `position` tiles, the damaged ones counted. Reads again only what the
  /// reservoir holds there.
  void begin(int64_t epoch, int64_t position = 0);
  /// The next tile; none at the end of the epoch and when stopped. Blocks while it is being read.
  std::optional<StreamedTile> next();

  int64_t position() const { return m_position; }
  const BatchShare& share() const { return m_options.share; }
  size_t reservoir() const { return m_capacity; }  ///< tiles
  size_t bound() const;                            ///< bytes of pixels, reservoir and read ahead
  size_t mostBytes() const;                        ///< that there ever were

 private:
  std::vector<uint32_t> orderOf(int64_t epoch) const;
  size_t drawn(size_t among, int64_t position) const;  ///< which of the reservoir leaves there
  void findOwn();                                      ///< fills m_isOwn
  void startReading();
  void stopReading();
  void work(const std::stop_token& stop);

  const TilePool& m_pool;
  const std::vector<uint32_t> m_tiles;
  const StreamOptions m_options;
  size_t m_ahead = 0;     ///< tiles
  size_t m_capacity = 0;  ///< tiles
  int64_t m_epoch = 0;
  int64_t m_position = 0;
  struct Entry {
    StreamedTile tile;
    bool isOwn = true;
  };
  std::vector<Entry> m_reservoir;
  std::vector<uint32_t> m_sequence;  ///< what is read, in order
  std::vector<bool> m_isOwn;         ///< of the sequence: read by this rank; empty: all are
  size_t m_entered = 0;              ///< of m_sequence, into the reservoir

  std::stop_source m_stop;
  std::stop_callback<std::function<void()>> m_onStop;
  mutable std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::vector<std::optional<StreamedTile>> m_ring;  ///< the i-th of the sequence waits at i % size
  size_t m_nextToRead = 0;
  size_t m_bytes = 0;
  size_t m_mostBytes = 0;
  std::vector<std::jthread> m_threads;  ///< last, so that they end first
};

}  // namespace geneglass
