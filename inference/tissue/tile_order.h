// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// What the eye looks at while a prediction runs. Any thread.
class WatchedArea final {
 public:
  void look(const Rect& area);  ///< level-0 pixels

  struct Look {
    Rect area;            ///< empty: nobody looked yet
    uint64_t number = 0;  ///< how many looks there were
  };
  Look latest() const;

 private:
  mutable std::mutex m_mutex;
  Look m_look;
};

/// In which order tiles are computed: those that are looked at, from the middle of the view outward; then
/// every 16th column of every 16th row over the whole slide, every 8th and 4th, and the rest, each in blocks
/// that share source tiles, from the view outward. Without a view, from the upper left corner. One
/// thread at a time.
class TileOrder final {
 public:
  /// `waits`: per cell of `grid`, whether it is still to be computed.
  TileOrder(const TileGrid& grid, std::vector<bool> waits);

  /// What is looked at from here on; those that were given stay given.
  void look(const Rect& area);

  /// The next cell; none when all were given.
  std::optional<size_t> take();

  size_t waiting() const { return m_waiting; }

 private:
  void sortStep(size_t step);
  double distanceOf(size_t cell) const;

  const TileGrid& m_grid;
  std::vector<bool> m_waits;
  size_t m_waiting = 0;
  Rect m_area;
  Rect m_sortedFor;                          ///< what m_steps' present one was sorted for
  std::vector<size_t> m_seen;                ///< cells in view, next at the back; some may be given already
  std::vector<std::vector<size_t>> m_steps;  ///< coarse to fine, next at the back
  size_t m_step = 0;
};

}  // namespace geneglass
