// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>
#include <list>
#include <set>

#include "inference/tissue/tile_order.h"
#include "tests/support/test_program.h"

namespace geneglass::tile_order_test {
namespace {

TileGrid fullGrid(int columns, int rows) {
  TileGrid grid{100, 100, columns, rows, {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) grid.cells.push_back({column, row});
  return grid;
}

std::vector<TileGrid::Cell> taken(TileOrder& order, const TileGrid& grid, size_t count) {
  std::vector<TileGrid::Cell> cells;
  for (size_t i = 0; i < count; ++i)
    if (const auto cell = order.take()) cells.push_back(grid.cells[*cell]);
  return cells;
}

}  // namespace

class TileOrderTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyWaitingCellIsGivenOnceWhateverIsLookedAt() {
    const TileGrid grid = fullGrid(37, 23);
    std::vector<bool> waits(grid.count(), true);
    for (size_t i = 0; i < waits.size(); i += 5) waits[i] = false;
    TileOrder order(grid, waits);
    std::set<size_t> given;
    for (int i = 0; const auto cell = order.take(); ++i) {
      QVERIFY(waits[*cell]);
      QVERIFY(given.insert(*cell).second);
      if (i % 40 == 0) order.look({i * 3.0, i * 2.0, 700, 500});
    }
    QCOMPARE(given.size(), size_t(std::count(waits.begin(), waits.end(), true)));
    QCOMPARE(order.waiting(), size_t(0));
  }

  void withoutAViewACoarseStrideOverTheWholeSlideComesFirst() {
    const TileGrid grid = fullGrid(40, 40);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    size_t before = 0;
    for (const int stride : {16, 8, 4}) {
      const auto side = static_cast<size_t>((40 + stride - 1) / stride);
      for (const TileGrid::Cell& cell : taken(order, grid, side * side - before))
        QVERIFY(cell.column % stride == 0 && cell.row % stride == 0);
      before = side * side;
    }
  }

  void whatIsLookedAtComesBeforeAllElseFromTheMiddleOutward() {
    const TileGrid grid = fullGrid(40, 40);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    taken(order, grid, 3);
    order.look({1000, 2000, 500, 300});  // columns 10 to 14, rows 20 to 22
    const auto cells = taken(order, grid, 15);
    QVERIFY((cells.front() == TileGrid::Cell{12, 21}));
    for (const TileGrid::Cell& cell : cells)
      QVERIFY(cell.column >= 10 && cell.column < 15 && cell.row >= 20 && cell.row < 23);
    const TileGrid::Cell next = taken(order, grid, 1).front();
    QVERIFY(next.column % 16 == 0 && next.row % 16 == 0);
  }

  void movingTheViewReordersWhatWaitsAtOnce() {
    const TileGrid grid = fullGrid(40, 40);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    order.look({0, 0, 1000, 1000});
    taken(order, grid, 5);
    order.look({3000, 3000, 200, 200});
    for (const TileGrid::Cell& cell : taken(order, grid, 4)) QVERIFY(cell.column >= 30 && cell.row >= 30);
  }

  void afterTheCoarseStrideTheNeighbourhoodOfTheViewIsRefined() {
    const TileGrid grid = fullGrid(64, 64);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    order.look({6000, 6000, 100, 100});
    taken(order, grid, 1 + 16 * 16);  // the view, and every fourth column and row
    for (const TileGrid::Cell& cell : taken(order, grid, 40)) QVERIFY(cell.column >= 48 && cell.row >= 48);
  }

  void theSlidesOwnTilesAreSeldomDecodedTwice() {
    constexpr int kTile = 448, kOwn = 512;  // level-0 pixels: at 0.5 um, read from the level of 1 um
    constexpr size_t kKept = 192;           // 48 MiB of tiles of 256 x 256
    const TileGrid grid = fullGrid(120, 90);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    std::list<std::pair<int, int>> kept;  // used last in front
    std::set<std::pair<int, int>> all;
    size_t decoded = 0;
    while (const auto cell = order.take()) {
      const int left = grid.cells[*cell].column * kTile, top = grid.cells[*cell].row * kTile;
      for (int row = top / kOwn; row * kOwn < top + kTile; ++row)
        for (int column = left / kOwn; column * kOwn < left + kTile; ++column) {
          const std::pair own{column, row};
          all.insert(own);
          const auto found = std::ranges::find(kept, own);
          if (found == kept.end()) ++decoded;
          if (found != kept.end()) kept.erase(found);
          kept.push_front(own);
          if (kept.size() > kKept) kept.pop_back();
        }
    }
    QVERIFY2(double(decoded) < 1.25 * double(all.size()),
             qPrintable(QStringLiteral("%1 of %2").arg(decoded).arg(all.size())));
  }

  void aViewBesideTheSlideChangesNothing() {
    const TileGrid grid = fullGrid(5, 5);
    TileOrder order(grid, std::vector<bool>(grid.count(), true));
    order.look({-9000, -9000, 100, 100});
    QCOMPARE(taken(order, grid, 99).size(), size_t(25));
    QVERIFY(!order.take());
  }
};

}  // namespace geneglass::tile_order_test

GENEGLASS_TEST(geneglass::tile_order_test::TileOrderTest)
#include "tile_order_test.moc"
