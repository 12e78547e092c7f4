// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/view_tour.h"

#include <QtTest>

#include "tests/support/test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/tiles/tile_plan.h"

namespace geneglass::view_tour_test {

using namespace geneglass::testing;

class ViewTourTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aTourIsTheSameOnEveryRun() {
    const Slide slide = pyramid({100000, 80000}, 2, 9);
    ViewTour first(slide, {1920, 1080});
    ViewTour second(slide, {1920, 1080});
    for (int i = 0; i < 300; ++i) {
      QCOMPARE(first.pan(1.0 / 60), second.pan(1.0 / 60));
      if (i % 10 == 0) QCOMPARE(first.jump(), second.jump());
    }
  }

  void withinAnExtentSlidesOfAnySizeShowTheSameTiles() {
    const Slide small = pyramid({20000, 20000}, 2, 8);
    const Slide large = pyramid({100000, 100000}, 2, 10);
    ViewTour onSmall(small, {1920, 1080}, 16384);
    ViewTour onLarge(large, {1920, 1080}, 16384);
    for (int i = 0; i < 900; ++i) {
      const bool jumps = i % 30 == 0;
      const Viewport a = jumps ? onSmall.jump() : onSmall.pan(1.0 / 60);
      const Viewport b = jumps ? onLarge.jump() : onLarge.pan(1.0 / 60);
      QCOMPARE(a.downsample, b.downsample);
      const int level = bestLevel(small, a);
      QCOMPARE(bestLevel(large, b), level);
      if (a.visible().x > 0 && a.visible().y > 0 && a.visible().right() < 20000 &&
          a.visible().bottom() < 20000)
        QCOMPARE(visibleTiles(small, a, level).size(), visibleTiles(large, b, level).size());
    }
  }

  void anExtentKeepsTheTourInTheMiddle() {
    const Slide slide = pyramid({100000, 100000}, 2, 10);
    ViewTour tour(slide, {1920, 1080}, 20000);
    for (int i = 0; i < 3000; ++i) {
      const Point centre = i % 30 == 0 ? tour.jump().centre : tour.pan(1.0 / 60).centre;
      QVERIFY((Rect{41864, 41864, 10000, 10000}.contains(centre)));
    }
  }
};

}  // namespace geneglass::view_tour_test

GENEGLASS_TEST(geneglass::view_tour_test::ViewTourTest)
#include "view_tour_test.moc"
