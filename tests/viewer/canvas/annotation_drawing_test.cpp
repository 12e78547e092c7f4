// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/canvas/off_screen/snapshot.h"

namespace geneglass::annotation_drawing_test {

using namespace geneglass::testing;
using Window = geneglass::testing::WindowInTurn;

namespace {

std::vector<OverlayLayer> layersOf(AnnotationSetPtr set) {
  return {{nullptr, {}, std::move(set)}};
}

Annotation of(Shape shape, uint32_t colour = 0xff00c800) {
  return {{}, std::move(shape), {}, {}, {}, colour, false};
}

AnnotationSetPtr setOf(std::vector<Annotation> annotations) {
  return std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), std::move(annotations));
}

OpenedSlide purpleSlide(int side) {
  return painted(pyramid({side, side}, 2, 6), [](TileKey) { return purple; });
}

double toPiece(Point p, Point a, Point b) {
  return distanceTo(Path{{a, b}}, p);
}

/// How much of a pixel is left uncovered by the pieces of a shape as it is drawn at this magnification: a
/// piece is full within its width and gone a pixel further.
double uncovered(const Shape& shape, Point p, double downsample) {
  double left = 1;
  const auto coverBy = [&](double distance, double width) {
    left *= 1 - std::clamp(width / 2 + 0.5 - distance / downsample, 0.0, 1.0);
  };
  if (const auto* places = std::get_if<Places>(&shape))
    for (const Point place : places->points) coverBy(std::hypot(place.x - p.x, place.y - p.y), kPlaceWidth);
  for (const ShapeOutline& line : outlinesOf(shape, std::ldexp(1.0 / 6, detailFor(downsample)))) {
    for (size_t i = 1; i < line.points.size(); ++i)
      coverBy(toPiece(p, line.points[i - 1], line.points[i]), kLineWidth);
    if (line.closed) coverBy(toPiece(p, line.points.back(), line.points.front()), kLineWidth);
  }
  return left;
}

QRgb greenOverPurple(double left) {
  const auto mix = [&](int over, int under) {
    return static_cast<int>(std::lround(over * (1 - left) + under * left));
  };
  return qRgb(mix(0, redOf(purple)), mix(200, greenOf(purple)), mix(0, blueOf(purple)));
}

}  // namespace

class AnnotationDrawingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase_data() { addSurfaces(); }
  void everyPixelIsCoveredAsTheFormulaSays_data();
  void everyPixelIsCoveredAsTheFormulaSays();
  void simplifiedLinesStayWithinAThirdOfAPixel();
  void anEditMakesOnlyItsOwnBlockAnew();
  void whatIsOutsideTheViewIsNotDrawn();
  void fromAfarManySmallThingsAreFewPieces();
  void whatItsOwnLinesFillLooksAsTheLinesDo();
  void anotherColourOfAClassIsSeenAtOnce();
  void anEmptySetDrawsNothing();
};

void AnnotationDrawingTest::everyPixelIsCoveredAsTheFormulaSays_data() {
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("centre");
  QTest::addColumn<int>("kind");
  for (int kind = 0; kind < 5; ++kind) {
    QTest::addRow("kind %d, full size", kind) << 1.0 << 1500.0 << kind;
    QTest::addRow("kind %d, magnified", kind) << 0.25 << 1500.0 << kind;
    QTest::addRow("kind %d, large and far", kind) << 60.0 << 50000.0 << kind;
  }
}

void AnnotationDrawingTest::everyPixelIsCoveredAsTheFormulaSays() {
  QFETCH(double, downsample);
  QFETCH(double, centre);
  QFETCH(int, kind);
  const OpenedSlide opened = purpleSlide(static_cast<int>(2 * centre));
  const double unit = 40 * downsample;  // shapes of the same size on the screen
  const std::vector<Shape> shapes{
      Area{{{{{centre - 3 * unit, centre - 2 * unit},
              {centre + 3 * unit, centre - unit},
              {centre, centre + 3 * unit}},
             {{{centre - unit, centre - unit}, {centre, centre}, {centre + unit, centre - unit / 2}}}}}},
      Ellipse{{centre, centre}, 3 * unit, unit, 0.4},
      Path{{{centre - 2 * unit, centre}, {centre, centre - unit}, {centre + 3 * unit, centre + unit}}},
      Angle{{centre + 2 * unit, centre}, {centre - unit, centre}, {centre, centre + 2 * unit}},
      Places{{{centre, centre}, {centre + unit, centre - unit}}}};
  const Shape& shape = shapes[static_cast<size_t>(kind)];
  const Viewport viewport = view(centre, centre, downsample, 0.3);
  const auto picture = renderView(opened, viewport, layersOf(setOf({of(shape)})));
  QVERIFY(picture);
  const auto expected = [&](int x, int y) -> QRgb {
    return greenOverPurple(uncovered(shape, viewport.toSlide({x + 0.5, y + 0.5}), downsample));
  };
  const int allowed = 4;
  const int off = deviation(*picture, expected, allowed, QTest::currentDataTag());
  QVERIFY2(off <= allowed, qPrintable(QString::number(off)));
}

void AnnotationDrawingTest::simplifiedLinesStayWithinAThirdOfAPixel() {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> jitter(-0.2, 0.2);
  for (const double radius : {8.0, 40.0, 400.0}) {
    Ring ring;
    for (int corner = 0; corner < 200; ++corner) {
      const double angle = 2 * std::numbers::pi * corner / 200, reach = radius + jitter(random);
      ring.push_back({1000 + reach * std::cos(angle), 1000 + reach * std::sin(angle)});
    }
    std::vector<LinePiece> pieces;
    appendPieces(of(Area{{{ring, {}}}}), 0, 0, {0, 0}, pieces);
    QVERIFY2(pieces.size() > 6 && pieces.size() < 120, qPrintable(QString::number(pieces.size())));
    for (const Point corner : ring) {
      double nearest = 1e9;
      for (const LinePiece& piece : pieces)
        nearest = std::min(nearest, toPiece(corner, {piece.fromX, piece.fromY}, {piece.toX, piece.toY}));
      QVERIFY2(nearest < 1.0 / 3 + 1e-3, qPrintable(QString::number(nearest)));
    }
  }
}

void AnnotationDrawingTest::anEditMakesOnlyItsOwnBlockAnew() {
  Window window(purpleSlide(3000));
  QVERIFY(window.works);
  std::vector<Annotation> two{of(rectangleArea({1400, 1400, 50, 50})),
                              of(rectangleArea({1560, 1560, 20, 20}))};
  two[0].id = "left";
  const AnnotationSetPtr set = setOf(two);
  const Viewport viewport = view(1500, 1500, 1);
  window.drawUntilSharp(viewport, layersOf(set));
  const QImage before = window.picture();
  two[0].shape = rectangleArea({1300, 1400, 50, 50});
  QCOMPARE(window.draw(viewport, layersOf(set->with({two[0]}))).drawnLines, 8);
  QCOMPARE(window.picture().pixel(150, 100), purple);
  QVERIFY(differenceOf(before.pixel(150, 100), qRgb(0, 200, 0)) < 3);
  window.draw(viewport, layersOf(set->without({"left"})));
  QCOMPARE(window.picture().pixel(50, 100), purple);
  window.draw(viewport, layersOf(set));
  QCOMPARE(window.picture(), before);
}

void AnnotationDrawingTest::whatIsOutsideTheViewIsNotDrawn() {
  Window window(purpleSlide(100000));
  QVERIFY(window.works);
  const AnnotationSetPtr set =
      setOf({of(rectangleArea({100, 100, 50, 50})), of(rectangleArea({90000, 90000, 50, 50})),
             of(rectangleArea({50, 50, 99000, 99000}))});
  QCOMPARE(window.draw(view(200, 200, 1), layersOf(set)).drawnLines, 8);
  QCOMPARE(window.draw(view(50000, 50000, 400), layersOf(set)).drawnLines, 6);  // two are single dots
}

void AnnotationDrawingTest::fromAfarManySmallThingsAreFewPieces() {
  RenderBudget budget{512u << 20, 1e9, 1e9};
  budget.linePictures = false;
  Window window(purpleSlide(50000), budget);
  QVERIFY(window.works);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(0, 50000);
  std::vector<Annotation> cells;
  for (int i = 0; i < 5000; ++i) cells.push_back(of(Ellipse{{place(random), place(random)}, 12, 9, 0}));
  const FrameReport report = window.draw(view(25000, 25000, 125), layersOf(setOf(cells)));
  QVERIFY2(report.drawnLines >= 5000 && report.drawnLines <= 5000,
           qPrintable(QString::number(report.drawnLines)));
}

/// A nucleus of 2.9 by 2 pixels is one thick piece; it covers as much as its outline would.
void AnnotationDrawingTest::whatItsOwnLinesFillLooksAsTheLinesDo() {
  const OpenedSlide opened = purpleSlide(3000);
  const Viewport viewport = view(1500, 1500, 4);
  const Ellipse nucleus{{1500.1, 1499.7}, 5.8, 4, 0};
  const auto picture = renderView(opened, viewport, layersOf(setOf({of(nucleus)})));
  QVERIFY(picture);
  double covered = 0, wanted = 0;
  for (int y = 0; y < picture->height(); ++y) {
    for (int x = 0; x < picture->width(); ++x) {
      const auto share = [&](QRgb colour) { return double(redOf(purple) - qRed(colour)) / redOf(purple); };
      covered += share(picture->pixel(x, y));
      wanted += 1 - uncovered(nucleus, viewport.toSlide({x + 0.5, y + 0.5}), 4);
    }
  }
  QVERIFY2(std::abs(covered / wanted - 1) < 0.15, qPrintable(QString::number(covered / wanted)));
}

void AnnotationDrawingTest::anotherColourOfAClassIsSeenAtOnce() {
  Window window(purpleSlide(3000));
  QVERIFY(window.works);
  Annotation square = of(rectangleArea({1400, 1400, 50, 50}));
  square.colour.reset();
  square.className = "Tumour";
  const AnnotationSetPtr set = setOf({square});
  window.drawUntilSharp(view(1500, 1500, 1), layersOf(set));
  window.draw(view(1500, 1500, 1), layersOf(set->withClass({"Tumour", 0xff0000ff})));
  QVERIFY(differenceOf(window.picture().pixel(150, 100), qRgb(0, 0, 255)) < 3);
}

void AnnotationDrawingTest::anEmptySetDrawsNothing() {
  Window window(purpleSlide(3000));
  QVERIFY(window.works);
  const FrameReport report =
      window.draw(view(1500, 1500, 1), layersOf(setOf({of(Area{}), of(Path{}), of(Places{})})));
  QCOMPARE(report.drawnLines, 0);
  QVERIFY(!report.uploadsWaiting);
}

}  // namespace geneglass::annotation_drawing_test

GENEGLASS_WINDOW_TEST(geneglass::annotation_drawing_test::AnnotationDrawingTest)
#include "annotation_drawing_test.moc"
