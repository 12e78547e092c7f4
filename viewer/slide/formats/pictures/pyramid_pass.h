// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/formats/pictures/pyramid_builder.h"
#include "viewer/slide/formats/pictures/pyramid_store.h"
#include "viewer/slide/preparation.h"

namespace geneglass {

/// Reads a picture once from top to bottom, on a thread of its own, and puts its pyramid into a store.
class PyramidPass final {
 public:
  /// What is asked and told at the end, on the own thread.
  struct End {
    std::function<bool()> isSteady;  ///< the file is still the one that was opened; else nothing is kept
    std::function<void()> kept;      ///< the store is finished
  };

  /// Begins at once. `levels`: halvedLevels() of the picture, of which the store has those it was made with.
  PyramidPass(std::vector<Level> levels, RowSource rows, std::shared_ptr<PyramidStore> store, End end);
  ~PyramidPass();  ///< abandons it and waits for its thread: at most a few rows are still read
  PyramidPass(const PyramidPass&) = delete;
  PyramidPass& operator=(const PyramidPass&) = delete;

  /// For one more who waits for it, of their own to abandon: it ends early when all have. Null where it has
  /// been abandoned. Any thread.
  std::shared_ptr<Preparation> join();
  /// See PyramidBuilder::unfinished(). Any thread.
  std::optional<Image> unfinished(TileKey key) const { return m_builder.unfinished(key); }
  /// Why tiles are missing though it has ended; empty where none is. Any thread.
  std::string failure() const;

 private:
  void work();
  void readAll();
  bool goesOn();
  void advance(double share);
  void end();
  void take(Tile tile);
  void failFor(const std::string& reason);

  const Size m_size;
  RowSource m_rows;
  const std::shared_ptr<PyramidStore> m_store;
  const End m_end;
  PyramidBuilder m_builder;
  mutable std::mutex m_mutex;  ///< for what follows
  std::vector<std::shared_ptr<Preparation>> m_preparations;
  double m_share = 0;
  bool m_hasEnded = false;
  bool m_isAbandoned = false;
  std::string m_failure;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
