// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "inference/tissue/tile_state.h"
#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

struct ReadTile {
  size_t index = 0;  ///< into TileGrid::cells
  TileState state = TileState::Waiting;
  Image image;  ///< on white; only where usable
};

/// Near-white and low-contrast tiles show nothing (methods.md section 1; Graziani et al. 2022).
/// `tissueBrightness` is the mean of R, G and B over the slide's tissue: bright slides get a higher limit.
bool isEmptyTile(const Image& tile, double tissueBrightness);

/// Reads one tile of the grid as `pixels` x `pixels`. Any thread. What cannot be read is damaged; for want of
/// memory std::bad_alloc is thrown.
ReadTile readTile(const Slide& slide, const TileSource& source, const TileGrid& grid, size_t index,
                  int pixels, double tissueBrightness);

/// What lies about the middle of `area`, `size` times as wide and high, as `pixels` x `pixels` on white; none
/// where it cannot be read. Any thread. For want of memory std::bad_alloc is thrown.
std::optional<Image> readAround(const Slide& slide, const TileSource& source, const Rect& area, double size,
                                int pixels);

/// Reads the grid's tiles ahead of whoever asks for them, on threads of its own. What next() gives does not
/// depend on the number of threads. The destructor ends reading and joins: at most a tile's time.
class TileReader final {
 public:
  /// Tiles become `pixels` x `pixels`; at most `ahead` wait. `grid` must outlive the reader. `eyeFirst`: whom
  /// each read gives way to, if anybody.
  TileReader(OpenedSlide opened, const TileGrid& grid, int pixels, double tissueBrightness, int threads,
             size_t ahead, std::stop_token stop, std::shared_ptr<EyeFirst> eyeFirst = {});
  ~TileReader();
  TileReader(const TileReader&) = delete;
  TileReader& operator=(const TileReader&) = delete;

  /// The next tile of the grid in its order. Blocks while it is being read; none after the last one and when
  /// stopped. Throws std::bad_alloc where a thread of this lacked memory.
  std::optional<ReadTile> next();

 private:
  void work();
  void readAll(const std::stop_token& stop);

  const OpenedSlide m_opened;
  const TileGrid& m_grid;
  const int m_pixels;
  const double m_tissueBrightness;
  const std::shared_ptr<EyeFirst> m_eyeFirst;
  std::stop_source m_stop;
  std::stop_callback<std::function<void()>> m_onStop;  ///< the caller's stop becomes ours
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::vector<std::optional<ReadTile>> m_ring;  ///< tile i waits at i % size
  std::exception_ptr m_failure;
  size_t m_nextToRead = 0;
  size_t m_nextToGive = 0;
  std::vector<std::jthread> m_threads;  ///< last, so that they end first
};

}  // namespace geneglass
