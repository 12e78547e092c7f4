// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/hotspot_overlap.h"

#include <QtTest>
#include <cmath>
#include <map>

#include "inference/prediction/connected_cells.h"
#include "tests/support/test_program.h"

// Sizes and overlap are those of tests/benchmark/spatial_statistics.py (scipy.ndimage.label, sets).
namespace geneglass::hotspot_overlap_test {
namespace {

int noise(int column, int row) {
  return (7 * column + 13 * row + 5 * column * row) % 17;
}

template <typename Rule>
std::vector<TileGrid::Cell> cellsWhere(Rule rule) {
  std::vector<TileGrid::Cell> cells;
  for (int row = 0; row < 27; ++row)
    for (int column = 0; column < 34; ++column)
      if ((column * column + 3 * row) % 7 != 0 && rule(column, row)) cells.push_back({column, row});
  return cells;
}

const auto noisy = [](int column, int row) { return noise(column, row) > 11; };
const auto stepped = [](int column, int row) { return noise(column, row) + (column > 15 ? 9 : 0) > 14; };

std::vector<Hotspot> hotspotsOf(const std::vector<TileGrid::Cell>& cells) {
  std::vector<Hotspot> hotspots;
  for (const std::vector<size_t>& component : connectedCells(cells)) {
    Hotspot hotspot;
    for (const size_t place : component) hotspot.cells.push_back(cells[place]);
    hotspots.push_back(std::move(hotspot));
  }
  return hotspots;
}

/// How many components there are of each size.
std::map<size_t, int> sizesOf(const std::vector<TileGrid::Cell>& cells) {
  std::map<size_t, int> sizes;
  for (const Hotspot& hotspot : hotspotsOf(cells)) ++sizes[hotspot.cells.size()];
  return sizes;
}

}  // namespace

class HotspotOverlapTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void componentsAreThoseOfAnotherMaker() {
    const std::map<size_t, int> many{{1, 33}, {2, 28}, {3, 4}, {4, 1},  {5, 5}, {6, 2},
                                     {7, 1},  {8, 3},  {9, 1}, {16, 1}, {17, 1}};
    QCOMPARE(sizesOf(cellsWhere(noisy)), many);
    QCOMPARE(sizesOf(cellsWhere(stepped)), (std::map<size_t, int>{{1, 21}, {2, 4}, {3, 2}, {279, 1}}));
  }

  void componentsComeInTheOrderOfTheirFirstCell() {
    const std::vector<TileGrid::Cell> cells{{5, 0}, {0, 0}, {6, 1}, {1, 0}};
    QCOMPARE(connectedCells(cells), (std::vector<std::vector<size_t>>{{0, 2}, {1, 3}}));
    QVERIFY(connectedCells({}).empty());
  }

  void diceIsThatOfSets() {
    const double dice = diceOverlap(hotspotsOf(cellsWhere(noisy)), hotspotsOf(cellsWhere(stepped)));
    QVERIFY(std::abs(dice - 0.578449905482) < 1e-11);
  }

  void diceIsOneOfTheSameAndNoneOfOthers() {
    const std::vector<Hotspot> here = hotspotsOf({{0, 0}, {1, 0}, {2, 0}, {3, 0}});
    const std::vector<Hotspot> there = hotspotsOf({{0, 5}, {1, 5}, {2, 5}, {3, 5}});
    QCOMPARE(diceOverlap(here, here), 1.0);
    QCOMPARE(diceOverlap(here, there), 0.0);
    QCOMPARE(diceOverlap(here, {}), 0.0);
    QVERIFY(std::isnan(diceOverlap({}, {})));
  }
};

}  // namespace geneglass::hotspot_overlap_test

GENEGLASS_TEST(geneglass::hotspot_overlap_test::HotspotOverlapTest)
#include "hotspot_overlap_test.moc"
