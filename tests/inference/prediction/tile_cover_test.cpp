// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/tile_cover.h"

#include <QtTest>

#include "inference/prediction/map_values.h"
#include "inference/prediction/prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::tile_cover_test {
namespace {

/// Two contours of 8 tiles of 100 px each, two rows of four: one from (0, 0), one from (430, 30).
TileGrid twoContours() {
  std::vector<int32_t> corners;
  for (const auto& [left, top] : {std::pair{0, 0}, {430, 30}})
    for (int tile = 0; tile < 8; ++tile)
      corners.insert(corners.end(), {left + tile % 4 * 100, top + tile / 4 * 100});
  TileGrid grid{100, 10, 83, 23, {}};
  for (size_t i = 0; i < corners.size(); i += 2) grid.cells.push_back({corners[i] / 10, corners[i + 1] / 10});
  grid.cover = coverOf(grid, corners, 0);
  return grid;
}

/// Each on a lattice of its own, half a tile apart: the second lies over the first.
TileGrid overlapping() {
  TileGrid grid{100, 50, 3, 2, {{0, 0}, {1, 0}}};
  grid.cover = coverOf(grid, {0, 0, 50, 0}, 0);
  return grid;
}

}  // namespace

class TileCoverTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyTileCoversAllOfItselfAndNothingElse() {
    const TileGrid grid = twoContours();
    QCOMPARE(grid.mapCells().size(), size_t(16 * 100));
    for (size_t cell = 0; cell < grid.mapCells().size(); ++cell) {
      const Rect square = grid.square(grid.mapCells()[cell]);
      for (uint32_t i = grid.cover->firsts[cell]; i < grid.cover->firsts[cell + 1]; ++i)
        QVERIFY(grid.areaOfTile(grid.cover->tiles[i]).contains({square.x + 5, square.y + 5}));
    }
    QCOMPARE(grid.corners(), grid.cover->corners);
  }

  void whereTilesOverlapTheMapShowsTheirMean() {
    const std::vector<float> shown = valuesOnMap(overlapping(), std::vector<float>{2, 4});
    QCOMPARE(shown, (std::vector<float>{2, 3, 4, 2, 3, 4}));
    QVERIFY(valuesOnMap(overlapping(), {}).empty());
  }

  void roundedPlacesLeaveNoGap() {
    TileGrid grid{100, 20, 11, 5, {{0, 0}, {5, 0}}};
    grid.cover = coverOf(grid, {0, 0, 111, 0}, 0);
    QCOMPARE(grid.mapCells().size(), size_t(5 * 10));  // the middle of column 5 lies at 110
    grid.cover = coverOf(grid, {0, 0, 111, 0}, 1.5);
    QCOMPARE(grid.mapCells().size(), size_t(5 * 11));
  }

  void hotspotsOfRectanglesAreWhereTheirTilesLie() {
    TileGrid grid{100, 50, 40, 40, {}};  // 19 x 19 tiles with a step of 100, and 4 of another lattice
    std::vector<int32_t> corners;
    for (int i = 0; i < 361; ++i) corners.insert(corners.end(), {i % 19 * 100, i / 19 * 100});
    const std::vector<int32_t> other{450, 450, 550, 450, 450, 550, 550, 550};
    corners.insert(corners.end(), other.begin(), other.end());
    for (size_t i = 0; i < corners.size(); i += 2)
      grid.cells.push_back({corners[i] / 50, corners[i + 1] / 50});
    grid.cover = coverOf(grid, corners, 0);
    std::vector<float> values(grid.count(), 0);
    for (size_t tile = 361; tile < values.size(); ++tile) values[tile] = 9;
    const auto found = findHotspots(grid, values, {}, values, 0.5, 3);
    QCOMPARE(found.size(), size_t(1));
    QCOMPARE(found[0].areaMm2, 0.1 * 0.1);  // 200 x 200 px of 0.5 um
    const std::vector<std::vector<Point>> square{{{450, 450}, {650, 450}, {650, 650}, {450, 650}}};
    QVERIFY(found[0].rings == square);
    QCOMPARE(found[0].mean, 4.5);  // of two tiles each, one of which is 0
    const std::vector<bool> within = tilesWithin(grid, found);
    QVERIFY(within[364] && within[361] && !within[0]);
  }

  void aRegionOfACallIsWhereItsTilesLie() {
    SlideCall call;
    call.facts.classes = {{.name = "normal"}, {.name = "tumour"}};
    call.evidence = {0.9F, 0.2F};
    findRegion(call, overlapping(), 1);
    const std::vector<std::vector<Point>> half{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}};
    QVERIFY(call.region == half);  // the mean over (50..100) is 0.55
    QCOMPARE(call.regionTiles, size_t(1));
    QCOMPARE(call.regionMm2, 0.01);
  }

  void outlinesOfOverlappingTilesOfOursLieOverTheirMap() {
    TileGrid grid{200, 100, 20, 20, {}};
    for (int i = 0; i < 400; ++i) grid.cells.push_back({i % 20, i / 20});
    std::vector<float> values(400, 0);
    for (int i = 0; i < 16; ++i) values[size_t(i % 4 + i / 4 * 20)] = 9;
    const auto found = findHotspots(grid, values, {}, values, 0.5, 0);
    QCOMPARE(found.size(), size_t(1));
    const std::vector<std::vector<Point>> square{{{50, 50}, {450, 50}, {450, 450}, {50, 450}}};
    QVERIFY(found[0].rings == square);
  }
};

}  // namespace geneglass::tile_cover_test

GENEGLASS_TEST(geneglass::tile_cover_test::TileCoverTest)
#include "tile_cover_test.moc"
