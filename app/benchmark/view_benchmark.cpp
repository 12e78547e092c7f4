// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/view_benchmark.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <memory>
#include <set>
#include <utility>

#include "app/benchmark/view_stage.h"
#include "app/benchmark/view_tour.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr Size kScreen = kBenchmarkScreen;
constexpr int kJumps = 60;
constexpr int kMostRefused = 200;
constexpr double kSharpShare = 0.95;
constexpr double kMib = 1024 * 1024;

/// Resident memory of this program.
double residentMib() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / kMib;
}

/// By as many threads as the loader has, started for it: what the decoder alone needs.
double decode(const TileSource& source, const std::vector<TileKey>& keys, int threads) {
  std::atomic<size_t> next = 0;
  const Clock::time_point start = Clock::now();
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i)
      workers.emplace_back([&] {
        for (size_t index = next++; index < keys.size(); index = next++) (void)source.read(keys[index]);
      });
  }
  return millisecondsSince(start);
}

class Measurement final {
 public:
  Measurement(const ViewBenchmarkOptions& options, OffScreenView& canvas)
      : m_options(options), m_canvas(canvas), m_threads(threadCount(options.threads)) {}

  Result<ViewBenchmark> run();
  Result<ViewSoak> soak();

 private:
  Result<void> openOnce(ViewBenchmark& result);
  Result<void> lookAtNewViews(ViewBenchmark& result);
  Result<void> panAround(ViewBenchmark& result);
  void drawWithoutTiles(const OpenedSlide& opened, ViewBenchmark& result);

  const ViewBenchmarkOptions& m_options;
  OffScreenView& m_canvas;
  const int m_threads;
};

Result<void> Measurement::openOnce(ViewBenchmark& result) {
  const Clock::time_point start = Clock::now();
  Result<OpenedSlide> opened = openSlide(m_options.slide);
  if (!opened) return tl::unexpected(opened.error());
  const Viewport whole = fit(opened->slide->bounds, kScreen.width, kScreen.height);
  ViewStage stage(m_canvas, std::move(*opened), m_threads);
  stage.drawUntil(whole, [](const FrameReport& report) { return !report.plan.blank; });
  result.openToFirstPicture.milliseconds.push_back(millisecondsSince(start));
  if (result.openToFirstPicture.milliseconds.size() > 1) return {};
  stage.settle(whole);
  result.firstOpeningSharp = millisecondsSince(start);
  return {};
}

/// Views of tiles not seen before; where the slide has no more of them, from the start with nothing loaded.
Result<void> Measurement::lookAtNewViews(ViewBenchmark& result) {
  Result<OpenedSlide> opened = openSlide(m_options.slide);
  Result<OpenedSlide> again = openSlide(m_options.slide);
  if (!opened || !again) return tl::unexpected((opened ? again : opened).error());
  const Slide& slide = *opened->slide;
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  const Viewport whole = fit(slide.bounds, kScreen.width, kScreen.height);
  ViewTour tour(slide, kScreen, m_options.extent);
  std::unique_ptr<ViewStage> stage;
  std::set<TileKey> seen;
  int found = 0;    // with this stage
  int refused = 0;  // one after the other
  while (result.views < kJumps) {
    if (!stage || refused > kMostRefused) {
      if (stage && found == 0) break;  // the whole slide is one view
      stage.reset();
      stage = std::make_unique<ViewStage>(m_canvas, *opened, m_threads);
      stage->settle(whole);
      seen.clear();
      found = refused = 0;
    }
    ++refused;
    const Viewport view = tour.jump();
    const int best = bestLevel(slide, view);
    const std::vector<TileKey> tiles = visibleTiles(slide, view, best);
    const auto isSeen = [&](TileKey key) { return seen.contains(key); };
    if (best == coarsest || tiles.empty() || std::any_of(tiles.begin(), tiles.end(), isSeen)) continue;
    ++found;
    refused = 0;
    stage->cache->clear();
    const auto enough = static_cast<size_t>(std::ceil(kSharpShare * static_cast<double>(tiles.size())));
    result.newViewSharp.milliseconds.push_back(stage->drawUntil(view, [&](const FrameReport& report) {
      return static_cast<size_t>(std::count_if(report.plan.draw.begin(), report.plan.draw.end(),
                                               [&](TileKey key) { return key.level == best; })) >= enough;
    }));
    stage->settle(view);
    result.decodeSameTiles.milliseconds.push_back(decode(*again->source, tiles, m_threads));
    result.tilesWanted += static_cast<int64_t>(tiles.size());
    ++result.views;
    // The ring around a view is read ahead: what it holds is not new either.
    const TilePlan ring = planTiles(slide, view, {[](TileKey) { return false; }});
    seen.insert(ring.want.begin(), ring.want.end());
  }
  return {};
}

/// The pan's views once more for a renderer that is never given a tile.
void Measurement::drawWithoutTiles(const OpenedSlide& opened, ViewBenchmark& result) {
  m_canvas.showSlide(opened.slide, std::make_shared<TileCache>(0));
  ViewTour tour(*opened.slide, kScreen, m_options.extent);
  for (int frame = 0; frame < 300; ++frame) {
    const Viewport view = tour.pan(4 * kScreenFrameMilliseconds / 1000);
    const Clock::time_point start = Clock::now();
    m_canvas.draw(view);
    result.framesWithoutTiles.milliseconds.push_back(millisecondsSince(start));
  }
}

Result<void> Measurement::panAround(ViewBenchmark& result) {
  Result<OpenedSlide> opened = openSlide(m_options.slide);
  if (!opened) return tl::unexpected(opened.error());
  drawWithoutTiles(*opened, result);
  ViewStage stage(m_canvas, std::move(*opened), m_threads);
  stage.settle(fit(stage.opened.slide->bounds, kScreen.width, kScreen.height));
  const ViewTour tour(*stage.opened.slide, kScreen, m_options.extent);
  const int64_t before = stage.arrivals.count();
  stage.pan(tour, m_options.seconds, [&](const FrameReport& report, double milliseconds) {
    result.frames.milliseconds.push_back(milliseconds);
    result.blankFrames += report.plan.blank;
    if (report.uploadedTiles == 0) result.framesWithoutUploads.milliseconds.push_back(milliseconds);
    result.uploads.milliseconds.push_back(report.uploadMilliseconds);
  });
  result.tilesRead = stage.arrivals.count() - before;
  result.residentMib = residentMib();
  return {};
}

Result<ViewBenchmark> Measurement::run() {
  ViewBenchmark result;
  result.threads = m_threads;
  result.softwareDriver = m_canvas.drawsInSoftware();
  result.budgetMib = static_cast<double>(kBenchmarkCacheBytes + RenderBudget().textureBytes) / kMib;
  for (int i = 0; i < kBenchmarkOpenings; ++i)
    if (auto done = openOnce(result); !done) return tl::unexpected(done.error());
  if (auto done = lookAtNewViews(result); !done) return tl::unexpected(done.error());
  if (auto done = panAround(result); !done) return tl::unexpected(done.error());
  return result;
}

/// Slope of a line through the samples of the second half, when all budgets are filled.
double trendOf(const std::vector<SoakSample>& samples) {
  double count = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (size_t i = samples.size() / 2; i < samples.size(); ++i) {
    const auto [minutes, resident] = samples[i];
    ++count;
    x += minutes;
    y += resident;
    xx += minutes * minutes;
    xy += minutes * resident;
  }
  const double spread = count * xx - x * x;
  return spread > 0 ? (count * xy - x * y) / spread : 0;
}

Result<ViewSoak> Measurement::soak() {
  Result<OpenedSlide> opened = openSlide(m_options.slide);
  if (!opened) return tl::unexpected(opened.error());
  ViewStage stage(m_canvas, std::move(*opened), m_threads);
  stage.settle(fit(stage.opened.slide->bounds, kScreen.width, kScreen.height));
  const ViewTour tour(*stage.opened.slide, kScreen, m_options.extent);
  ViewSoak result;
  result.budgetMib = static_cast<double>(kBenchmarkCacheBytes + RenderBudget().textureBytes) / kMib;
  const Clock::time_point begin = Clock::now();
  stage.pan(tour, *m_options.soakMinutes * 60, [&](const FrameReport& report, double milliseconds) {
    result.frames.milliseconds.push_back(milliseconds);
    result.blankFrames += report.plan.blank;
    const double minutes = millisecondsSince(begin) / 60000;
    if (!result.samples.empty() && minutes < result.samples.back().minutes + 1.0 / 12) return;
    result.samples.push_back({minutes, residentMib()});
    result.mostMib = std::max(result.mostMib, result.samples.back().residentMib);
  });
  result.trendMibPerMinute = trendOf(result.samples);
  result.tilesRead = stage.arrivals.count();
  return result;
}

}  // namespace

double Times::percentile(double percent) const {
  if (milliseconds.empty()) return 0;
  std::vector<double> sorted = milliseconds;
  const auto rank = static_cast<size_t>(std::ceil(percent / 100 * static_cast<double>(sorted.size())));
  const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(std::max<size_t>(rank, 1) - 1);
  std::nth_element(sorted.begin(), place, sorted.end());
  return *place;
}

Result<ViewBenchmark> measureViews(const ViewBenchmarkOptions& options) {
  auto canvas = OffScreenView::make(kScreen);
  if (!canvas) return tl::unexpected(canvas.error());
  return Measurement(options, **canvas).run();
}

Result<ViewSoak> soakViews(const ViewBenchmarkOptions& options) {
  auto canvas = OffScreenView::make(kScreen);
  if (!canvas) return tl::unexpected(canvas.error());
  return Measurement(options, **canvas).soak();
}

}  // namespace geneglass
