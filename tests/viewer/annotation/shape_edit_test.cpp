// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape_edit.h"

#include <QTest>

#include "tests/support/test_program.h"

namespace geneglass::shape_edit_test {

class ShapeEditTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theNearestHandleWithinReachIsTaken();
  void aNewCornerLiesOnTheNearestEdgeAlsoOnTheClosingOne();
  void farFromEveryEdgeThereIsNoNewCorner();
  void anAreaKeepsThreeCornersAPathTwoACounterOne();
  void aHoleThatLosesItsThirdCornerIsClosed();
  void aCornerSnapsToAnotherAnnotationsCornerButNotToItsOwn();
};

const Ring kSquare{{0, 0}, {100, 0}, {100, 100}, {0, 100}};

void ShapeEditTest::theNearestHandleWithinReachIsTaken() {
  const Shape shape = Area{{{kSquare, {}}}};
  QCOMPARE(handleAt(shape, {98, 3}, 5), std::optional<size_t>(1));
  QVERIFY(!handleAt(shape, {90, 10}, 5));
  QVERIFY(!handleAt(Path{}, {0, 0}, 5));
}

void ShapeEditTest::aNewCornerLiesOnTheNearestEdgeAlsoOnTheClosingOne() {
  const auto shape = withNewCorner(Area{{{kSquare, {}}}}, {1, 50}, 2);
  QVERIFY(shape);
  QCOMPARE(std::get<Area>(*shape).parts[0].outer, (Ring{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {1, 50}}));
  const auto path = withNewCorner(Path{{{0, 0}, {100, 0}}}, {40, 1}, 2);
  QVERIFY(path);
  QCOMPARE(std::get<Path>(*path).points, (std::vector<Point>{{0, 0}, {40, 1}, {100, 0}}));
}

void ShapeEditTest::farFromEveryEdgeThereIsNoNewCorner() {
  QVERIFY(!withNewCorner(Area{{{kSquare, {}}}}, {50, 50}, 2));
  QVERIFY(!withNewCorner(Ellipse{{0, 0}, 10, 10, 0}, {10, 0}, 2));
  QVERIFY(!withNewCorner(Places{{{0, 0}}}, {0, 0}, 2));
  QVERIFY(!withNewCorner(Area{}, {0, 0}, 2));
}

void ShapeEditTest::anAreaKeepsThreeCornersAPathTwoACounterOne() {
  const auto triangle = withoutCorner(Area{{{kSquare, {}}}}, 0);
  QVERIFY(triangle);
  QVERIFY(!withoutCorner(*triangle, 0));
  QVERIFY(!withoutCorner(Path{{{0, 0}, {1, 1}}}, 0));
  QVERIFY(!withoutCorner(Places{{{0, 0}}}, 0));
  QVERIFY(!withoutCorner(Places{{{0, 0}, {1, 1}}}, 2));
}

void ShapeEditTest::aHoleThatLosesItsThirdCornerIsClosed() {
  const Area area{{{kSquare, {{{10, 10}, {20, 10}, {20, 20}}}}}};
  const auto without = withoutCorner(area, 5);
  QVERIFY(without);
  QVERIFY(*without == Shape(Area{{{kSquare, {}}}}));
}

void ShapeEditTest::aCornerSnapsToAnotherAnnotationsCornerButNotToItsOwn() {
  Annotation own{"own", Area{{{kSquare, {}}}}, {}, {}, {}, {}, false};
  Annotation other{"other", Area{{{{{110, 0}, {200, 0}, {200, 90}}, {}}}}, {}, {}, {}, {}, false};
  const AnnotationSet set({}, {own, other});
  QCOMPARE(snapped(set, own, {106, 1}, 8), (Point{110, 0}));
  QCOMPARE(snapped(set, own, {2, 2}, 8), (Point{2, 2}));
  QCOMPARE(snapped(set, other, {2, 2}, 8), (Point{0, 0}));
}

}  // namespace geneglass::shape_edit_test

GENEGLASS_TEST(geneglass::shape_edit_test::ShapeEditTest)
#include "shape_edit_test.moc"
