// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/pump.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <iterator>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "inference/tissue/focus.h"
#include "inference/tissue/shared_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/watch.h"

namespace geneglass {
namespace {

/// A cell as the model sees it.
struct SeenTile {
  size_t cell = 0;
  TileState state = TileState::Waiting;
  std::vector<Image> images;  ///< one a size; none where it is not usable
};

class Pump final {
 public:
  Pump(const OpenedSlide& opened, Encoder& encoder, GrowingBag& bag, const PumpSettings& settings,
       std::stop_token stop, const std::function<void()>& onTile)
      : m_slide(*opened.slide),
        m_source(opened.source),
        m_encoder(encoder),
        m_bag(bag),
        m_settings(settings),
        m_stop(std::move(stop)),
        m_onTile(onTile),
        m_order(bag.frame().grid, bag.waits()) {}

  Result<PumpSeconds> run() {
    const size_t threads = ownThreads(m_settings.threads);
    const Result<size_t> lanes = m_encoder.prepareLanes(threads);
    if (!lanes) return tl::unexpected(lanes.error());
    m_lanes = *lanes;
    m_together = m_encoder.together();
    m_ahead = 2 * m_together * std::max(m_lanes, threads);
    {
      std::vector<std::jthread> workers;
      for (size_t thread = 0; thread < threads; ++thread)
        workers.emplace_back([this, thread] { workOrFail(thread); });
    }
    if (m_failure) return tl::unexpected(*m_failure);
    return m_seconds;
  }

 private:
  enum class Next { Read, Encode, Wait, End };

  /// The border where exceptions of a thread end.
  void workOrFail(size_t thread) {
    try {
      const OneOpenMpThread alone;
      work(thread);
    } catch (const std::exception& error) {
      giveUp({fmt::format("Computing the features of '{}' failed: {}.", m_slide.file.string(),
                          reasonOf(error))});
    }
  }

  void work(size_t thread) {
    const std::stop_callback wake(m_stop, [this] { m_changed.notify_all(); });
    std::unique_lock lock(m_mutex);
    while (true) {
      switch (nextFor(thread)) {
        case Next::End:
          return;
        case Next::Wait:
          m_changed.wait_for(lock, std::chrono::milliseconds(50));
          break;
        case Next::Read:
          read(lock);
          break;
        case Next::Encode:
          encode(thread, lock);
          break;
      }
    }
  }

  /// With the lock held.
  Next nextFor(size_t thread) const {
    if (m_stop.stop_requested() || m_failure) return Next::End;
    const bool mayRead = m_order.waiting() > 0 && m_ready.size() + m_reading < m_ahead;
    if (mayRead) return Next::Read;
    const bool noMoreCome = m_order.waiting() == 0 && m_reading == 0;
    if (noMoreCome && m_ready.empty()) return Next::End;
    const bool enough = m_ready.size() >= m_together || (noMoreCome && !m_ready.empty());
    return thread < m_lanes && enough ? Next::Encode : Next::Wait;
  }

  void giveWay() const {
    if (m_settings.eyeFirst) m_settings.eyeFirst->giveWay(m_stop);
  }

  void lookWhereTheEyeLooks() {
    if (!m_settings.watched) return;
    const WatchedArea::Look look = m_settings.watched->latest();
    if (look.number == m_lookNumber) return;
    m_lookNumber = look.number;
    m_order.look(look.area);
  }

  void read(std::unique_lock<std::mutex>& lock) {
    lookWhereTheEyeLooks();
    const std::optional<size_t> cell = m_order.take();
    if (!cell) return;
    ++m_reading;
    lock.unlock();
    giveWay();
    const Watch watch;
    SeenTile tile = see(*cell);
    const double seconds = watch.seconds();
    if (tile.state != TileState::Usable) m_bag.set(*cell, tile.state);
    lock.lock();
    m_seconds.read += seconds;
    --m_reading;
    if (tile.state == TileState::Usable)
      m_ready.push_back(std::move(tile));
    else
      tell(lock);
    m_changed.notify_all();
  }

  SeenTile see(size_t cell) const {
    const TileGrid& grid = m_bag.frame().grid;
    const int pixels = m_encoder.facts().tile;
    ReadTile own = readTile(m_slide, m_source, grid, cell, pixels, m_settings.tissueBrightness);
    SeenTile seen{cell, own.state, {}};
    if (own.state != TileState::Usable) return seen;
    if (m_settings.judgeFocus && isBlurred(focusOf(own.image, m_encoder.facts().mpp)))
      return {cell, TileState::Blurred, {}};
    seen.images.push_back(std::move(own.image));
    for (const double size : std::span(m_settings.view.sizes).subspan(1)) {
      std::optional<Image> other = readAround(m_slide, m_source, grid.area(grid.cells[cell]), size, pixels);
      if (!other) return {cell, TileState::Damaged, {}};
      seen.images.push_back(std::move(*other));
    }
    return seen;
  }

  void encode(size_t lane, std::unique_lock<std::mutex>& lock) {
    std::vector<size_t> cells;
    std::vector<Image> images;
    while (!m_ready.empty() && images.size() < m_together) {
      cells.push_back(m_ready.front().cell);
      std::ranges::move(m_ready.front().images, std::back_inserter(images));
      m_ready.pop_front();
    }
    m_changed.notify_all();
    lock.unlock();
    giveWay();
    const Watch watch;
    const size_t width = m_bag.width();
    std::vector<float> features(cells.size() * width);  // a tile's images fill its row one after the other
    const Result<void> encoded = m_encoder.encodeOn(lane, images, features, m_stop);
    const double seconds = watch.seconds();
    if (encoded)
      for (size_t i = 0; i < cells.size(); ++i)
        m_bag.set(cells[i], TileState::Usable, std::span(features).subspan(i * width, width));
    lock.lock();
    m_seconds.encode += seconds;
    if (encoded)
      tell(lock);
    else if (!m_failure && !m_stop.stop_requested())
      m_failure = encoded.error();
    m_changed.notify_all();
  }

  /// Without the pump's lock, so that the others go on meanwhile.
  void tell(std::unique_lock<std::mutex>& lock) {
    if (!m_onTile) return;
    lock.unlock();
    m_onTile();
    lock.lock();
  }

  void giveUp(Error error) {
    const std::scoped_lock lock(m_mutex);
    if (!m_failure) m_failure = std::move(error);
    m_changed.notify_all();
  }

  const Slide& m_slide;
  const SharedTiles m_source;
  Encoder& m_encoder;
  GrowingBag& m_bag;
  const PumpSettings& m_settings;
  const std::stop_token m_stop;
  const std::function<void()>& m_onTile;
  size_t m_lanes = 1;
  size_t m_together = 1;
  size_t m_ahead = 1;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  TileOrder m_order;
  uint64_t m_lookNumber = 0;
  std::deque<SeenTile> m_ready;
  size_t m_reading = 0;
  PumpSeconds m_seconds;
  std::optional<Error> m_failure;
};

}  // namespace

Result<PumpSeconds> pump(const OpenedSlide& opened, Encoder& encoder, GrowingBag& bag,
                         const PumpSettings& settings, std::stop_token stop,
                         const std::function<void()>& onTile) {
  return Pump(opened, encoder, bag, settings, std::move(stop), onTile).run();
}

}  // namespace geneglass
