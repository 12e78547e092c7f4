// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/support/test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/tiles/tile_plan.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass::loader_storm_test {

using namespace geneglass::testing;

namespace {

constexpr int kViews = 2000;
constexpr int kThreads = 8;
constexpr Size kSlideSize{100000, 80000};

/// A slide of which every tile is read in no time; says when a tile is read twice at once.
class WatchedSource final : public TileSource {
 public:
  Result<TilePtr> read(TileKey key) const override {
    {
      const std::lock_guard lock(m_mutex);
      if (!m_reading.insert(key).second) twice = true;
      ++reads;
    }
    std::this_thread::yield();
    const std::lock_guard lock(m_mutex);
    m_reading.erase(key);
    if ((key.column + key.row) % 17 == 0) return fail("Cannot read a tile of 'storm.tif': it is damaged.");
    return std::make_shared<const Tile>(Tile{key, Image(8, 8, purple)});
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  static constexpr uint32_t purple = opaque(150, 60, 170);
  mutable std::atomic<bool> twice = false;
  mutable std::atomic<int64_t> reads = 0;

 private:
  mutable std::mutex m_mutex;
  mutable std::set<TileKey> m_reading;
};

Viewport anyView(std::mt19937& random) {
  const auto uniform = [&] { return static_cast<double>(random()) / 4294967296.0; };
  return {
      {uniform() * static_cast<double>(kSlideSize.width), uniform() * static_cast<double>(kSlideSize.height)},
      std::exp2(8 * uniform()),
      6 * uniform(),
      1920,
      1080};
}

}  // namespace

/// Restless looking: plans, wishes, tiles and background reading from many threads at once. Run it under the
/// thread and address sanitizers.
class LoaderStormTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aStormOfViewsReadsOnlyWhatIsWantedAndEndsSharp();
};

void LoaderStormTest::aStormOfViewsReadsOnlyWhatIsWantedAndEndsSharp() {
  const Slide slide = pyramid(kSlideSize, 2, 9);
  const auto source = std::make_shared<WatchedSource>();
  const auto cache = std::make_shared<TileCache>(400 * 1024);  // far smaller than what is wished for
  const auto eyeFirst = std::make_shared<EyeFirst>();
  std::mutex mutex;
  std::set<TileKey> resident;
  std::set<TileKey> everWanted;
  std::set<TileKey> unasked;
  const auto arrived = [&](const TilePtr& tile) {
    const std::lock_guard lock(mutex);
    resident.insert(tile->key);
    if (!everWanted.contains(tile->key)) unasked.insert(tile->key);
  };
  const auto isResident = [&](TileKey key) {
    const std::lock_guard lock(mutex);
    return resident.contains(key);
  };
  TileLoader loader(source, cache, kThreads, arrived, eyeFirst);
  std::atomic<int> backgroundReads = 0;
  std::vector<std::jthread> background;
  for (int i = 0; i < 2; ++i)
    background.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        eyeFirst->giveWay(stop, std::chrono::milliseconds(5));
        ++backgroundReads;
        std::this_thread::yield();
      }
    });
  std::mt19937 random(7);
  int64_t wishes = 0;
  for (int i = 0; i < kViews; ++i) {
    const TilePlan plan = planTiles(slide, anyView(random), {isResident});
    {
      const std::lock_guard lock(mutex);
      everWanted.insert(plan.want.begin(), plan.want.end());
      if (i % 50 == 0) resident.clear();
    }
    wishes += static_cast<int64_t>(plan.want.size());
    loader.want(plan.want);
    if (random() % 4 == 0) std::this_thread::yield();
    if (i % 97 == 0) cache->clear();
  }
  const Viewport last = anyView(random);
  const auto isSharp = [&] {
    const TilePlan plan = planTiles(slide, last, {isResident});
    {
      const std::lock_guard lock(mutex);
      everWanted.insert(plan.want.begin(), plan.want.end());
    }
    // What the cache holds does not arrive again: it is resident at once, as for the renderer.
    for (const TileKey key : plan.want)
      if (cache->find(key)) {
        const std::lock_guard lock(mutex);
        resident.insert(key);
      }
    wishes += static_cast<int64_t>(plan.want.size());
    loader.want(plan.want);
    return plan.sharp && plan.want.empty();
  };
  QTRY_VERIFY_WITH_TIMEOUT(isSharp(), 60000);
  QTRY_COMPARE(loader.pending(), 0);
  QVERIFY(!source->twice);
  const std::lock_guard lock(mutex);
  QVERIFY(unasked.empty());
  QVERIFY2(source->reads <= wishes, "a wish has been read more than once");
  QVERIFY(backgroundReads > 0);
}

}  // namespace geneglass::loader_storm_test

GENEGLASS_TEST(geneglass::loader_storm_test::LoaderStormTest)
#include "loader_storm_test.moc"
