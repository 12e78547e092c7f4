// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>

#include "tests/support/test_program.h"

namespace geneglass::shape_test {

class ShapeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPointInAHoleIsNotHeld();
  void anEllipsesRingIsNowhereFurtherThanTheTolerance();
  void aTurnedEllipsesBoundsTouchIt();
  void onlyFourUprightCornersAreARectangle();
  void aRectanglesCornerMovesItsNeighboursAndStaysARectangle();
  void anEllipsesHandleChangesOneRadius();
  void linesAndPlacesHoldNothing();
  void theDistanceToARingCountsItsClosingEdgeAndThatToAPathDoesNot();
  void anEmptyShapeHasAnEmptyBoxAndIsInfinitelyFar();
  void everyHandleCanBeTakenAndPutBack();
};

const Area kWithHole{{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{4, 4}, {6, 4}, {6, 6}, {4, 6}}}}}};

void ShapeTest::aPointInAHoleIsNotHeld() {
  QVERIFY(holds(kWithHole, {2, 2}));
  QVERIFY(!holds(kWithHole, {5, 5}));
  QVERIFY(!holds(kWithHole, {12, 5}));
}

void ShapeTest::anEllipsesRingIsNowhereFurtherThanTheTolerance() {
  const Ellipse ellipse{{1000, 2000}, 300, 300, 0.3};
  for (const double tolerance : {5.0, 0.5, 0.05}) {
    const auto ring = outlinesOf(ellipse, tolerance).front().points;
    double furthest = 0;
    for (size_t i = 0; i < ring.size(); ++i) {
      const Point a = ring[i], b = ring[(i + 1) % ring.size()];
      furthest = std::max(furthest, 300 - std::hypot((a.x + b.x) / 2 - 1000, (a.y + b.y) / 2 - 2000));
    }
    QVERIFY2(furthest <= tolerance * 1.0001, qPrintable(QString::number(furthest)));
  }
}

void ShapeTest::aTurnedEllipsesBoundsTouchIt() {
  const Ellipse ellipse{{50, 60}, 40, 10, 0.7};
  const Rect box = boundsOf(ellipse);
  double left = 1e9, bottom = -1e9;
  const auto outlines = outlinesOf(ellipse, 1e-4);
  for (const Point p : outlines.front().points) {
    left = std::min(left, p.x);
    bottom = std::max(bottom, p.y);
  }
  QVERIFY(std::abs(left - box.x) < 1e-2 && std::abs(bottom - box.bottom()) < 1e-2);
}

void ShapeTest::onlyFourUprightCornersAreARectangle() {
  QCOMPARE(uprightRectangle(rectangleArea({1, 2, 30, 40})), std::optional(Rect{1, 2, 30, 40}));
  QVERIFY(!uprightRectangle(kWithHole));
  QVERIFY(!uprightRectangle(Area{{{{{0, 0}, {10, 1}, {10, 10}, {0, 10}}, {}}}}));
  QVERIFY(!uprightRectangle(Area{{{{{0, 0}, {10, 0}, {10, 10}}, {}}}}));
  QVERIFY(!uprightRectangle(Area{}));
}

void ShapeTest::aRectanglesCornerMovesItsNeighboursAndStaysARectangle() {
  for (size_t corner = 0; corner < 4; ++corner) {
    const Point across = handlesOf(rectangleArea({10, 20, 30, 40}))[(corner + 2) % 4];
    const Shape moved = withHandle(rectangleArea({10, 20, 30, 40}), corner, {100, 200});
    const auto box = uprightRectangle(std::get<Area>(moved));
    QVERIFY(box);
    QCOMPARE(*box, (Rect{across.x, across.y, 100 - across.x, 200 - across.y}));
  }
}

void ShapeTest::anEllipsesHandleChangesOneRadius() {
  const Ellipse ellipse{{0, 0}, 20, 10, std::numbers::pi / 2};
  const auto longer = std::get<Ellipse>(withHandle(ellipse, 0, {0, 50}));
  QVERIFY(std::abs(longer.radiusX - 50) < 1e-9);
  QCOMPARE(longer.radiusY, 10.0);
}

void ShapeTest::linesAndPlacesHoldNothing() {
  QVERIFY(!holds(Path{{{0, 0}, {10, 0}, {10, 10}, {0, 0}}}, {8, 4}));
  QVERIFY(!holds(Places{{{5, 5}}}, {5, 5}));
  QVERIFY(!holds(Ellipse{{5, 5}, 0, 0, 0}, {5, 5}));
}

void ShapeTest::theDistanceToARingCountsItsClosingEdgeAndThatToAPathDoesNot() {
  const std::vector<Point> corners{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  QCOMPARE(distanceTo(Area{{{corners, {}}}}, {1, 5}), 1.0);
  QCOMPARE(distanceTo(Path{corners}, {1, 5}), 5.0);
}

void ShapeTest::anEmptyShapeHasAnEmptyBoxAndIsInfinitelyFar() {
  for (const Shape& shape : {Shape(Area{}), Shape(Path{}), Shape(Places{}), Shape(Area{{{}}})}) {
    QCOMPARE(boundsOf(shape), Rect{});
    QCOMPARE(distanceTo(shape, {3, 4}), std::numeric_limits<double>::infinity());
    QVERIFY(!holds(shape, {0, 0}));
  }
}

void ShapeTest::everyHandleCanBeTakenAndPutBack() {
  const std::vector<Shape> shapes{kWithHole, Path{{{0, 0}, {5, 5}, {9, 1}}}, Angle{{0, 0}, {5, 5}, {9, 0}},
                                  Places{{{1, 2}, {3, 4}}}};
  for (const Shape& shape : shapes) {
    const auto handles = handlesOf(shape);
    for (size_t i = 0; i < handles.size(); ++i) {
      const Shape away = withHandle(shape, i, {77, 88});
      QCOMPARE(handlesOf(away)[i], (Point{77, 88}));
      QVERIFY(withHandle(away, i, handles[i]) == shape);
    }
  }
}

}  // namespace geneglass::shape_test

GENEGLASS_TEST(geneglass::shape_test::ShapeTest)
#include "shape_test.moc"
