// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "app/benchmark/view_tour.h"
#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/off_screen/off_screen_view.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass {

using Clock = std::chrono::steady_clock;
double millisecondsSince(Clock::time_point start);

constexpr Size kBenchmarkScreen{1920, 1080};
constexpr size_t kBenchmarkCacheBytes = 512u << 20;
constexpr int kBenchmarkOpenings = 7;  ///< of a slide, of which the median is told

/// Counts arriving tiles and lets the drawing thread wait for one.
class Arrivals final {
 public:
  void add();
  int64_t count() const;
  /// Returns at the latest after 20 ms.
  void waitFor(const std::function<bool(int64_t count)>& enough);

 private:
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  int64_t m_count = 0;
};

/// A slide with all that the window has for it, drawn where nobody sees it. GUI thread.
struct ViewStage {
  ViewStage(OffScreenView& view, OpenedSlide slide, int threads, std::shared_ptr<EyeFirst> eyeFirst = {});

  FrameReport draw(const Viewport& viewport);  ///< one frame; what it misses is asked for

  /// Draws until `done` says so, when the window would. Milliseconds it took.
  double drawUntil(const Viewport& viewport, const std::function<bool(const FrameReport&)>& done);
  void settle(const Viewport& viewport);  ///< until all is read and nothing waits

  /// Calls `each` with every frame's report and milliseconds until so much time is over, at most 60 a second.
  void pan(ViewTour tour, double seconds, const std::function<void(const FrameReport&, double)>& each);

  OffScreenView& canvas;
  Arrivals arrivals;
  const OpenedSlide opened;
  const std::shared_ptr<TileCache> cache;
  TileLoader loader;
  std::vector<OverlayLayer> layers;  ///< over the slide
};

}  // namespace geneglass
