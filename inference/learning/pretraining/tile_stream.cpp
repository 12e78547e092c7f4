// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/tile_stream.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "inference/learning/pretraining/contrast_views.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {

static size_t bytesOfTile(const TilePool& pool) {
  return size_t(pool.side()) * size_t(pool.side()) * 3;
}

TileStream::TileStream(const TilePool& pool, std::vector<uint32_t> tiles, const StreamOptions& options,
                       std::stop_token stop)
    : m_pool(pool), m_tiles(std::move(tiles)), m_options(options), m_onStop(std::move(stop), [this] {
        m_stop.request_stop();
        m_changed.notify_all();
      }) {
  const size_t fit = std::max<size_t>(2, options.bytes / bytesOfTile(pool));
  m_ahead = std::clamp<size_t>(fit / 8, 1, 256);
  m_capacity = std::min(fit - m_ahead, std::max<size_t>(1, m_tiles.size()));
}

TileStream::~TileStream() {
  stopReading();
}

size_t TileStream::bound() const {
  return (m_capacity + m_ahead) * bytesOfTile(m_pool);
}

size_t TileStream::mostBytes() const {
  const std::scoped_lock lock(m_mutex);
  return m_mostBytes;
}

/// Each slide's tiles shuffled and cut into runs; the runs of all slides shuffled.
std::vector<uint32_t> TileStream::orderOf(int64_t epoch) const {
  std::vector<uint32_t> all = m_tiles;
  std::mt19937_64 random(mixed(m_options.seed, uint64_t(epoch), 1));
  std::vector<std::pair<size_t, size_t>> runs;  // [first, end) of `all`
  for (size_t first = 0, end = 0; first < all.size(); first = end) {
    const size_t source = m_pool.sourceOf(all[first]);
    const TilePool::Source& facts = m_pool.sources()[source];
    while (end < all.size() && all[end] < facts.first + facts.count) ++end;
    std::shuffle(all.begin() + int64_t(first), all.begin() + int64_t(end), random);
    for (size_t run = first; run < end; run += kRun) runs.emplace_back(run, std::min(end, run + kRun));
  }
  std::shuffle(runs.begin(), runs.end(), random);
  std::vector<uint32_t> order;
  order.reserve(all.size());
  for (const auto& [first, end] : runs)
    order.insert(order.end(), all.begin() + int64_t(first), all.begin() + int64_t(end));
  return order;
}

size_t TileStream::drawn(size_t among, int64_t position) const {
  return mixed(m_options.seed, uint64_t(m_epoch), 2, uint64_t(position)) % among;
}

/// The order in which tiles leave does not depend on their pixels.
void TileStream::findOwn() {
  const auto& [rank, ranks, batch] = m_options.share;
  m_isOwn.clear();
  if (ranks == 1) return;
  m_isOwn.resize(m_sequence.size());
  const int64_t whole = int64_t(m_sequence.size()) / batch * batch;
  std::vector<size_t> held;  // places in the sequence
  size_t entered = 0;
  for (int64_t left = 0; left < whole; ++left) {
    while (held.size() < m_capacity && entered < m_sequence.size()) held.push_back(entered++);
    std::swap(held[drawn(held.size(), m_position + left)], held.back());
    m_isOwn[held.back()] = left % batch / (batch / ranks) == rank;
    held.pop_back();
  }
}

void TileStream::begin(int64_t epoch, int64_t position) {
  stopReading();
  m_epoch = epoch;
  m_reservoir.clear();
  const std::vector<uint32_t> order = orderOf(epoch);
  std::vector<uint32_t> held;  // what the reservoir would hold
  size_t entered = 0;
  for (m_position = 0; m_position < position; ++m_position) {
    while (held.size() < m_capacity && entered < order.size()) held.push_back(order[entered++]);
    if (held.empty()) break;
    std::swap(held[drawn(held.size(), m_position)], held.back());
    held.pop_back();
  }
  m_sequence = std::move(held);
  m_sequence.insert(m_sequence.end(), order.begin() + int64_t(entered), order.end());
  m_entered = 0;
  findOwn();
  startReading();
}

void TileStream::startReading() {
  m_ring.assign(m_ahead, std::nullopt);
  m_nextToRead = 0;
  m_bytes = 0;
  for (int i = 0; i < threadCount(m_options.threads); ++i)
    m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

void TileStream::stopReading() {
  for (std::jthread& thread : m_threads) thread.request_stop();
  m_threads.clear();
}

void TileStream::work(const std::stop_token& stop) {
  while (!m_stop.stop_requested()) {
    size_t index = 0;
    {
      std::unique_lock lock(m_mutex);
      const auto mayRead = [this] {
        return m_stop.stop_requested() || m_nextToRead == m_sequence.size() ||
               m_nextToRead < m_entered + m_ring.size();
      };
      if (!m_changed.wait(lock, stop, mayRead)) return;
      if (m_stop.stop_requested() || m_nextToRead == m_sequence.size()) return;
      index = m_nextToRead++;
    }
    StreamedTile tile{m_sequence[index], {}};
    if (m_isOwn.empty() || m_isOwn[index]) {
      const auto turn = SpareProcessors::spare(m_options.spare);
      tile.rgb = m_pool.read(m_sequence[index]);
    }
    const std::scoped_lock lock(m_mutex);
    m_bytes += tile.rgb.size();
    m_mostBytes = std::max(m_mostBytes, m_bytes);
    m_ring[index % m_ring.size()] = std::move(tile);
    m_changed.notify_all();
  }
}

std::optional<StreamedTile> TileStream::next() {
  while (!m_stop.stop_requested()) {
    while (m_reservoir.size() < m_capacity && m_entered < m_sequence.size()) {
      std::unique_lock lock(m_mutex);
      std::optional<StreamedTile>& slot = m_ring[m_entered % m_ring.size()];
      m_changed.wait(lock, m_stop.get_token(), [&] { return slot.has_value(); });
      if (m_stop.stop_requested()) return {};
      m_reservoir.push_back({*std::exchange(slot, std::nullopt), m_isOwn.empty() || m_isOwn[m_entered]});
      ++m_entered;
      m_changed.notify_all();
    }
    if (m_reservoir.empty()) return {};
    std::swap(m_reservoir[drawn(m_reservoir.size(), m_position)], m_reservoir.back());
    Entry left = std::move(m_reservoir.back());
    m_reservoir.pop_back();
    ++m_position;
    const std::scoped_lock lock(m_mutex);
    m_bytes -= left.tile.rgb.size();
    if (!left.isOwn) continue;
    if (left.tile.rgb.empty() && !m_isOwn.empty()) left.tile.rgb.assign(bytesOfTile(m_pool), 255);
    if (!left.tile.rgb.empty()) return std::move(left.tile);
  }
  return {};
}

}  // namespace geneglass
