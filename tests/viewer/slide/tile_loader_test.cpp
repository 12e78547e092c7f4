// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/tile_loader.h"

#include <QtTest>
#include <latch>
#include <map>
#include <new>
#include <random>
#include <semaphore>
#include <set>
#include <stdexcept>

#include "tests/support/test_program.h"
#include "tests/support/thread_state.h"
#include "tests/viewer/slide/fake_source.h"
#include "viewer/slide/read_tile.h"

namespace geneglass::tile_loader_test {

using namespace geneglass::testing;

/// What arrived, in its order. Any thread.
class Arrivals {
 public:
  void add(const TilePtr& tile) {
    const std::lock_guard lock(m_mutex);
    m_tiles.push_back(tile);
  }
  std::vector<TilePtr> tiles() const {
    const std::lock_guard lock(m_mutex);
    return m_tiles;
  }
  std::vector<int> columns() const {
    std::vector<int> columns;
    for (const TilePtr& tile : tiles()) columns.push_back(tile->key.column);
    return columns;
  }

 private:
  mutable std::mutex m_mutex;
  std::vector<TilePtr> m_tiles;
};

/// A loader whose first read waits until the test lets it go on, if asked to.
struct Bench {
  std::shared_ptr<FakeSource> source = std::make_shared<FakeSource>(fakeSlide());
  std::shared_ptr<TileCache> cache = std::make_shared<TileCache>(64u << 20);
  Arrivals arrivals;
  std::binary_semaphore entered{0};
  std::binary_semaphore gate{0};

  void holdFirstRead() {
    source->onRead = [this, held = std::make_shared<std::atomic<bool>>(false)](TileKey) {
      if (held->exchange(true)) return;
      entered.release();
      gate.acquire();
    };
  }
  std::unique_ptr<TileLoader> loader(int threads) {
    const auto now = [this] { return TileLoader::Clock::time_point(std::chrono::milliseconds(clock)); };
    return std::make_unique<TileLoader>(
        source, cache, threads, [this](TilePtr tile) { arrivals.add(tile); }, nullptr, now);
  }
  std::atomic<int> clock = 1000;  ///< ms; stands still unless the test moves it
};

#define WAIT_UNTIL_IDLE(loader) QTRY_COMPARE_WITH_TIMEOUT((loader)->pending(), 0, 60000)

class TileLoaderTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aTileThatIsYetToBePreparedIsLookedAtAgainUntilItIsWhole() {
    /// Nothing, a part of it, and all of it.
    class Preparing final : public FakeSource {
     public:
      Preparing() : FakeSource(fakeSlide()) {}
      Result<TilePtr> look(TileKey key) const override {
        const int looked = looks++;
        if (looked == 0) return TilePtr();
        Result<TilePtr> tile = read(key);
        Tile seen = **tile;
        seen.unfinished = looked == 1;
        return std::make_shared<const Tile>(std::move(seen));
      }
      mutable std::atomic<int> looks = 0;
    };
    const auto source = std::make_shared<Preparing>();
    const auto cache = std::make_shared<TileCache>(64u << 20);
    Arrivals arrivals;
    TileLoader loader(source, cache, 2, [&](TilePtr tile) { arrivals.add(tile); });
    loader.want({{0, 1, 1}}, 1);
    WAIT_UNTIL_IDLE(&loader);
    QCOMPARE(source->looks.load(), 3);
    QCOMPARE(arrivals.tiles().size(), size_t{2});
    QVERIFY(arrivals.tiles().front()->unfinished);
    QVERIFY(!cache->find({0, 1, 1})->unfinished);
    QCOMPARE(loader.needed(), 0);
  }

  void whatIsYetToBePreparedIsNotLookedAtMoreOftenThanItIsWanted() {
    class Unready final : public FakeSource {
     public:
      Unready() : FakeSource(fakeSlide()) {}
      Result<TilePtr> look(TileKey) const override {
        ++looks;
        return TilePtr();
      }
      mutable std::atomic<int> looks = 0;
    };
    const auto source = std::make_shared<Unready>();
    TileLoader loader(source, std::make_shared<TileCache>(64u << 20), 1, {});
    loader.want({{0, 1, 1}}, 1);
    QTRY_COMPARE(source->looks.load(), 1);
    for (int frame = 0; frame < 1000; ++frame) loader.want({{0, 1, 1}}, 1);
    QVERIFY(source->looks.load() <= 2);
    QCOMPARE(loader.needed(), 1);
    loader.want({});
    QCOMPARE(loader.pending(), 0);
  }

  void wantedTilesArriveInTheOrderOfNeedAndAreCached() {
    Bench bench;
    const auto loader = bench.loader(1);
    loader->want({{0, 3, 0}, {0, 1, 0}, {0, 2, 0}});
    WAIT_UNTIL_IDLE(loader);
    QCOMPARE(bench.arrivals.columns(), (std::vector<int>{3, 1, 2}));
    QCOMPARE(bench.cache->find({0, 1, 0})->image.at(5, 6), colourAt(0, 64 + 5, 6));
  }

  void theNewestWantReplacesWhatWaitsWhileAReadIsInFlight() {
    Bench bench;
    bench.holdFirstRead();
    const auto loader = bench.loader(1);
    loader->want({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}});
    bench.entered.acquire();
    loader->want({{0, 7, 0}, {0, 0, 0}, {0, 8, 0}});
    QCOMPARE(loader->pending(), 3);
    bench.gate.release();
    WAIT_UNTIL_IDLE(loader);
    QCOMPARE(bench.arrivals.columns(), (std::vector<int>{0, 7, 8}));
  }

  void aTileThatIsCachedOrWantedTwiceIsReadOnceAndReportedOnce() {
    Bench bench;
    const auto loader = bench.loader(2);
    loader->want({{0, 4, 0}, {0, 4, 0}});
    WAIT_UNTIL_IDLE(loader);
    loader->want({{0, 4, 0}});
    WAIT_UNTIL_IDLE(loader);
    QCOMPARE(bench.source->reads.load(), 1);
    QCOMPARE(bench.arrivals.tiles().size(), size_t{1});
  }

  void whatIsLookedAtIsCountedApartFromWhatIsReadAhead() {
    Bench bench;
    bench.holdFirstRead();
    const auto loader = bench.loader(1);
    loader->want({{0, 1, 0}, {0, 2, 0}, {0, 3, 0}, {0, 4, 0}}, 2);
    bench.entered.acquire();
    QCOMPARE(loader->needed(), 2);
    QCOMPARE(loader->pending(), 4);
    loader->want({{0, 1, 0}, {0, 5, 0}}, 1);
    QCOMPARE(loader->needed(), 1);  // being read, and still looked at
    loader->want({{0, 5, 0}, {0, 1, 0}}, 0);
    QCOMPARE(loader->needed(), 0);
    bench.gate.release();
    WAIT_UNTIL_IDLE(loader);
    loader->want({{0, 1, 0}}, 1);
    QCOMPARE(loader->needed(), 0);  // cached
  }

  void aTileBeingReadIsNotReadByAnotherThread() {
    Bench bench;
    bench.holdFirstRead();
    const auto loader = bench.loader(4);
    loader->want({{0, 5, 0}});
    bench.entered.acquire();
    loader->want({{0, 5, 0}, {0, 6, 0}});
    QTRY_COMPARE(bench.arrivals.columns(), std::vector<int>{6});
    bench.gate.release();
    WAIT_UNTIL_IDLE(loader);
    QCOMPARE(bench.source->reads.load(), 2);
  }

  void whateverAReadThrowsDamagesThatTileOnly() {
    Bench bench;
    bench.source->onRead = [](TileKey key) {
      if (key.column == 1) throw std::runtime_error("the disk is on fire");
      if (key.column == 2) throw std::bad_alloc();
      if (key.column == 3) throw 42;
    };
    const auto loader = bench.loader(1);
    loader->want({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {0, 3, 0}, {0, 4, 0}});
    WAIT_UNTIL_IDLE(loader);
    const std::vector<TilePtr> tiles = bench.arrivals.tiles();
    QCOMPARE(tiles.size(), size_t{5});
    for (const TilePtr& tile : tiles) {
      const bool damaged = tile->key.column >= 1 && tile->key.column <= 3;
      QCOMPARE(tile->damaged, damaged);
      QCOMPARE(tile->image.pixels.empty(), damaged);
    }
    QCOMPARE(tiles[0]->damage, std::string());
    const std::string start = "Cannot read tile (level 0, column ";
    QCOMPARE(tiles[1]->damage, start + "1, row 0): the disk is on fire.");
    QCOMPARE(tiles[2]->damage, std::string("There is not enough memory to read this tile."));
    QCOMPARE(tiles[3]->damage, start + "3, row 0): its driver failed.");
  }

  void aDamagedTileBearsItsDriversSentence() {
    class Refusing final : public TileSource {
      Result<TilePtr> read(TileKey) const override { return fail("Cannot read the tile: it is torn."); }
      Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }
    };
    const TilePtr tile = readOrMarkDamaged(Refusing(), {0, 2, 1});
    QVERIFY(tile->damaged);
    QCOMPARE(tile->damage, std::string("Cannot read the tile: it is torn."));
    QVERIFY((tile->key == TileKey{0, 2, 1}));
  }

  void aDamagedTileIsReadAgainWhenItIsWanted2SecondsLater() {
    Bench bench;
    std::atomic<bool> stalls = true;
    bench.source->onRead = [&stalls](TileKey) {
      if (stalls) throw std::runtime_error("the share does not answer");
    };
    const auto loader = bench.loader(1);
    const auto readsAfter = [&](int milliseconds) {
      bench.clock += milliseconds;
      loader->want({{0, 1, 0}});
      for (int i = 0; i < 60000 && loader->pending() > 0; ++i) QTest::qWait(1);
      return bench.source->reads.load();
    };
    QCOMPARE(readsAfter(0), 1);
    QCOMPARE(readsAfter(1999), 1);
    QCOMPARE(readsAfter(1), 2);
    QVERIFY(bench.cache->find({0, 1, 0})->damaged);
    QCOMPARE(readsAfter(1999), 2);
    stalls = false;
    QCOMPARE(readsAfter(1), 3);
    QVERIFY(!bench.cache->find({0, 1, 0})->damaged);
    QCOMPARE(readsAfter(60000), 3);
  }

  void theDestructorDropsWhatWaitsAndReportsNothingMore() {
    Bench bench;
    bench.holdFirstRead();
    auto loader = bench.loader(1);
    std::vector<TileKey> keys;
    for (int i = 0; i < 1000; ++i) keys.push_back({0, i % 15, i / 100});
    loader->want(keys);
    bench.entered.acquire();
    std::jthread late([&bench, test = ownThread()] {
      waitUntilAsleep(test);  // in the destructor
      bench.gate.release();
    });
    loader.reset();
    QCOMPARE(bench.source->reads.load(), 1);
    QVERIFY(bench.arrivals.tiles().empty());
  }

  void aStormOfWantsReadsNoTileTwiceAtOnceAndLosesNone() {
    Bench bench;
    bench.cache = std::make_shared<TileCache>(40 * 64 * 64 * 4);
    std::mutex mutex;
    std::multiset<TileKey> reading;
    std::atomic<bool> twice = false;
    struct Reading {
      std::mutex& mutex;
      std::multiset<TileKey>& keys;
      TileKey key;
      ~Reading() {
        const std::lock_guard lock(mutex);
        keys.erase(keys.find(key));
      }
    };
    bench.source->onRead = [&](TileKey key) {
      {
        const std::lock_guard lock(mutex);
        twice = twice || reading.contains(key);
        reading.insert(key);
      }
      const Reading guard{mutex, reading, key};
      std::this_thread::yield();
      if ((key.column * 7 + key.row) % 5 == 0) throw std::runtime_error("unlucky");
    };
    const auto loader = bench.loader(4);
    {
      std::vector<std::jthread> callers;
      for (unsigned caller = 0; caller < 4; ++caller)
        callers.emplace_back([&loader, caller] {
          std::mt19937 random(caller);
          for (int i = 0; i < 1500; ++i) {
            std::vector<TileKey> keys(random() % 20);
            for (TileKey& key : keys)
              key = {0, static_cast<int>(random() % 15), static_cast<int>(random() % 10)};
            loader->want(keys);
            if (random() % 8 == 0) std::this_thread::yield();
          }
        });
    }
    WAIT_UNTIL_IDLE(loader);
    QVERIFY(!twice);
    bench.cache->clear();
    std::vector<TileKey> last;
    for (int i = 0; i < 30; ++i) last.push_back({0, i % 15, i / 15});
    const size_t before = bench.arrivals.tiles().size();
    loader->want(last);
    WAIT_UNTIL_IDLE(loader);
    QCOMPARE(bench.arrivals.tiles().size() - before, last.size());
    for (const TilePtr& tile : bench.arrivals.tiles())
      QCOMPARE(tile->damaged, (tile->key.column * 7 + tile->key.row) % 5 == 0);
  }
};

}  // namespace geneglass::tile_loader_test

GENEGLASS_TEST(geneglass::tile_loader_test::TileLoaderTest)
#include "tile_loader_test.moc"
