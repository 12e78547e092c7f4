// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <random>
#include <set>

#include "tests/support/test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/tiles/level_grid.h"
#include "viewer/canvas/tiles/tile_plan.h"

namespace geneglass::tile_plan_test {
namespace {

const auto kNothing = [](TileKey) { return false; };
const auto kEverything = [](TileKey) { return true; };
Viewport view(double x, double y, double downsample, double rotation = 0) {
  return {{x, y}, downsample, rotation, 1000, 800};
}

std::set<TileKey> asSet(const std::vector<TileKey>& keys) {
  return {keys.begin(), keys.end()};
}

// Whether any of a fine grid of places in the tile is on the screen: slow, and another way than the plan's.
bool isOnScreen(const Slide& slide, const Viewport& viewport, TileKey key) {
  const Rect area = tileArea(slide, key);
  constexpr int kSteps = 24;
  for (int row = 0; row <= kSteps; ++row)
    for (int column = 0; column <= kSteps; ++column) {
      const Point p =
          viewport.toScreen({area.x + area.width * column / kSteps, area.y + area.height * row / kSteps});
      if (p.x > 0 && p.y > 0 && p.x < viewport.width && p.y < viewport.height) return true;
    }
  return false;
}

}  // namespace

class TilePlanTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aLevelLiesOnTheGridItWasMadeFrom_data();
  void aLevelLiesOnTheGridItWasMadeFrom();
  void theBestLevelIsTheCoarsestFineEnough_data();
  void theBestLevelIsTheCoarsestFineEnough();
  void aTurnedViewTakesOnlyTilesItShows();
  void wantsInTheOrderOfNeed_data();
  void wantsInTheOrderOfNeed();
  void wantsTheCentreFirstAndARingThatTouches();
  void theRingLiesAheadOfAMovingView();
  void aFadingTileHidesNothing();
  void drawsWhatIsFinestAtEachPlaceAndNoMore();
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
void TilePlanTest::aLevelLiesOnTheGridItWasMadeFrom_data() {
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

void TilePlanTest::aLevelLiesOnTheGridItWasMadeFrom() {
  QFETCH(int, fine);
  QFETCH(int, coarse);
  QFETCH(double, placed);
  Slide slide = testing::pyramid({fine, fine}, 2, 1);
  slide.levels.push_back({{coarse, coarse}, static_cast<double>(fine) / coarse, {256, 256}});
  QCOMPARE(placedDownsample(slide, 1), (Point{placed, placed}));
  const TileKey last{1, static_cast<int>(slide.levels[1].columns() - 1), 0};
  QVERIFY(std::abs(tileArea(slide, last).right() - coarse * placed) < 1e-6);
}

void TilePlanTest::theBestLevelIsTheCoarsestFineEnough_data() {
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

void TilePlanTest::theBestLevelIsTheCoarsestFineEnough() {
  QFETCH(double, factor);
  QFETCH(int, levels);
  QFETCH(double, downsample);
  QFETCH(int, best);
  const Slide slide = testing::pyramid({100003, 80001}, factor, levels);
  const Viewport viewport = view(50000, 40000, downsample, 0.3);
  QCOMPARE(bestLevel(slide, viewport), best);
  const TilePlan plan = planTiles(slide, viewport, {kEverything});
  for (const TileKey key : plan.draw) QCOMPARE(key.level, best);
}

void TilePlanTest::aTurnedViewTakesOnlyTilesItShows() {
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

// One letter a tile wanted, repeats left out: b the coarsest level where it is seen, v the best level where
// it is seen, k the rest of the coarsest level, d the destination, r the ring.
QString orderOf(const Slide& slide, const Viewport& viewport, const ViewCourse& course,
                const std::function<bool(TileKey)>& isResident) {
  const TilePlan plan = planTiles(slide, viewport, {isResident}, course);
  const int best = bestLevel(slide, viewport);
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  const std::set<TileKey> seenBase = asSet(visibleTiles(slide, viewport, coarsest));
  const std::set<TileKey> seen = asSet(visibleTiles(slide, viewport, best));
  std::set<TileKey> goal;
  if (const auto& end = course.destination) goal = asSet(visibleTiles(slide, *end, bestLevel(slide, *end)));
  QString order;
  for (const TileKey key : plan.want) {
    const bool isBase = key.level == coarsest && best != coarsest;
    const char kind = isBase               ? seenBase.contains(key) ? 'b' : 'k'
                      : seen.contains(key) ? 'v'
                      : goal.contains(key) ? 'd'
                                           : 'r';
    if (!order.endsWith(QLatin1Char(kind))) order += QLatin1Char(kind);
  }
  return order;
}

void TilePlanTest::wantsInTheOrderOfNeed_data() {
  using Predicate = std::function<bool(TileKey)>;
  const Viewport near = view(10000, 8000, 2);
  const Predicate base = [](TileKey key) { return key.level == 5; };
  const Predicate middle = [](TileKey key) { return key.level == 3; };
  const Predicate shown = [seen = near.visible()](TileKey key) {
    constexpr double kSide = 512;
    return key.level == 5 ||
           (key.level == 1 && key.column * kSide < seen.right() && (key.column + 1) * kSide > seen.x &&
            key.row * kSide < seen.bottom() && (key.row + 1) * kSide > seen.y);
  };
  const Predicate left = [](TileKey key) { return key.level == 1 && key.column < 20; };
  const auto add = [](const char* name, const Viewport& viewport, const ViewCourse& course,
                      const Predicate& isResident, const char* order) {
    QTest::newRow(name) << viewport << course << isResident << QString::fromLatin1(order);
  };
  QTest::addColumn<Viewport>("viewport");
  QTest::addColumn<ViewCourse>("course");
  QTest::addColumn<Predicate>("isResident");
  QTest::addColumn<QString>("order");
  add("nothing there", near, {}, kNothing, "bvkr");
  add("the coarsest level is there", near, {}, base, "vr");
  add("another coarse level lies under it", near, {}, middle, "vbkr");  // kept, so read, but later
  add("half of the view is there", near, {}, left, "bvkr");
  add("a destination beside it", near, {view(15000, 8000, 2), {}}, base, "vdr");
  add("a destination further away", near, {view(10000, 8000, 8), {}}, base, "vdr");
  add("a destination within the view", near, {view(10000, 8000, 1), {}}, base, "vdr");
  add("all of the view is there", near, {view(15000, 8000, 2), {}}, shown, "dr");
  add("all there", near, {view(15000, 8000, 2), {}}, kEverything, "");
  add("the whole slide, coarsest level", view(10000, 8000, 32), {}, kNothing, "v");
}

void TilePlanTest::wantsInTheOrderOfNeed() {
  QFETCH(Viewport, viewport);
  QFETCH(ViewCourse, course);
  QFETCH(std::function<bool(TileKey)>, isResident);
  QFETCH(QString, order);
  const Slide slide = testing::pyramid({20000, 16000}, 2, 6);
  QCOMPARE(orderOf(slide, viewport, course, isResident), order);
  const TilePlan plan = planTiles(slide, viewport, {isResident}, course);
  QCOMPARE(asSet(plan.want).size(), plan.want.size());
  QCOMPARE(plan.needed,
           static_cast<size_t>(std::count_if(plan.want.begin(), plan.want.end(), [&](TileKey key) {
             const std::set<TileKey> seen = asSet(visibleTiles(slide, viewport, bestLevel(slide, viewport)));
             return seen.contains(key) || (key.level == 5 && isOnScreen(slide, viewport, key) &&
                                           orderOf(slide, viewport, course, isResident).startsWith(u'b'));
           })));
}

void TilePlanTest::wantsTheCentreFirstAndARingThatTouches() {
  const Slide slide = testing::pyramid({20000, 16000}, 2, 6);
  const Viewport viewport = view(10000, 8000, 2);
  const TilePlan plan = planTiles(slide, viewport, {[](TileKey key) { return key.level == 5; }});
  const std::set<TileKey> visible = asSet(visibleTiles(slide, viewport, 1));
  QCOMPARE(plan.needed, visible.size());
  double lastDistance = 0;
  for (size_t i = 0; i < plan.want.size(); ++i) {
    const TileKey key = plan.want[i];
    const bool isVisible = i < visible.size();
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

void TilePlanTest::theRingLiesAheadOfAMovingView() {
  const Slide slide = testing::pyramid({20000, 16000}, 2, 6);
  const Viewport viewport = view(10000, 8000, 2, 0.3);
  const std::set<TileKey> shown = asSet(visibleTiles(slide, viewport, 1));
  const Residency residency{[&](TileKey key) { return key.level == 5 || shown.contains(key); }};
  const std::vector<TileKey> standing = planTiles(slide, viewport, residency).want;
  for (const Point way : {Point{1, 0}, Point{-3, 0}, Point{0, 500}, Point{0.1, -0.1}}) {
    const std::vector<TileKey> ahead = planTiles(slide, viewport, residency, {{}, way}).want;
    QVERIFY(ahead.size() > standing.size() / 3 && ahead.size() < standing.size() * 2 / 3);
    for (const TileKey key : ahead) {
      const Rect area = tileArea(slide, key);
      QVERIFY((area.x + area.width / 2 - 10000) * way.x + (area.y + area.height / 2 - 8000) * way.y > 0);
    }
  }
}

void TilePlanTest::aFadingTileHidesNothing() {
  const Slide slide = testing::pyramid({20000, 16000}, 4, 4);
  const Viewport viewport = view(10000, 8000, 1);
  const TileKey fading = visibleTiles(slide, viewport, 0)[7];
  const auto isFading = [&](TileKey key) { return key == fading; };
  const TilePlan plan = planTiles(slide, viewport, {kEverything, isFading});
  QVERIFY(plan.sharp && !plan.blank && plan.want.empty());
  QCOMPARE(plan.draw.size(), visibleTiles(slide, viewport, 0).size() + 1);
  const Point middle{tileArea(slide, fading).x + 128, tileArea(slide, fading).y + 128};
  QCOMPARE(plan.draw.front().level, 1);
  QVERIFY(tileArea(slide, plan.draw.front()).contains(middle));
  // What fades over nothing is not blank: it is on its way.
  QVERIFY(!planTiles(slide, viewport, {[](TileKey key) { return key.level == 0; }, isFading}).blank);
}

// A slow second opinion: for a grid of places, the finest resident level there is drawn, and nothing is drawn
// of which no place is the finest.
void TilePlanTest::drawsWhatIsFinestAtEachPlaceAndNoMore() {
  std::mt19937 random(11);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  for (const double factor : {2.0, 4.0, 3.001}) {
    const Slide slide = testing::pyramid({20003, 16001}, factor, 4);
    std::vector<Point> sides;
    for (int level = 0; level < 4; ++level)
      sides.push_back({tileArea(slide, {level, 0, 0}).width, tileArea(slide, {level, 0, 0}).height});
    for (int i = 0; i < 6; ++i) {
      const Viewport viewport =
          view(uniform(4000, 16000), uniform(4000, 12000), uniform(1, 4), uniform(-3, 3));
      const unsigned salt = random();
      const auto isResident = [&](TileKey key) {
        return (std::hash<TileKey>()(key) ^ salt) * 2654435761u % 100 < 60;
      };
      const TilePlan plan = planTiles(slide, viewport, {isResident});
      const std::set<TileKey> drawn = asSet(plan.draw);
      QCOMPARE(drawn.size(), plan.draw.size());
      std::set<TileKey> unseen = drawn;
      bool isBlank = false;
      for (double y = 0.5; y < viewport.height; y += 5)
        for (double x = 0.5; x < viewport.width; x += 5) {
          const Point p = viewport.toSlide({x, y});
          bool found = false;
          for (int level = bestLevel(slide, viewport); level < 4 && !found; ++level) {
            const Point side = sides[static_cast<size_t>(level)];
            const TileKey key{level, static_cast<int>(p.x / side.x), static_cast<int>(p.y / side.y)};
            found = isResident(key);
            if (!found) continue;
            QVERIFY(drawn.contains(key));
            unseen.erase(key);
          }
          isBlank |= !found;
        }
      QCOMPARE(plan.blank, isBlank);
      QVERIFY2(unseen.size() <= 4, "more is drawn than what shows");  // corners between the places
    }
  }
}

void TilePlanTest::drawsCoarseUnderFineUntilOneLevelFills() {
  const Slide slide = testing::pyramid({20000, 16000}, 4, 4);
  const Viewport viewport = view(10000, 8000, 1);
  const TileKey hole = visibleTiles(slide, viewport, 0).front();
  const TilePlan plan = planTiles(slide, viewport, {[&](TileKey key) { return key != hole; }});
  QVERIFY(!plan.sharp);
  QVERIFY(!plan.blank);
  // Level 1 fills the hole, so 2 and 3 are not drawn, nor any of level 1 that level 0 hides.
  const Point under{tileArea(slide, hole).x + 1, tileArea(slide, hole).y + 1};
  QCOMPARE(plan.draw.size(), visibleTiles(slide, viewport, 0).size());
  QCOMPARE(plan.draw.front().level, 1);
  QVERIFY(tileArea(slide, plan.draw.front()).contains(under));
  for (size_t i = 1; i < plan.draw.size(); ++i) QCOMPARE(plan.draw[i].level, 0);
  QVERIFY(!asSet(plan.draw).contains(hole));
  QCOMPARE(plan.want, std::vector<TileKey>{hole});
}

void TilePlanTest::isBlankOnlyWhereNothingAtAllLies() {
  const Slide slide = testing::pyramid({20000, 16000}, 4, 4);
  const Viewport viewport = view(10000, 8000, 1, 0.5);
  const auto blankWith = [&](std::function<bool(TileKey)> isResident) {
    return planTiles(slide, viewport, {std::move(isResident)}).blank;
  };
  QVERIFY(blankWith(kNothing));
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

void TilePlanTest::aFullPyramidIsSharpAndWantsNothing() {
  for (const double factor : {2.0, 4.0, 16.001})
    for (const double downsample : {0.2, 1.0, 3.3, 15.0, 70.0}) {
      const TilePlan plan = planTiles(testing::pyramid({100003, 80001}, factor, 3),
                                      view(90000, 79000, downsample, 2), {kEverything});
      QVERIFY(plan.sharp && !plan.blank && plan.want.empty() && !plan.draw.empty());
    }
}

void TilePlanTest::aViewBesideTheSlideWantsNothing() {
  const Slide slide = testing::pyramid({20000, 16000}, 2, 1);
  const TilePlan plan = planTiles(slide, view(-5000, -5000, 1), {kNothing});
  QVERIFY(plan.want.empty() && plan.draw.empty() && !plan.blank);
}

void TilePlanTest::wantsAreLimited() {
  const Slide single = testing::pyramid({100000, 100000}, 2, 1);
  const TilePlan plan = planTiles(single, view(50000, 50000, 120), {kNothing});
  QCOMPARE(plan.want.size(), kMaxWantedTiles);
  const Rect first = tileArea(single, plan.want.front());
  QVERIFY(std::hypot(first.x + 128 - 50000, first.y + 128 - 50000) < 256);
}

void TilePlanTest::theCostGrowsWithWhatIsVisible() {
  const auto asked = [](int64_t side) {
    int questions = 0;
    planTiles(testing::pyramid({side, side}, 2, 9), view(15000, 15000, 1, 0.7), {[&](TileKey) {
                ++questions;
                return false;
              }});
    return questions;
  };
  QVERIFY(asked(30000) < 2000);
  QVERIFY(asked(1000000) < 2 * asked(30000));
}

void TilePlanTest::tilesOfALevelTouchWithoutGapOrOverlap() {
  for (const double factor : {2.0, 4.0, 16.001}) {
    const Slide slide = testing::pyramid({100003, 80001}, factor, 3);
    for (int level = 0; level < 3; ++level)
      for (int column = 1; column < slide.levels[static_cast<size_t>(level)].columns(); ++column)
        QVERIFY(std::abs(tileArea(slide, {level, column - 1, 0}).right() -
                         tileArea(slide, {level, column, 0}).x) < 1e-9);
  }
}

}  // namespace geneglass::tile_plan_test

GENEGLASS_TEST(geneglass::tile_plan_test::TilePlanTest)
#include "tile_plan_test.moc"
