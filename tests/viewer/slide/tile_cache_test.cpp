// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/tile_cache.h"

#include <QtTest>

#include "tests/support/test_program.h"

namespace geneglass::tile_cache_test {

/// A square tile of 10 x 10 pixels: 400 bytes and what a Tile itself takes.
static TilePtr tileAt(int column, int side = 10) {
  return std::make_shared<const Tile>(Tile{{0, column, 0}, Image(side, side)});
}
static const size_t kOneTile = sizeof(Tile) + 400;

class TileCacheTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anAbsentTileIsNull() { QVERIFY(!TileCache(1000).find({0, 1, 0})); }

  void theLeastRecentlyUsedTileGoesFirst() {
    TileCache cache(2 * kOneTile);
    cache.insert(tileAt(1));
    cache.insert(tileAt(2));
    QVERIFY(cache.find({0, 1, 0}));
    cache.insert(tileAt(3));
    QVERIFY(cache.find({0, 1, 0}));
    QVERIFY(!cache.find({0, 2, 0}));
    QVERIFY(cache.find({0, 3, 0}));
  }

  void theLimitInBytesIsNeverPassed() {
    TileCache cache(5 * kOneTile - 1);
    for (int i = 0; i < 100; ++i) {
      cache.insert(tileAt(i, 1 + i % 17));
      QVERIFY(cache.bytes() <= cache.limitInBytes());
    }
    QVERIFY(cache.bytes() > kOneTile);
  }

  void aTileLargerThanTheLimitIsNotKeptAndDrivesNoneOut() {
    TileCache cache(kOneTile);
    cache.insert(tileAt(1));
    cache.insert(tileAt(2, 11));
    QVERIFY(cache.find({0, 1, 0}));
    QVERIFY(!cache.find({0, 2, 0}));
  }

  void aHeldTileOutlivesItsEviction() {
    TileCache cache(kOneTile);
    cache.insert(tileAt(1));
    const TilePtr held = cache.find({0, 1, 0});
    cache.insert(tileAt(2));
    QVERIFY(!cache.find({0, 1, 0}));
    QCOMPARE(held->image.pixels.size(), size_t{100});
  }

  void theSameKeyAgainReplacesTheTileAndIsCountedOnce() {
    TileCache cache(10 * kOneTile);
    cache.insert(tileAt(1));
    const TilePtr newer = tileAt(1);
    cache.insert(newer);
    QCOMPARE(cache.bytes(), kOneTile);
    QCOMPARE(cache.find({0, 1, 0}), newer);
  }

  void damagedTilesWithoutPixelsCountToo() {
    TileCache cache(10 * sizeof(Tile));
    for (int i = 0; i < 100; ++i) cache.insert(std::make_shared<const Tile>(Tile{{0, i, 0}, {}, true}));
    QCOMPARE(cache.bytes(), 10 * sizeof(Tile));
  }

  void askingWhetherATileIsThereDoesNotKeepIt() {
    TileCache cache(3 * kOneTile);
    for (int i = 0; i < 3; ++i) cache.insert(tileAt(i));
    QVERIFY(cache.contains({0, 0, 0}) && !cache.contains({0, 3, 0}));
    cache.insert(tileAt(3));
    QVERIFY(!cache.contains({0, 0, 0}) && cache.contains({0, 1, 0}));
  }

  void aDroppedTileIsGoneAndNoOther() {
    TileCache cache(10 * kOneTile);
    cache.insert(tileAt(1));
    cache.insert(tileAt(2));
    cache.drop({0, 1, 0});
    cache.drop({0, 3, 0});
    QVERIFY(!cache.find({0, 1, 0}));
    QVERIFY(cache.find({0, 2, 0}));
    QCOMPARE(cache.bytes(), kOneTile);
    for (int i = 0; i < 20; ++i) cache.insert(tileAt(i));
    QCOMPARE(cache.bytes(), 10 * kOneTile);
  }

  void aLoweredLimitDrivesTheOldestOutAndIsNotRaisedAgain() {
    TileCache cache(10 * kOneTile);
    for (int i = 0; i < 10; ++i) cache.insert(tileAt(i));
    cache.lowerLimit(3 * kOneTile);
    QCOMPARE(cache.bytes(), 3 * kOneTile);
    QVERIFY(cache.find({0, 9, 0}) && !cache.find({0, 6, 0}));
    cache.lowerLimit(20 * kOneTile);
    for (int i = 0; i < 10; ++i) cache.insert(tileAt(i));
    QCOMPARE(cache.bytes(), 3 * kOneTile);
    QCOMPARE(cache.limitInBytes(), 3 * kOneTile);
  }

  void clearLeavesNothing() {
    TileCache cache(10 * kOneTile);
    cache.insert(tileAt(1));
    cache.clear();
    QCOMPARE(cache.bytes(), size_t{0});
    QVERIFY(!cache.find({0, 1, 0}));
  }
};

}  // namespace geneglass::tile_cache_test

GENEGLASS_TEST(geneglass::tile_cache_test::TileCacheTest)
#include "tile_cache_test.moc"
