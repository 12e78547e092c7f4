// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/view_stage.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace geneglass {

double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void Arrivals::add() {
  const std::scoped_lock lock(m_mutex);
  ++m_count;
  m_changed.notify_all();
}

int64_t Arrivals::count() const {
  const std::scoped_lock lock(m_mutex);
  return m_count;
}

void Arrivals::waitFor(const std::function<bool(int64_t count)>& enough) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_for(lock, std::chrono::milliseconds(20), [&] { return enough(m_count); });
}

ViewStage::ViewStage(OffScreenView& view, OpenedSlide slide, int threads, std::shared_ptr<EyeFirst> eyeFirst)
    : canvas(view),
      opened(std::move(slide)),
      cache(std::make_shared<TileCache>(kBenchmarkCacheBytes)),
      loader(
          opened.source, cache, threads, [this](const TilePtr&) { arrivals.add(); }, std::move(eyeFirst)) {
  canvas.showSlide(opened.slide, cache);
}

FrameReport ViewStage::draw(const Viewport& viewport) {
  return canvas.draw(viewport, {.ask = [this](const TilePlan& plan) { loader.want(plan.want, plan.needed); }},
                     layers);
}

double ViewStage::drawUntil(const Viewport& viewport, const std::function<bool(const FrameReport&)>& done) {
  const Clock::time_point start = Clock::now();
  while (true) {
    const int64_t seen = arrivals.count();
    const Clock::time_point begin = Clock::now();
    const FrameReport report = draw(viewport);
    if (done(report)) return millisecondsSince(start);
    if (report.uploadsWaiting) continue;
    arrivals.waitFor([&](int64_t count) {
      return count > seen && waitForTiles(report, millisecondsSince(begin), loader.needed()) <= 0;
    });
  }
}

void ViewStage::settle(const Viewport& viewport) {
  drawUntil(viewport, [&](const FrameReport& report) {
    return report.plan.sharp && !report.uploadsWaiting && loader.pending() == 0;
  });
  while (canvas.makeRoom()) continue;
}

void ViewStage::pan(ViewTour tour, double seconds,
                    const std::function<void(const FrameReport&, double)>& each) {
  const Clock::time_point begin = Clock::now();
  Clock::time_point due = begin;
  while (millisecondsSince(begin) < seconds * 1000) {
    const Clock::time_point start = Clock::now();
    const FrameReport report = draw(tour.pan(kScreenFrameMilliseconds / 1000));
    const double took = millisecondsSince(start);
    each(report, took);
    if (!report.uploadsWaiting && took < kScreenFrameMilliseconds / 2) canvas.makeRoom();
    due = std::max(due + std::chrono::microseconds(static_cast<int64_t>(1000 * kScreenFrameMilliseconds)),
                   start);
    std::this_thread::sleep_until(due);
  }
}

}  // namespace geneglass
