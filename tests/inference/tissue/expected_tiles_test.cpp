// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/expected_tiles.h"

#include <QtTest>

#include "tests/support/test_program.h"

namespace geneglass::expected_tiles_test {

class ExpectedTilesTest final : public QObject {
  Q_OBJECT

  /// A row of tiles, a letter each: u usable, e empty, d damaged, . waiting; the columns that are expected.
  static std::vector<int> expectedOf(const std::string& row) {
    TileGrid grid{.tile = 100, .stride = 100, .columns = int(row.size()), .rows = 1, .cells = {}};
    std::vector<TileState> states;
    for (size_t i = 0; i < row.size(); ++i) {
      grid.cells.push_back({int(i), 0});
      states.push_back(row[i] == 'u'   ? TileState::Usable
                       : row[i] == 'e' ? TileState::Empty
                       : row[i] == 'd' ? TileState::Damaged
                                       : TileState::Waiting);
    }
    std::vector<int> columns;
    for (const TileGrid::Cell& cell : expectedTiles(grid, states)) columns.push_back(cell.column);
    return columns;
  }

 private Q_SLOTS:
  void besideTilesThatShowNothingNothingIsExpected() {
    QCOMPARE(expectedOf("u...e..."), (std::vector<int>{1, 2}));
    QCOMPARE(expectedOf(".u.e."), (std::vector<int>{0, 2}));
  }

  void aDamagedTileSaysNothingOfItsNeighbours() {
    QCOMPARE(expectedOf("u..d.."), (std::vector<int>{1, 2, 4, 5}));
  }

  void whereNoneIsExpectedAllStillWait() {
    QCOMPARE(expectedOf("e.."), (std::vector<int>{1, 2}));
    QCOMPARE(expectedOf("..."), (std::vector<int>{0, 1, 2}));
    QVERIFY(expectedOf("uue").empty());
  }
};

}  // namespace geneglass::expected_tiles_test

GENEGLASS_TEST(geneglass::expected_tiles_test::ExpectedTilesTest)
#include "expected_tiles_test.moc"
