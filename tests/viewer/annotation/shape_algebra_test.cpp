// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape_algebra.h"

#include <QTest>
#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/test_program.h"

namespace geneglass::shape_algebra_test {

Area square(double x, double y, double side) {
  return rectangleArea({x, y, side, side});
}

Area withHole(Area area, const Ring& hole) {
  area.parts.front().holes.push_back(hole);
  return area;
}

struct Edge {
  Point a, b;
  size_t ring;
};

/// Above 0 where c lies clockwise of the way from a to b; exact for the steps of 1/1024 used here.
double side(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool isWithinEdge(Point p, const Edge& e) {
  return side(e.a, e.b, p) == 0 && p != e.a && p != e.b && std::min(e.a.x, e.b.x) <= p.x &&
         p.x <= std::max(e.a.x, e.b.x) && std::min(e.a.y, e.b.y) <= p.y && p.y <= std::max(e.a.y, e.b.y);
}

std::string clashOf(const Edge& e, const Edge& f) {
  const double a = side(e.a, e.b, f.a), b = side(e.a, e.b, f.b), c = side(f.a, f.b, e.a),
               d = side(f.a, f.b, e.b);
  if (a * b < 0 && c * d < 0) return "two edges cross";
  const bool touches =
      isWithinEdge(e.a, f) || isWithinEdge(e.b, f) || isWithinEdge(f.a, e) || isWithinEdge(f.b, e);
  if (a == 0 && b == 0 && (touches || (e.a == f.b && e.b == f.a) || (e.a == f.a && e.b == f.b)))
    return "two edges lie on each other";
  if (e.ring == f.ring && (touches || e.a == f.a)) return "a ring touches itself";
  return "";
}

/// Why a strict reader would refuse it, by trying each pair of edges; empty where it would not.
std::string whyRefused(const Area& area) {
  std::vector<Edge> edges;
  size_t ring = 0;
  const auto put = [&](const Ring& points, double turn) {
    double twice = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      edges.push_back({points[i], points[(i + 1) % points.size()], ring});
      twice += side({0, 0}, edges.back().a, edges.back().b);
    }
    ++ring;
    return points.size() >= 3 && twice * turn > 0;
  };
  for (const Polygon& part : area.parts) {
    if (!put(part.outer, 1)) return "an outer ring is turned the wrong way";
    for (const Ring& hole : part.holes) {
      if (!put(hole, -1)) return "a hole is turned the wrong way";
      for (const Point& p : hole)
        if (!holds(Area{{{part.outer, {}}}}, p) && distanceTo(Area{{{part.outer, {}}}}, p) > 1e-6)
          return "a hole lies outside";
    }
  }
  for (size_t i = 0; i < edges.size(); ++i)
    for (size_t j = i + 1; j < edges.size(); ++j)
      if (const std::string clash = clashOf(edges[i], edges[j]); !clash.empty()) return clash;
  return "";
}

class ShapeAlgebraTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void unionDifferenceAndIntersectionOfTwoSquares() {
    const Area a = square(0, 0, 10), b = square(5, 5, 10);
    QCOMPARE(squarePixels(united(a, b)), 175.0);
    QCOMPARE(squarePixels(without(a, b)), 75.0);
    QCOMPARE(squarePixels(common(a, b)), 25.0);
    QCOMPARE(united(a, b).parts.size(), size_t(1));
    QVERIFY(common(a, square(100, 0, 1)).parts.empty());
    QVERIFY(without(a, square(-1, -1, 20)).parts.empty());
  }

  void squaresThatOnlyTouchStayWholeAndValid() {
    const Area edge = united(square(0, 0, 10), square(10, 0, 10));
    QCOMPARE(edge.parts.size(), size_t(1));
    QCOMPARE(squarePixels(edge), 200.0);
    const Area corner = united(square(0, 0, 10), square(10, 10, 10));
    QCOMPARE(corner.parts.size(), size_t(2));
    QCOMPARE(whyRefused(corner), std::string());
  }

  void anEraserInTheMiddleLeavesAHole() {
    const Area ring = without(square(0, 0, 10), square(3, 3, 4));
    QCOMPARE(ring.parts.size(), size_t(1));
    QCOMPARE(ring.parts.front().holes.size(), size_t(1));
    QCOMPARE(squarePixels(ring), 84.0);
    QCOMPARE(squarePixels(united(ring, square(3, 3, 4))), 100.0);
  }

  void anIslandInAHoleIsAPartOfItsOwn() {
    const Area island = united(without(square(0, 0, 30), square(5, 5, 20)), square(10, 10, 10));
    QCOMPARE(island.parts.size(), size_t(2));
    QCOMPARE(squarePixels(island), 900.0 - 400 + 100);
  }

  void aBowTieBecomesTwoTriangles() {
    const Area bow = mended({{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}});
    QCOMPARE(bow.parts.size(), size_t(2));
    QCOMPARE(squarePixels(bow), 50.0);
    QCOMPARE(whyRefused(bow), std::string());
  }

  void aStarLosesItsMiddleByEvenOdd() {
    Ring star;
    for (int i = 0; i < 5; ++i) {
      const double angle = 4 * std::numbers::pi * i / 5;
      star.push_back({100 * std::cos(angle), 100 * std::sin(angle)});
    }
    const Area area = mended({{{star, {}}}});
    QCOMPARE(whyRefused(area), std::string());
    QVERIFY(!holds(area, {0, 0}));
    QVERIFY(holds(area, {80, 0}));
  }

  void aHoleThatReachesOutAndOneWithinAnotherAreMended() {
    const Ring across{{5, 5}, {15, 5}, {15, 8}, {5, 8}};
    const Area reaching = mended(withHole(square(0, 0, 10), across));
    QCOMPARE(squarePixels(reaching), 85.0);
    QCOMPARE(whyRefused(reaching), std::string());
    const Area nested = mended(
        withHole(withHole(square(0, 0, 10), square(2, 2, 6).parts[0].outer), square(4, 4, 2).parts[0].outer));
    QCOMPARE(squarePixels(nested), 64.0);
    QCOMPARE(whyRefused(nested), std::string());
  }

  void partsThatOverlapCountOnce() {
    Area two = square(0, 0, 10);
    two.parts.push_back(square(5, 0, 10).parts.front());
    QCOMPARE(squarePixels(two), 150.0);
    QCOMPARE(mended(two).parts.size(), size_t(1));
  }

  void whatIsSimpleKeepsItsPointsToTheBit() {
    const Area area{{{{{0.1, 0.2}, {10.3, 0.7}, {9.9, 11.123456789}}, {}}}};
    QCOMPARE(mended(area), area);
    const Area closed{{{{{0.1, 0.2}, {10.3, 0.7}, {10.3, 0.7}, {9.9, 11.123456789}, {0.1, 0.2}}, {}}}};
    QCOMPARE(mended(closed), area);
  }

  void ringsAreTurnedAsStrictReadersWantThem() {
    Area area = square(0, 0, 10);
    std::reverse(area.parts[0].outer.begin(), area.parts[0].outer.end());
    area.parts[0].holes.push_back(square(2, 2, 2).parts[0].outer);
    const Area turned = mended(area);
    QCOMPARE(whyRefused(turned), std::string());
    QCOMPARE(squarePixels(turned), 96.0);
  }

  void whatHasNoExtentVanishes() {
    QVERIFY(mended({}).parts.empty());
    QVERIFY(mended({{{{}, {}}}}).parts.empty());
    QVERIFY(mended({{{{{0, 0}, {1, 1}}, {}}}}).parts.empty());
    QVERIFY(mended({{{{{0, 0}, {5, 5}, {9, 9}}, {}}}}).parts.empty());
    QVERIFY(mended({{{{{3, 3}, {3, 3}, {3, 3}, {3, 3}}, {}}}}).parts.empty());
  }

  void aSpikeIsCutOff() {
    const Area spiked{{{{{0, 0}, {10, 0}, {20, 0}, {10, 0}, {10, 10}, {0, 10}}, {}}}};
    QCOMPARE(squarePixels(spiked), 100.0);
    QCOMPARE(whyRefused(mended(spiked)), std::string());
  }

  void aBrushStrokeIsAsWideAsTheBrush() {
    const Area dot = stroke({{100, 100}}, 20);
    QVERIFY(std::abs(squarePixels(dot) / (std::numbers::pi * 400) - 1) < 0.02);
    const Area line = stroke({{0, 0}, {100, 0}}, 10);
    QVERIFY(std::abs(squarePixels(line) / (2000 + std::numbers::pi * 100) - 1) < 0.02);
    const Area loop = stroke({{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}, 10);
    QCOMPARE(loop.parts.size(), size_t(1));
    QCOMPARE(loop.parts.front().holes.size(), size_t(1));
    QVERIFY(stroke({}, 10).parts.empty());
    QCOMPARE(whyRefused(stroke({{5, 5}, {5, 5}, {5, 5}}, 3)), std::string());
  }

  void whatIsMendedIsValidForAnyLine() {
    std::mt19937 random(7);
    for (int round = 0; round < 1000; ++round) {
      const int span = round % 3 == 0 ? 8 : 1000;  // a coarse grid lets edges and corners meet
      std::uniform_int_distribution<int> place(0, span);
      Area area;
      for (int part = 0; part < 1 + round % 2; ++part) {
        Polygon& polygon = area.parts.emplace_back();
        for (int i = 0; i < 3 + round % 15; ++i)
          polygon.outer.push_back({place(random) * 1.0, place(random) * 1.0});
        if (round % 5 == 0)
          polygon.holes.push_back({{0, 0}, {place(random) * 1.0, 0}, {0, place(random) * 1.0}});
      }
      const Area whole = mended(area);
      QVERIFY2(whyRefused(whole).empty(), (std::to_string(round) + ": " + whyRefused(whole)).c_str());
      for (int probe = 0; probe < 20; ++probe) {
        const Point p{place(random) + 0.37, place(random) + 0.41};
        if (distanceTo(area, p) > 0.01)
          QVERIFY2(holds(whole, p) == holds(area, p), std::to_string(round).c_str());
      }
    }
  }

  void coordinatesBeyondAnySlideDoNoHarm() {
    const Area far = united(square(1e300, -1e300, 10), square(0, 0, 10));
    QVERIFY(squarePixels(far) >= 100);
    const double none = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(mended({{{{{0, 0}, {none, 0}, {1, none}}, {}}}}).parts.empty());
  }
};

}  // namespace geneglass::shape_algebra_test

GENEGLASS_TEST(geneglass::shape_algebra_test::ShapeAlgebraTest)
#include "shape_algebra_test.moc"
