// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <random>
#include <set>

#include "tests/canvas/painted_slide.h"
#include "viewer/canvas/tile_plan.h"

using namespace geneglass;

namespace {

const auto nothing = [](TileKey) { return false; };
const auto everything = [](TileKey) { return true; };

Viewport view(double x, double y, double downsample, double rotation = 0) {
  return {{x, y}, downsample, rotation, 1000, 800};
}

std::set<TileKey> asSet(const std::vector<TileKey>& keys) {
  return {keys.begin(), keys.end()};
}

// Whether any of a fine grid of places in the tile is on the screen: slow, and another way than the plan's.
bool isOnScreen(const Slide& slide, const Viewport& viewport, TileKey key) {
  const Rect area = tileArea(slide, key);
  constexpr int steps = 24;
  for (int row = 0; row <= steps; ++row)
    for (int column = 0; column <= steps; ++column) {
      const Point p =
          viewport.toScreen({area.x + area.width * column / steps, area.y + area.height * row / steps});
      if (p.x > 0 && p.y > 0 && p.x < viewport.width && p.y < viewport.height) return true;
    }
  return false;
}

}  // namespace

class TestTilePlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aLevelLiesOnTheGridItWasMadeFrom_data();
  void aLevelLiesOnTheGridItWasMadeFrom();
  void theBestLevelIsTheCoarsestFineEnough_data();
  void theBestLevelIsTheCoarsestFineEnough();
  void aTurnedViewTakesOnlyTilesItShows();
  void wantsTheCoarsestFirstThenTheCentreThenARing();
  void drawsCoarseUnderFineUntilOneLevelFills();
  void isBlankOnlyWhereNothingAtAllLies();
  void aFullPyramidIsSharpAndWantsNothing();
  void aViewBesideTheSlideWantsNothing();
  void wantsAreLimited();
  void theCostGrowsWithWhatIsVisible();
  void tilesOfALevelTouchWithoutGapOrOverlap();
};

// Why not Level::downsample: a level of f x f blocks of an odd slide has size / f pixels rounded, so the
// ratio of sizes is a little more than f. Placing by it stretches the level over the slide: nothing at the
// upper left, up to f - 1 level-0 pixels at the lower right ("drift grows to the lower right").
void TestTilePlan::aLevelLiesOnTheGridItWasMadeFrom_data() {
  QTest::addColumn<int>("fine");
  QTest::addColumn<int>("coarse");
  QTest::addColumn<double>("placed");
  QTest::newRow("even") << 30976 << 15488 << 2.0;
  QTest::newRow("odd, rounded down: not 2.0004") << 5001 << 2500 << 2.0;
  QTest::newRow("odd, rounded up: not 1.9996") << 5001 << 2501 << 2.0;
  QTest::newRow("sixth of factor 2: not 64.14") << 5003 << 78 << 64.0;
  QTest::newRow("fifth of factor 4: not 1250.75") << 5003 << 4 << 1024.0;
  QTest::newRow("factor 3") << 10000 << 3333 << 3.0;
  QTest::newRow("scanned at 16.001, no blocks") << 100003 << 6249 << 100003.0 / 6249;
  QTest::newRow("two pixels off is no rounding") << 5003 << 2499 << 5003.0 / 2499;
}

void TestTilePlan::aLevelLiesOnTheGridItWasMadeFrom() {
  QFETCH(int, fine);
  QFETCH(int, coarse);
  QFETCH(double, placed);
  Slide slide = testing::pyramid({fine, fine}, 2, 1);
  slide.levels.push_back({{coarse, coarse}, static_cast<double>(fine) / coarse, {256, 256}});
  QCOMPARE(placedDownsample(slide, 1), (Point{placed, placed}));
  const TileKey last{1, static_cast<int>(slide.levels[1].columns() - 1), 0};
  QVERIFY(std::abs(tileArea(slide, last).right() - coarse * placed) < 1e-6);
}

void TestTilePlan::theBestLevelIsTheCoarsestFineEnough_data() {
  QTest::addColumn<double>("factor");
  QTest::addColumn<int>("levels");
  QTest::addColumn<double>("downsample");
  QTest::addColumn<int>("best");
  QTest::newRow("2, nearer than level 0") << 2.0 << 7 << 0.1 << 0;
  QTest::newRow("2, just before the next") << 2.0 << 7 << 1.9 << 0;
  QTest::newRow("2, at a level") << 2.0 << 7 << 8.0 << 3;
  QTest::newRow("2, beyond the last") << 2.0 << 7 << 500.0 << 6;
  QTest::newRow("4, between") << 4.0 << 4 << 15.0 << 1;
  QTest::newRow("4, at a level") << 4.0 << 4 << 16.0 << 2;
  QTest::newRow("16.001, near") << 16.001 << 3 << 4.0 << 0;
  // 15 x 15 screens of level 0 would be 180 million pixels: the coarser level, hardly coarser than the
  // screen.
  QTest::newRow("16.001, too many fine pixels") << 16.001 << 3 << 15.0 << 1;
  QTest::newRow("16.001, far") << 16.001 << 3 << 200.0 << 1;
}

void TestTilePlan::theBestLevelIsTheCoarsestFineEnough() {
  QFETCH(double, factor);
  QFETCH(int, levels);
  QFETCH(double, downsample);
  QFETCH(int, best);
  const Slide slide = testing::pyramid({100003, 80001}, factor, levels);
  const Viewport viewport = view(50000, 40000, downsample, 0.3);
  QCOMPARE(bestLevel(slide, viewport), best);
  const TilePlan plan = planTiles(slide, viewport, everything);
  for (const TileKey key : plan.draw) QCOMPARE(key.level, best);
}

void TestTilePlan::aTurnedViewTakesOnlyTilesItShows() {
  const Slide slide = testing::pyramid({20001, 15003}, 2, 6);
  std::mt19937 random(3);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  for (int i = 0; i < 30; ++i) {
    const Viewport viewport =
        view(uniform(0, 20000), uniform(0, 15000), std::exp2(uniform(1, 4)), uniform(-3, 3));
    const int best = bestLevel(slide, viewport);
    const std::set<TileKey> taken = asSet(visibleTiles(slide, viewport, best));
    const Level& level = slide.levels[static_cast<size_t>(best)];
    for (int row = 0; row < level.rows(); ++row)
      for (int column = 0; column < level.columns(); ++column) {
        const TileKey key{best, column, row};
        if (isOnScreen(slide, viewport, key)) QVERIFY(taken.contains(key));
      }
    // The upright box of a view turned by 45 degrees is twice as large as the view.
    const double pixels =
        viewport.width * viewport.height * std::pow(viewport.downsample / level.downsample, 2);
    const double outline = 2 * (viewport.width + viewport.height) * viewport.downsample / level.downsample;
    QVERIFY(static_cast<double>(taken.size()) * 256 * 256 <= pixels + outline * 2 * 256 + 4 * 256 * 256);
  }
}

void TestTilePlan::wantsTheCoarsestFirstThenTheCentreThenARing() {
  const Slide slide = testing::pyramid({20000, 16000}, 2, 6);
  const Viewport viewport = view(10000, 8000, 2);
  const TilePlan plan = planTiles(slide, viewport, nothing);
  const std::set<TileKey> visible = asSet(visibleTiles(slide, viewport, 1));
  const auto base = static_cast<size_t>(slide.levels[5].columns() * slide.levels[5].rows());
  QVERIFY(plan.want.size() > base + visible.size());
  QCOMPARE(asSet(plan.want).size(), plan.want.size());
  double lastDistance = 0;
  for (size_t i = 0; i < plan.want.size(); ++i) {
    const TileKey key = plan.want[i];
    if (i < base) {
      QCOMPARE(key.level, 5);
      continue;
    }
    QCOMPARE(key.level, 1);
    const bool isVisible = i < base + visible.size();
    QCOMPARE(visible.contains(key), isVisible);
    const Rect area = tileArea(slide, key);
    const double distance = std::hypot(area.x + area.width / 2 - 10000, area.y + area.height / 2 - 8000);
    if (isVisible) QVERIFY(distance >= lastDistance);
    if (isVisible) lastDistance = distance;
    bool touches = false;
    for (int row = -1; row <= 1; ++row)
      for (int column = -1; column <= 1; ++column)
        touches |= visible.contains({1, key.column + column, key.row + row});
    QVERIFY2(touches, "a tile of the ring touches no visible one");
  }
}

void TestTilePlan::drawsCoarseUnderFineUntilOneLevelFills() {
  const Slide slide = testing::pyramid({20000, 16000}, 4, 4);
  const Viewport viewport = view(10000, 8000, 1);
  const TileKey hole = visibleTiles(slide, viewport, 0).front();
  const TilePlan plan = planTiles(slide, viewport, [&](TileKey key) { return key != hole; });
  QVERIFY(!plan.sharp);
  QVERIFY(!plan.blank);
  QCOMPARE(plan.draw.front().level, 1);  // level 1 fills, so 2 and 3 are not drawn
  QCOMPARE(plan.draw.back().level, 0);
  for (size_t i = 1; i < plan.draw.size(); ++i) QVERIFY(plan.draw[i].level <= plan.draw[i - 1].level);
  QVERIFY(!asSet(plan.draw).contains(hole));
  QCOMPARE(plan.want, std::vector<TileKey>{hole});
}

void TestTilePlan::isBlankOnlyWhereNothingAtAllLies() {
  const Slide slide = testing::pyramid({20000, 16000}, 4, 4);
  const Viewport viewport = view(10000, 8000, 1, 0.5);
  const auto blankWith = [&](std::function<bool(TileKey)> isResident) {
    return planTiles(slide, viewport, isResident).blank;
  };
  QVERIFY(blankWith(nothing));
  QVERIFY(!blankWith([](TileKey key) { return key.level == 3; }));
  QVERIFY(!blankWith([](TileKey key) { return key.level == 0; }));
  // Half of the view from one level, half from another.
  QVERIFY(!blankWith(
      [](TileKey key) { return key.level == 0 ? key.column < 40 : key.level == 1 && key.column >= 9; }));
  QVERIFY(blankWith(
      [](TileKey key) { return key.level == 0 ? key.column < 40 : key.level == 1 && key.column > 10; }));
  const TileKey hole = visibleTiles(slide, viewport, 0).front();
  QVERIFY(blankWith([&](TileKey key) { return key.level == 0 && key != hole; }));
}

void TestTilePlan::aFullPyramidIsSharpAndWantsNothing() {
  for (const double factor : {2.0, 4.0, 16.001})
    for (const double downsample : {0.2, 1.0, 3.3, 15.0, 70.0}) {
      const TilePlan plan = planTiles(testing::pyramid({100003, 80001}, factor, 3),
                                      view(90000, 79000, downsample, 2), everything);
      QVERIFY(plan.sharp && !plan.blank && plan.want.empty() && !plan.draw.empty());
    }
}

void TestTilePlan::aViewBesideTheSlideWantsNothing() {
  const Slide slide = testing::pyramid({20000, 16000}, 2, 1);
  const TilePlan plan = planTiles(slide, view(-5000, -5000, 1), nothing);
  QVERIFY(plan.want.empty() && plan.draw.empty() && !plan.blank);
}

void TestTilePlan::wantsAreLimited() {
  const Slide single = testing::pyramid({100000, 100000}, 2, 1);
  const TilePlan plan = planTiles(single, view(50000, 50000, 120), nothing);
  QCOMPARE(plan.want.size(), maxWantedTiles);
  const Rect first = tileArea(single, plan.want.front());
  QVERIFY(std::hypot(first.x + 128 - 50000, first.y + 128 - 50000) < 256);
}

void TestTilePlan::theCostGrowsWithWhatIsVisible() {
  const auto asked = [](int64_t side) {
    int questions = 0;
    planTiles(testing::pyramid({side, side}, 2, 9), view(15000, 15000, 1, 0.7), [&](TileKey) {
      ++questions;
      return false;
    });
    return questions;
  };
  QVERIFY(asked(30000) < 2000);
  QVERIFY(asked(1000000) < 2 * asked(30000));
}

void TestTilePlan::tilesOfALevelTouchWithoutGapOrOverlap() {
  for (const double factor : {2.0, 4.0, 16.001}) {
    const Slide slide = testing::pyramid({100003, 80001}, factor, 3);
    for (int level = 0; level < 3; ++level)
      for (int column = 1; column < slide.levels[static_cast<size_t>(level)].columns(); ++column)
        QVERIFY(std::abs(tileArea(slide, {level, column - 1, 0}).right() -
                         tileArea(slide, {level, column, 0}).x) < 1e-9);
  }
}

QTEST_GUILESS_MAIN(TestTilePlan)
#include "test_tile_plan.moc"
