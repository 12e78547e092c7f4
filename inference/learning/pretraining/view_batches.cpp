// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/view_batches.h"

#include "inference/learning/pretraining/contrast_views.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {

constexpr size_t kAhead = 2;  // batches

ViewBatches::ViewBatches(TileStream& stream, const ContrastRecipe& recipe, uint64_t seed, int threads,
                         SpareProcessors* spare, std::stop_token stop)
    : m_stream(stream),
      m_recipe(recipe),
      m_seed(seed),
      m_threads(threads),
      m_spare(spare),
      m_outer(std::move(stop)) {}

ViewBatches::~ViewBatches() {
  end();
}

void ViewBatches::end() {
  m_thread.request_stop();
  if (m_thread.joinable()) m_thread.join();
}

void ViewBatches::begin(int64_t epoch, int64_t position) {
  end();
  m_epoch = epoch;
  m_from = position;
  m_ready.clear();
  m_done = false;
  m_stream.begin(epoch, position);
  m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

/// Behind this rank's share are those of the ranks after it.
int64_t ViewBatches::endOfBatch(int64_t position) const {
  const int64_t batch = m_recipe.batch, own = (position - m_from) % batch;
  return m_stream.share().ranks == 1 || own == 0 ? position : position + batch - own;
}

std::optional<ViewBatch> ViewBatches::made(const std::stop_token& stop) {
  std::vector<StreamedTile> tiles;
  std::vector<uint64_t> places;
  while (tiles.size() < size_t(m_recipe.batch / m_stream.share().ranks) && !stop.stop_requested()) {
    std::optional<StreamedTile> tile = m_stream.next();
    if (!tile) return {};
    tiles.push_back(std::move(*tile));
    places.push_back(uint64_t(m_stream.position()));
  }
  const size_t values = size_t(m_recipe.views.side) * size_t(m_recipe.views.side) * 3;
  ViewBatch batch{std::vector<float>(tiles.size() * values), std::vector<float>(tiles.size() * values),
                  endOfBatch(m_stream.position())};
  const bool all = parallelFor(int64_t(2 * tiles.size()), threadCount(m_threads), m_outer, [&](int64_t view) {
    const size_t i = size_t(view / 2);
    const auto turn = SpareProcessors::spare(m_spare);
    std::vector<float>& to = view % 2 == 0 ? batch.queries : batch.keys;
    drawView(m_recipe.views, mixed(m_seed, uint64_t(m_epoch), places[i], uint64_t(view % 2)), tiles[i].rgb,
             m_recipe.streamTile, m_recipe.encoder.mean, m_recipe.encoder.deviation,
             std::span(to).subspan(i * values, values));
  });
  if (!all) return {};
  return batch;
}

void ViewBatches::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::optional<ViewBatch> batch = made(stop);
    std::unique_lock lock(m_mutex);
    if (!batch) {
      m_done = true;
      m_changed.notify_all();
      return;
    }
    m_ready.push_back(std::move(*batch));
    m_changed.notify_all();
    m_changed.wait(lock, stop, [this] { return m_ready.size() < kAhead; });
  }
}

std::optional<ViewBatch> ViewBatches::next() {
  std::unique_lock lock(m_mutex);
  if (!m_changed.wait(lock, m_outer, [this] { return m_done || !m_ready.empty(); })) return {};
  if (m_ready.empty() || m_outer.stop_requested()) return {};
  ViewBatch batch = std::move(m_ready.front());
  m_ready.pop_front();
  m_changed.notify_all();
  return batch;
}

}  // namespace geneglass
