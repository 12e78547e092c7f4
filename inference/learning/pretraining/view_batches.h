// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "inference/learning/pretraining/contrast_recipe.h"
#include "inference/learning/pretraining/tile_stream.h"

namespace geneglass {

/// Two views of each tile of a batch, of several ranks of this one's share.
struct ViewBatch {
  std::vector<float> queries;  ///< N x 3 x side x side, normalised
  std::vector<float> keys;     ///< likewise, of the same tiles
  int64_t position = 0;        ///< of the stream, after this batch, of all ranks
};

/// Batches of views of a stream, made ahead on threads of their own. Which views they are depends on seed,
/// epoch and place in the epoch alone. One thread at a time.
class ViewBatches final {
 public:
  /// `stream`, `recipe` and `spare` must outlive it. Where `spare` is set, views are made on these.
  ViewBatches(TileStream& stream, const ContrastRecipe& recipe, uint64_t seed, int threads,
              SpareProcessors* spare, std::stop_token stop);
  ~ViewBatches();
  ViewBatches(const ViewBatches&) = delete;
  ViewBatches& operator=(const ViewBatches&) = delete;

  void begin(int64_t epoch, int64_t position = 0);
  /// Whole batches only; none at the end of the epoch and when stopped.
  std::optional<ViewBatch> next();

 private:
  void work(const std::stop_token& stop);
  std::optional<ViewBatch> made(const std::stop_token& stop);
  int64_t endOfBatch(int64_t position) const;
  void end();

  TileStream& m_stream;
  const ContrastRecipe& m_recipe;
  const uint64_t m_seed;
  const int m_threads;
  SpareProcessors* const m_spare;
  const std::stop_token m_outer;
  int64_t m_epoch = 0;
  int64_t m_from = 0;  ///< where the stream began
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::deque<ViewBatch> m_ready;
  bool m_done = false;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
