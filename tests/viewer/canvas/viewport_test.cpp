// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/hand/canvas_keys.h"
#include "viewer/canvas/hand/canvas_motion.h"
#include "viewer/canvas/scale_bar.h"
#include "viewer/canvas/viewport.h"

namespace geneglass::viewport_test {
namespace {

constexpr double kHalfTurn = std::numbers::pi;

bool isNear(Point a, Point b, double within) {
  return std::hypot(a.x - b.x, a.y - b.y) <= within;
}

// Views anywhere on a slide of 100,000 pixels a side, any magnification and rotation, every other one
// mirrored.
std::vector<Viewport> randomViews() {
  std::mt19937 random(7);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  std::vector<Viewport> views;
  for (int i = 0; i < 500; ++i)
    views.push_back({{uniform(0, 1e5), uniform(0, 1e5)},
                     std::exp2(uniform(-4, 9)),
                     uniform(-4, 4),
                     1920,
                     1080,
                     i % 2 == 1});
  return views;
}

}  // namespace

class ViewportTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void placesAreWhereTheyShouldBe_data();
  void placesAreWhereTheyShouldBe();
  void screenToSlideIsTheInverse();
  void magnifyingAndRotatingKeepThePlaceUnderTheHand();
  void panningFollowsTheHand();
  void aMirrorExchangesLeftAndRightAndTwiceIsNothing();
  void aMirroredViewTurnsWithTheHand();
  void magnifyingBackGivesTheSameView();
  void visibleHoldsEveryCornerAndNoMore();
  void fittingShowsTheWholeAreaWithASmallMargin();
  void fittingAroundACornerHidesNothingThere_data();
  void fittingAroundACornerHidesNothingThere();
  void limitsKeepTheSlideInSight();
  void magnificationIsTenAtOneMicrometre();
  void keysLeadWhereTheyPromise_data();
  void keysLeadWhereTheyPromise();
  void aGlideSlowsDownAndEnds();
  void aNotchMagnifiesByTheRootOfTwo();
  void theDestinationIsWhereTheMotionEnds_data();
  void theDestinationIsWhereTheMotionEnds();
  void scaleBarIsRoundAndFits_data();
  void scaleBarIsRoundAndFits();
};

void ViewportTest::placesAreWhereTheyShouldBe_data() {
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("rotation");
  QTest::addColumn<QPointF>("slide");
  QTest::addColumn<QPointF>("screen");
  QTest::newRow("the centre is in the middle") << 2.0 << 1.0 << QPointF(1000, 500) << QPointF(400, 300);
  QTest::newRow("right of it, two to one") << 2.0 << 0.0 << QPointF(1100, 500) << QPointF(450, 300);
  QTest::newRow("below it, two to one") << 2.0 << 0.0 << QPointF(1000, 600) << QPointF(400, 350);
  QTest::newRow("sixteen screen pixels a pixel") << 0.0625 << 0.0 << QPointF(1001, 500) << QPointF(416, 300);
  QTest::newRow("turned clockwise, right is below")
      << 1.0 << kHalfTurn / 2 << QPointF(1010, 500) << QPointF(400, 310);
  QTest::newRow("turned clockwise, below is left")
      << 1.0 << kHalfTurn / 2 << QPointF(1000, 510) << QPointF(390, 300);
  QTest::newRow("upside down") << 4.0 << kHalfTurn << QPointF(1040, 520) << QPointF(390, 295);
}

void ViewportTest::placesAreWhereTheyShouldBe() {
  QFETCH(double, downsample);
  QFETCH(double, rotation);
  QFETCH(QPointF, slide);
  QFETCH(QPointF, screen);
  const Viewport view{{1000, 500}, downsample, rotation, 800, 600};
  QVERIFY(isNear(view.toScreen({slide.x(), slide.y()}), {screen.x(), screen.y()}, 1e-9));
  QVERIFY(isNear(view.toSlide({screen.x(), screen.y()}), {slide.x(), slide.y()}, 1e-9));
}

void ViewportTest::screenToSlideIsTheInverse() {
  for (const Viewport& view : randomViews())
    for (const Point screen : {Point{0, 0}, Point{1920, 1080}, Point{13.5, 999.25}})
      QVERIFY(isNear(view.toScreen(view.toSlide(screen)), screen, 1e-6));
}

void ViewportTest::magnifyingAndRotatingKeepThePlaceUnderTheHand() {
  const Point hand{1234, 56};
  for (const Viewport& view : randomViews()) {
    const Point held = view.toSlide(hand);
    QVERIFY(isNear(view.magnifiedAbout(hand, 1.7).toScreen(held), hand, 1e-6));
    QVERIFY(isNear(view.magnifiedAbout(hand, 0.2).toScreen(held), hand, 1e-6));
    QVERIFY(isNear(view.rotatedAbout(hand, 2.5).toScreen(held), hand, 1e-6));
  }
}

void ViewportTest::panningFollowsTheHand() {
  for (const Viewport& view : randomViews()) {
    const Point held = view.toSlide({100, 200});
    QVERIFY(isNear(view.pannedBy({30, -40}).toScreen(held), {130, 160}, 1e-6));
  }
}

void ViewportTest::magnifyingBackGivesTheSameView() {
  const Point hand{300, 900};
  for (const Viewport& view : randomViews()) {
    const Viewport back = view.magnifiedAbout(hand, 3).magnifiedAbout(hand, 1.0 / 3);
    QVERIFY(isNear(back.centre, view.centre, 1e-6));
    QVERIFY(std::abs(back.downsample / view.downsample - 1) < 1e-12);
  }
}

void ViewportTest::visibleHoldsEveryCornerAndNoMore() {
  for (const Viewport& view : randomViews()) {
    const Rect box = view.visible();
    Point low{1e300, 1e300};
    Point high{-1e300, -1e300};
    for (const Point screen : {Point{0, 0}, Point{1920, 0}, Point{0, 1080}, Point{1920, 1080}}) {
      const Point corner = view.toSlide(screen);
      low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
      high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
    }
    const double within = 1e-6 * view.downsample + 1e-6;
    QVERIFY(isNear({box.x, box.y}, low, within));
    QVERIFY(isNear({box.right(), box.bottom()}, high, within));
  }
}

void ViewportTest::fittingShowsTheWholeAreaWithASmallMargin() {
  const Rect area{100, 200, 4000, 1000};
  const Viewport view = fit(area, 800, 600);
  const Point corner = view.toScreen({100, 200});
  QVERIFY(corner.x > 0 && corner.x < 40 && corner.y > 0);
  QVERIFY(isNear(view.toScreen({2100, 700}), {400, 300}, 1e-9));
  QCOMPARE(view.rotation, 0.0);
}

void ViewportTest::fittingAroundACornerHidesNothingThere_data() {
  QTest::addColumn<Rect>("area");
  QTest::addColumn<Point>("corner");
  QTest::addColumn<bool>("isAside");
  QTest::newRow("above a flat plate") << Rect{0, 0, 4000, 4000} << Point{400, 520} << true;
  QTest::newRow("left of a high plate") << Rect{0, 0, 4000, 4000} << Point{640, 100} << true;
  QTest::newRow("it meets nothing") << Rect{0, 0, 8000, 1000} << Point{400, 520} << false;
  QTest::newRow("nothing would be left") << Rect{0, 0, 4000, 4000} << Point{100, 100} << false;
}

void ViewportTest::fittingAroundACornerHidesNothingThere() {
  QFETCH(Rect, area);
  QFETCH(Point, corner);
  QFETCH(bool, isAside);
  const Viewport view = fitAround(area, 800, 600, corner), whole = fit(area, 800, 600);
  QCOMPARE(view.width, 800.0);
  QCOMPARE(view.height, 600.0);
  QCOMPARE(view != whole, isAside);
  if (!isAside) return;
  QVERIFY(view.downsample < 2 * whole.downsample);
  const Point begin = view.toScreen({area.x, area.y}), end = view.toScreen({area.right(), area.bottom()});
  QVERIFY(begin.x > 0 && begin.y > 0 && end.x < 800 && end.y < 600);
  QVERIFY(end.x < corner.x || end.y < corner.y);
}

void ViewportTest::limitsKeepTheSlideInSight() {
  const Slide slide = testing::pyramid({10000, 4000}, 2, 5);
  const double fitted = fit(slide.bounds, 1000, 800).downsample;
  const auto limited = [&](Point centre, double downsample) {
    return Viewport{centre, downsample, 0.3, 1000, 800}.limitedTo(slide);
  };
  QCOMPARE(limited({-5, 9000}, 1).centre, (Point{0, 4000}));
  QCOMPARE(limited({50, 60}, 1e-6).downsample, 1.0 / 16);
  QCOMPARE(limited({50, 60}, 1e6).downsample, 2 * fitted);
  QCOMPARE(limited({50, 60}, 3), (Viewport{{50, 60}, 3, 0.3, 1000, 800}));
}

void ViewportTest::magnificationIsTenAtOneMicrometre() {
  QCOMPARE(magnificationOf(1, 1.0), 10.0);
  QCOMPARE(magnificationOf(1, 0.5), 20.0);
  QCOMPARE(magnificationOf(4, 0.25), 10.0);
  QCOMPARE(magnificationOf(downsampleFor(1.25, 0.499), 0.499), 1.25);
}

void ViewportTest::aMirrorExchangesLeftAndRightAndTwiceIsNothing() {
  const Point place{1234, 56};
  for (const Viewport& view : randomViews()) {
    QCOMPARE(view.mirrored().mirrored(), view);
    const Point before = view.toScreen(view.toSlide(place)),
                after = view.mirrored().toScreen(view.toSlide(place));
    QVERIFY(isNear(after, {view.width - before.x, before.y}, 1e-5));
    QCOMPARE(view.mirrored().visible(), view.visible());
  }
}

/// What is right of the middle goes below it, mirrored or not.
void ViewportTest::aMirroredViewTurnsWithTheHand() {
  for (const Viewport& view : randomViews()) {
    const Point middle{view.width / 2, view.height / 2};
    const Point right = view.toSlide({middle.x + 100, middle.y});
    QVERIFY(
        isNear(view.rotatedAbout(middle, kHalfTurn / 2).toScreen(right), {middle.x, middle.y + 100}, 1e-5));
  }
}

void ViewportTest::keysLeadWhereTheyPromise_data() {
  QTest::addColumn<int>("key");
  QTest::addColumn<bool>("shift");
  QTest::addColumn<QPointF>("centre");
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("rotation");
  const QPointF here(5000, 2000);
  QTest::newRow("left") << int(Qt::Key_Left) << false << QPointF(4800, 2000) << 2.0 << 0.0;
  QTest::newRow("down") << int(Qt::Key_Down) << false << QPointF(5000, 2150) << 2.0 << 0.0;
  QTest::newRow("shift right") << int(Qt::Key_Right) << true << QPointF(5800, 2000) << 2.0 << 0.0;
  QTest::newRow("plus") << int(Qt::Key_Plus) << false << here << 1.0 << 0.0;
  QTest::newRow("minus") << int(Qt::Key_Minus) << false << here << 4.0 << 0.0;
  QTest::newRow("1 is 1.25x") << int(Qt::Key_1) << false << here << 16.0 << 0.0;
  QTest::newRow("4 is 10x") << int(Qt::Key_4) << false << here << 2.0 << 0.0;
  QTest::newRow("6 is 40x") << int(Qt::Key_6) << false << here << 0.5 << 0.0;
  QTest::newRow("R") << int(Qt::Key_R) << false << here << 2.0 << kHalfTurn / 2;
  QTest::newRow("shift R") << int(Qt::Key_R) << true << here << 2.0 << kHalfTurn / 12;
}

void ViewportTest::keysLeadWhereTheyPromise() {
  QFETCH(int, key);
  QFETCH(bool, shift);
  QFETCH(QPointF, centre);
  QFETCH(double, downsample);
  QFETCH(double, rotation);
  Slide slide = testing::pyramid({10000, 4000}, 2, 5);
  slide.mpp = Mpp{0.5, 0.5};
  const Viewport view{{5000, 2000}, 2, 0, 800, 600};
  const auto after = viewportAfterKey(view, slide, key, shift ? Qt::ShiftModifier : Qt::NoModifier);
  QVERIFY(after);
  QVERIFY(isNear(after->centre, {centre.x(), centre.y()}, 1e-9));
  QCOMPARE(after->downsample, downsample);
  QCOMPARE(after->rotation, rotation);
  QCOMPARE(viewportAfterKey(view, slide, Qt::Key_F, Qt::ShiftModifier), view.mirrored());
  QCOMPARE(viewportAfterKey(view.mirrored(), slide, Qt::Key_0, Qt::NoModifier), view);
  QVERIFY(!viewportAfterKey(view, slide, Qt::Key_7, Qt::NoModifier));
  QVERIFY(!viewportAfterKey(view, slide, Qt::Key_Escape, Qt::NoModifier));
}

void ViewportTest::aGlideSlowsDownAndEnds() {
  CanvasMotion motion;
  motion.press();
  for (int i = 0; i < 6; ++i) motion.drag({10, 0}, i * 0.01);
  motion.release(0.05);
  QVERIFY(motion.isMoving());
  Viewport view{{0, 0}, 1, 0, 800, 600};
  double lastStep = 1e9;
  int frames = 0;
  for (; motion.isMoving() && frames < 1000; ++frames) {
    const Viewport next = motion.advanced(view, 0.016);
    const double step = view.centre.x - next.centre.x;
    QVERIFY(step >= 0 && step <= lastStep);
    lastStep = step;
    view = next;
  }
  QVERIFY(frames > 20 && frames < 200);
  // 1000 pixels a second over 0.3 s.
  QVERIFY(std::abs(-view.centre.x - 300) < 15);

  motion.drag({10, 0}, 1.0);
  motion.drag({10, 0}, 1.01);
  motion.release(1.5);  // the hand had stopped before it let go
  QVERIFY(!motion.isMoving());
}

void ViewportTest::aNotchMagnifiesByTheRootOfTwo() {
  CanvasMotion motion;
  const Point hand{700, 50};
  Viewport view{{4000, 3000}, 8, 0.4, 800, 600};
  const Point held = view.toSlide(hand);
  motion.magnify(2, hand);
  for (int i = 0; i < 1000 && motion.isMoving(); ++i) view = motion.advanced(view, 0.016);
  QVERIFY(!motion.isMoving());
  QVERIFY(std::abs(view.downsample - 4) < 1e-9);
  QVERIFY(isNear(view.toScreen(held), hand, 1e-6));
}

void ViewportTest::theDestinationIsWhereTheMotionEnds_data() {
  QTest::addColumn<int>("dragged");  // screen pixels in each of 6 steps of 10 ms
  QTest::addColumn<double>("notches");
  QTest::addColumn<double>("within");  // screen pixels
  QTest::newRow("at rest") << 0 << 0.0 << 1e-9;
  QTest::newRow("a glide") << 10 << 0.0 << 1.0;
  QTest::newRow("a quick glide") << -40 << 0.0 << 1.0;
  QTest::newRow("a notch nearer") << 0 << 1.0 << 1e-6;
  QTest::newRow("five notches away") << 0 << -5.0 << 1e-6;
  QTest::newRow("both") << 10 << 2.0 << 60.0;
}

void ViewportTest::theDestinationIsWhereTheMotionEnds() {
  QFETCH(int, dragged);
  QFETCH(double, notches);
  QFETCH(double, within);
  CanvasMotion motion;
  motion.press();
  for (int i = 0; i < 6; ++i) motion.drag({static_cast<double>(dragged), 0}, i * 0.01);
  motion.release(0.05);
  if (notches != 0) motion.magnify(notches, {700, 50});
  Viewport view{{4000, 3000}, 8, 0.4, 800, 600};
  const Viewport told = motion.destination(view);
  for (int i = 0; i < 2000 && motion.isMoving(); ++i) view = motion.advanced(view, 0.004);
  QVERIFY(!motion.isMoving());
  QVERIFY(std::abs(told.downsample / view.downsample - 1) < 1e-9);
  QVERIFY(isNear(view.toScreen(told.centre), {400, 300}, within));
  QCOMPARE(motion.destination(view), view);
}

void ViewportTest::scaleBarIsRoundAndFits_data() {
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("mpp");
  QTest::addColumn<QString>("label");
  QTest::addColumn<double>("pixels");
  QTest::newRow("20x") << 1.0 << 0.5 << QStringLiteral("100 µm") << 200.0;
  QTest::newRow("40x") << 0.5 << 0.5 << QStringLiteral("50 µm") << 200.0;
  QTest::newRow("a hair below") << 1.0 << 0.499 << QStringLiteral("50 µm") << 100.2004;
  QTest::newRow("whole slide") << 40.0 << 0.5 << QStringLiteral("2 mm") << 100.0;
  QTest::newRow("far away") << 400.0 << 0.5 << QStringLiteral("2 cm") << 100.0;
  QTest::newRow("single pixels") << 0.0625 << 0.1 << QStringLiteral("1 µm") << 160.0;
}

void ViewportTest::scaleBarIsRoundAndFits() {
  QFETCH(double, downsample);
  QFETCH(double, mpp);
  QFETCH(QString, label);
  QFETCH(double, pixels);
  const ScaleBar bar = scaleBarFor({{}, downsample, 0, 1000, 600}, mpp);
  QCOMPARE(bar.label, label);
  QVERIFY(std::abs(bar.screenPixels - pixels) < 1e-3);
  for (double width = 300; width < 4000; width *= 1.01) {
    const ScaleBar any = scaleBarFor({{}, downsample, 0, width, 600}, mpp);
    QVERIFY(any.screenPixels <= width / 5 * (1 + 1e-9) && any.screenPixels > width / 12.6);
  }
}

}  // namespace geneglass::viewport_test

GENEGLASS_TEST(geneglass::viewport_test::ViewportTest)
#include "viewport_test.moc"
