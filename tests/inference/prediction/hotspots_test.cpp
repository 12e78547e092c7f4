// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <set>

#include "inference/prediction/outline.h"
#include "inference/prediction/prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::hotspots_test {
namespace {

using Picture = std::vector<std::string>;

std::vector<TileGrid::Cell> cellsOf(const Picture& picture, char mark = '#') {
  std::vector<TileGrid::Cell> cells;
  for (size_t row = 0; row < picture.size(); ++row)
    for (size_t column = 0; column < picture[row].size(); ++column)
      if (picture[row][column] == mark) cells.push_back({int(column), int(row)});
  return cells;
}

/// A grid of 20 x 20 tiles of 100 px. '#' is high in contribution and attention, 'a' in contribution only.
struct Map {
  TileGrid grid{100, 100, 20, 20, {}};
  std::vector<float> contribution, attention, expression;
  explicit Map(const Picture& picture) {
    for (int row = 0; row < 20; ++row)
      for (int column = 0; column < 20; ++column) {
        const bool drawn = row < int(picture.size()) && column < int(picture[size_t(row)].size());
        const char mark = drawn ? picture[size_t(row)][size_t(column)] : '.';
        grid.cells.push_back({column, row});
        contribution.push_back(mark == '.' ? 0.001f * float(grid.cells.size()) : 9.0f);
        attention.push_back(mark == '#' ? 2.0f : 0.5f);
        expression.push_back(float(column));
      }
  }
  std::vector<Hotspot> hotspots() const {
    return findHotspots(grid, contribution, attention, expression, 0.5, 7);
  }
};

double area(const std::vector<Point>& ring) {
  double sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const Point &a = ring[i], &b = ring[(i + 1) % ring.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

}  // namespace

class HotspotsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void regionsAreEightConnectedAndHaveAtLeastFourTiles_data() {
    QTest::addColumn<QStringList>("picture");
    QTest::addColumn<QList<int>>("sizes");
    const auto row = [](const char* name, QStringList picture, QList<int> sizes) {
      QTest::newRow(name) << picture << sizes;
    };
    const auto lines = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char('|')); };
    row("nothing", {}, {});
    row("three tiles are too few", lines("###"), {});
    row("four are enough", lines("####"), {4});
    row("a diagonal holds together", lines("#...|.#..|..#.|...#"), {4});
    row("two regions, larger first", lines("##...|##...|.....|...##|..###"), {5, 4});
    row("a gap of one tile parts", lines("##.##|##.##"), {4, 4});
    row("attention below uniform does not count", lines("##aa|aa.."), {});
    row("attention below uniform cuts", lines("##a##|##a##"), {4, 4});
  }
  void regionsAreEightConnectedAndHaveAtLeastFourTiles() {
    QFETCH(QStringList, picture);
    QFETCH(QList<int>, sizes);
    Picture drawn;
    for (const QString& line : picture) drawn.push_back(line.toStdString());
    QList<int> found;
    for (const Hotspot& hotspot : Map(drawn).hotspots()) {
      found.push_back(int(hotspot.cells.size()));
      QCOMPARE(hotspot.rank, int(found.size()));
      QCOMPARE(hotspot.gene, 7);
    }
    QCOMPARE(found, sizes);
  }

  void whereTilesOverlapARegionMustBeAsLargeAsFourTiles() {
    Map fifteen({"####", "####", "####", "###."}), sixteen({"####", "####", "####", "####"});
    fifteen.grid.tile = sixteen.grid.tile = 200;
    QCOMPARE(fifteen.hotspots().size(), size_t(0));
    QCOMPARE(sixteen.hotspots().size(), size_t(1));
    QCOMPARE(sixteen.hotspots()[0].areaMm2, 16 * 0.05 * 0.05);  // of the strides, which do not overlap
  }

  void onlyTheTopTwentiethCounts() {
    Map map({"####", "####", "####", "####", "####",
             "####"});  // 24 of 400: ties at the top are all in or all out
    QVERIFY(map.hotspots().size() == 1);
    for (float& value : map.contribution) value = 1;
    QVERIFY(map.hotspots().empty());
  }

  void tiesAtTheTopFollowThePercentile() {
    Map map({});
    std::fill(map.attention.begin(), map.attention.end(), 2.0f);
    for (const size_t equal : {1, 3, 7, 16, 39, 40, 41, 50, 133, 200, 399}) {
      for (size_t i = 0; i < 400; ++i) map.contribution[i] = float(i / equal);
      const std::vector<float> sorted = map.contribution;  // rises with the tiles: what counts lies together
      const auto counts = [&](float value) { return percentileOf(sorted, value) >= 95; };
      const size_t expected = size_t(std::ranges::count_if(sorted, counts));
      const std::vector<Hotspot> found = map.hotspots();
      QCOMPARE(found.empty() ? 0 : found[0].cells.size(), expected < 4 ? 0 : expected);
    }
  }

  void areaMeanAndOutlineAreInTheSlidesUnits() {
    const auto hotspots = Map({"....", ".##.", ".##."}).hotspots();
    QCOMPARE(hotspots.size(), size_t(1));
    QCOMPARE(hotspots[0].areaMm2, 4 * 0.05 * 0.05);
    QCOMPARE(hotspots[0].mean, 1.5);
    const std::vector<std::vector<Point>> square{{{100, 100}, {300, 100}, {300, 300}, {100, 300}}};
    QVERIFY(hotspots[0].rings == square);
  }

  void outlinesAreClosedAlongTheCellsAndHolesFollow_data() {
    QTest::addColumn<QStringList>("picture");
    QTest::addColumn<int>("rings");
    QTest::addColumn<int>("corners");
    const auto lines = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char('|')); };
    QTest::newRow("one cell") << lines("#") << 1 << 4;
    QTest::newRow("an L") << lines("#.|##") << 1 << 6;
    QTest::newRow("a frame") << lines("###|#.#|###") << 2 << 8;
    QTest::newRow("two holes side by side") << lines("#####|#.#.#|#####") << 3 << 12;
    QTest::newRow("holes touching at a corner stay two") << lines("####|#.##|##.#|####") << 3 << 12;
    QTest::newRow("cells touching at a corner share a ring") << lines("#.|.#") << 1 << 8;
    QTest::newRow("the other diagonal") << lines(".#|#.") << 1 << 8;
    QTest::newRow("a hole closed by corners") << lines(".#.|#.#|.#.") << 2 << 16;
  }
  void outlinesAreClosedAlongTheCellsAndHolesFollow() {
    QFETCH(QStringList, picture);
    QFETCH(int, rings);
    QFETCH(int, corners);
    Picture drawn;
    for (const QString& line : picture) drawn.push_back(line.toStdString());
    const auto cells = cellsOf(drawn);
    const auto outline = outlineOf(cells);
    QCOMPARE(int(outline.size()), rings);
    double total = 0;
    int points = 0;
    for (size_t i = 0; i < outline.size(); ++i) {
      QCOMPARE(area(outline[i]) > 0, i == 0);
      total += area(outline[i]);
      points += int(outline[i].size());
      for (size_t j = 0; j < outline[i].size(); ++j) {
        const Point &a = outline[i][j], &b = outline[i][(j + 1) % outline[i].size()];
        QVERIFY((a.x == b.x) != (a.y == b.y));
      }
    }
    QCOMPARE(total, double(cells.size()));
    QCOMPARE(points, corners);
  }

  void everyDrawingOfNineCellsHasItsAreaBetweenItsRings() {
    for (int bits = 1; bits < 512; ++bits) {
      std::vector<TileGrid::Cell> cells;
      for (int i = 0; i < 9; ++i)
        if (bits >> i & 1) cells.push_back({i % 3, i / 3});
      double total = 0;
      for (const auto& ring : outlineOf(cells)) total += area(ring);
      QCOMPARE(total, double(cells.size()));
    }
  }

  void percentilesCountTiesHalf() {
    const std::vector<float> sorted{1, 2, 2, 3};
    QCOMPARE(percentileOf(sorted, 0), 0.0);
    QCOMPARE(percentileOf(sorted, 1), 12.5);
    QCOMPARE(percentileOf(sorted, 2), 50.0);
    QCOMPARE(percentileOf(sorted, 2.5f), 75.0);
    QCOMPARE(percentileOf(sorted, 9), 100.0);
    QCOMPARE(percentileOf({}, 9), 0.0);
  }
};

}  // namespace geneglass::hotspots_test

GENEGLASS_TEST(geneglass::hotspots_test::HotspotsTest)
#include "hotspots_test.moc"
