// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/morans_i.h"

#include <QtTest>
#include <cmath>
#include <random>

#include "inference/prediction/tile_cover.h"
#include "tests/support/test_program.h"

// The numbers are those of tests/benchmark/spatial_statistics.py, which computes them from a dense matrix.
namespace geneglass::morans_i_test {
namespace {

int noise(int column, int row) {
  return (7 * column + 13 * row + 5 * column * row) % 17;
}

/// Of ragged tissue, with a cell far from all others.
struct Fixture {
  TileGrid grid{100, 100, 61, 41, {}};
  Fixture() {
    for (int row = 0; row < 27; ++row)
      for (int column = 0; column < 34; ++column)
        if ((column * column + 3 * row) % 7 != 0) grid.cells.push_back({column, row});
    grid.cells.push_back({60, 40});
  }
  template <typename Rule>
  MoransI of(Rule rule, uint64_t seed = 1) const {
    std::vector<float> values;
    for (const TileGrid::Cell& cell : grid.cells) values.push_back(float(rule(cell.column, cell.row)));
    return SpatialAutocorrelation(grid).withChance(values, seed);
  }
};

TileGrid filled(int columns, int rows) {
  TileGrid grid{100, 100, columns, rows, {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) grid.cells.push_back({column, row});
  return grid;
}

bool isNear(double value, double expected, double most) {
  return std::abs(value - expected) <= most;
}

}  // namespace

class MoransITest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itIsThatOfADenseMatrix() {
    const Fixture fixture;
    const MoransI plain = fixture.of(noise);
    QCOMPARE(plain.places, size_t(782));
    QVERIFY(isNear(plain.blocks, 39.255617, 1e-6));
    QVERIFY(isNear(plain.i, -0.015564912375, 1e-11));
    QCOMPARE(plain.expected, -1.0 / 781);
    const auto step = [](int column, int row) { return noise(column, row) + (column > 15 ? 9 : 0); };
    QVERIFY(isNear(fixture.of(step).i, 0.446740512983, 1e-11));
    const auto board = [](int column, int row) { return (column + row) % 2; };
    QVERIFY(isNear(fixture.of(board).i, -0.012414897877, 1e-11));
  }

  void itsPIsThatOfAnotherMaker() {
    const Fixture fixture;
    QVERIFY(isNear(fixture.of(noise).p, 0.5533, 4 * std::sqrt(0.5533 * 0.4467 / 999)));
    const auto weak = [](int column, int row) { return noise(column, row) + 3 * (column / 9 % 2); };
    QVERIFY(isNear(fixture.of(weak).i, 0.071777052376, 1e-11));
    QVERIFY(isNear(fixture.of(weak).p, 0.0088, 4 * std::sqrt(0.0088 * 0.9912 / 999)));
    const auto step = [](int column, int row) { return noise(column, row) + (column > 15 ? 9 : 0); };
    QCOMPARE(fixture.of(step).p, 0.001);
  }

  void theSameSeedGivesTheSameP() {
    const Fixture fixture;
    QCOMPARE(fixture.of(noise, 3).p, fixture.of(noise, 3).p);
    QVERIFY(fixture.of(noise, 3).p != fixture.of(noise, 4).p);
  }

  void independentNoiseHasAnyPAlike() {
    const TileGrid grid = filled(23, 17);
    const SpatialAutocorrelation maps(grid);
    std::mt19937_64 random(5);
    double mean = 0;
    int low = 0;
    for (int map = 0; map < 60; ++map) {
      std::vector<float> values;
      for (size_t i = 0; i < grid.count(); ++i) values.push_back(float(random() % 1000));
      const double p = maps.withChance(values).p;
      mean += p / 60, low += p <= 0.1;
    }
    QVERIFY2(isNear(mean, 0.5, 0.15), qPrintable(QString::number(mean)));
    QVERIFY2(low <= 14, qPrintable(QString::number(low)));
  }

  void aPatternWithinSquaresIsNoneBeyondThem() {
    // Each square of 5 x 5 tiles has a level of its own: smooth for single tiles, noise for squares.
    const TileGrid grid = filled(40, 40);
    std::mt19937_64 random(2);
    std::vector<float> levels;
    for (int i = 0; i < 64; ++i) levels.push_back(float(random() % 100));
    std::vector<float> values;
    for (const TileGrid::Cell& cell : grid.cells)
      values.push_back(levels[size_t(cell.row / 5 * 8 + cell.column / 5)]);
    const MoransI found = SpatialAutocorrelation(grid).withChance(values);
    QVERIFY(found.i > 0.6);
    QVERIFY(found.p > 0.05);
  }

  void fewSquaresHaveNoP() {
    const MoransI found = [] {
      const TileGrid grid = filled(10, 15);
      std::vector<float> values;
      for (const TileGrid::Cell& cell : grid.cells) values.push_back(float(cell.column));
      return SpatialAutocorrelation(grid).withChance(values);
    }();
    QCOMPARE(found.blocks, 6.0);
    QVERIFY(found.i > 0.7);
    QVERIFY(std::isnan(found.p));
  }

  void whatIsNotDefinedIsNoNumber() {
    const TileGrid grid = filled(20, 20);
    const MoransI constant = SpatialAutocorrelation(grid).withChance(std::vector<float>(400, 0.3F));
    QVERIFY(std::isnan(constant.i) && std::isnan(constant.p));
    QVERIFY(std::isnan(SpatialAutocorrelation(TileGrid{100, 100, 9, 9, {}}).of({}).i));
    const TileGrid apart{100, 100, 9, 9, {{0, 0}, {2, 0}, {4, 0}, {8, 8}}};
    QCOMPARE(SpatialAutocorrelation(apart).of(std::vector<float>{1, 2, 3, 4}).places, size_t(0));
  }

  void tilesThatOverlapAreTakenByWhatTheMapShows() {
    // Tiles of two strides, on a lattice of single ones: the map's cells hold means.
    TileGrid grid{200, 100, 31, 31, {}};
    std::vector<int32_t> corners;
    std::vector<float> values;
    for (int row = 0; row < 30; ++row)
      for (int column = 0; column < 30; ++column) {
        grid.cells.push_back({column, row});
        corners.insert(corners.end(), {column * 100, row * 100});
        values.push_back(float(noise(column, row)));
      }
    grid.cover = coverOf(grid, corners, 0);
    const MoransI found = SpatialAutocorrelation(grid).withChance(values);
    QCOMPARE(found.places, grid.mapCells().size());
    QVERIFY2(found.blocks < 11, "a square is of five tiles, ten cells");
    QVERIFY2(found.i > 0.2, "means of the same tiles are alike");
  }
};

}  // namespace geneglass::morans_i_test

GENEGLASS_TEST(geneglass::morans_i_test::MoransITest)
#include "morans_i_test.moc"
