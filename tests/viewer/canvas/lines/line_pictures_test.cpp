// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <random>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/lines/line_squares.h"

namespace geneglass::line_pictures_test {

using namespace geneglass::testing;

namespace {

const QRgb kGreen = qRgb(0, 200, 0);

RenderBudget budgetWith(std::optional<bool> pictures) {
  RenderBudget budget{512u << 20, 1e9, 1e9};
  budget.linePictures = pictures;
  return budget;
}

OpenedSlide slideOf(int side) {
  return painted(pyramid({side, side}, 2, 6), [](TileKey) { return purple; });
}

Annotation greenArea(std::string id, const Rect& area) {
  return {std::move(id), rectangleArea(area), {}, {}, {}, 0xff00c800, false};
}

AnnotationSetPtr setOf(std::vector<Annotation> annotations) {
  return std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), std::move(annotations));
}

/// All kinds of shapes within `side` level-0 pixels, small and large, in one colour.
AnnotationSetPtr scattered(int count, double side) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(0, side), size(2, 120);
  std::vector<Annotation> all;
  for (int i = 0; i < count; ++i) {
    const Point at{place(random), place(random)};
    const double wide = size(random), high = size(random);
    const std::vector<Shape> shapes{rectangleArea({at.x, at.y, wide, high}), Ellipse{at, wide, high, 0.5},
                                    Path{{at, {at.x + wide, at.y - high}, {at.x - high, at.y}}},
                                    Places{{at, {at.x + wide, at.y}}}};
    all.push_back({{}, shapes[static_cast<size_t>(i) % shapes.size()], {}, {}, {}, 0xff00c800, false});
  }
  all.push_back(greenArea("large", {side / 10, side / 10, side / 2, side / 2}));
  return setOf(std::move(all));
}

std::vector<OverlayLayer> layersOf(AnnotationSetPtr set) {
  return {{nullptr, {}, std::move(set)}};
}

/// Until nothing is waited for.
FrameReport settle(Window& window, const Viewport& viewport, const AnnotationSetPtr& set) {
  FrameReport report = window.drawUntilSharp(viewport, layersOf(set));
  for (int i = 0; i < 2000 && report.fading; ++i) {
    QTest::qSleep(1);
    report = window.draw(viewport, layersOf(set));
  }
  return report;
}

}  // namespace

class LinePicturesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aViewThatStandsIsDrawnAsByTheGpu_data();
  void aViewThatStandsIsDrawnAsByTheGpu();
  void aMovingViewShowsItsLinesAtOnce();
  void fromAnotherMagnificationTheOldPicturesStandIn();
  void aSmallEditIsSeenInTheNextFrame();
  void anEditElsewhereIsSeenWhenOneComesBack();
  void whatIsPaintedAnewShowsWhatWasUntilThen();
  void aFileIsDrawnInFullAtOnce();
  void onlyManyInViewAreDrawnAsPictures();
  void squaresOfAllLevelsLieInEachOther();
};

void LinePicturesTest::aViewThatStandsIsDrawnAsByTheGpu_data() {
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("rotation");
  QTest::addColumn<bool>("mirrored");
  QTest::newRow("full size") << 1.0 << 0.0 << false;
  QTest::newRow("magnified, turned") << 0.3 << 0.3 << false;
  QTest::newRow("from afar") << 3.7 << 0.0 << false;
  QTest::newRow("from far away, turned") << 21.0 << -2.0 << false;
  QTest::newRow("mirrored, turned") << 1.0 << 0.3 << true;
}

void LinePicturesTest::aViewThatStandsIsDrawnAsByTheGpu() {
  QFETCH(double, downsample);
  QFETCH(double, rotation);
  QFETCH(bool, mirrored);
  const OpenedSlide slide = slideOf(6000);
  const AnnotationSetPtr set = scattered(1500, 6000);
  Viewport viewport = view(2000.3, 1999.6, downsample, rotation);
  viewport.isMirrored = mirrored;
  QImage drawn;
  {
    Window direct(slide, budgetWith(false), Surface::Graphics);
    if (!direct.works) QSKIP("There is no OpenGL 3.3 here.");
    QVERIFY(direct.drawUntilSharp(viewport, layersOf(set)).drawnLines > 0);
    drawn = direct.picture();
  }
  Window window(slide, budgetWith(true));
  const FrameReport report = settle(window, viewport, set);
  QVERIFY(!report.fading && report.drawnLinePictures > 0);
  QCOMPARE(report.drawnLines, 0);
  const int allowed = 4;  // the GPU rounds after each line
  const int off = deviation(
      window.picture(), [&](int x, int y) { return drawn.pixel(x, y); }, allowed, QTest::currentDataTag());
  QVERIFY2(off <= allowed, qPrintable(QString::number(off)));
}

void LinePicturesTest::aMovingViewShowsItsLinesAtOnce() {
  Window window(slideOf(6000), budgetWith(true));
  const AnnotationSetPtr set = setOf({greenArea("a", {2000, 2000, 100, 100})});
  settle(window, view(2000, 2000, 1), set);
  const FrameReport report = window.draw(view(1970, 1980, 1), layersOf(set));
  QVERIFY(report.fading && report.drawnLinePictures > 0);
  QVERIFY(differenceOf(window.picture().pixel(280, 240), kGreen) < 60);
  QCOMPARE(window.picture().pixel(300, 230), purple);
}

void LinePicturesTest::fromAnotherMagnificationTheOldPicturesStandIn() {
  Window window(slideOf(6000), budgetWith(true));
  const AnnotationSetPtr set = setOf({greenArea("a", {2000, 2000, 200, 200})});
  settle(window, view(2000, 2000, 1), set);
  for (const double downsample : {4.0, 0.25, 1.9, 0.6}) {
    const FrameReport report = window.draw(view(2000, 2100, downsample), layersOf(set));
    QVERIFY2(report.drawnLinePictures > 0, qPrintable(QString::number(downsample)));
    int most = 0;  // of the vertical edge, which lies in the middle
    for (int x = 247; x < 254; ++x)
      most = std::max(most, differenceOf(window.picture().pixel(x, 200), purple));
    QVERIFY2(most > 50, qPrintable(QString::number(most)));
  }
}

void LinePicturesTest::aSmallEditIsSeenInTheNextFrame() {
  Window window(slideOf(3000), budgetWith(true));
  const AnnotationSetPtr set =
      setOf({greenArea("left", {1400, 1400, 50, 50}), greenArea("right", {1560, 1560, 20, 20})});
  const Viewport viewport = view(1500, 1500, 1);
  settle(window, viewport, set);
  const QImage before = window.picture();
  QVERIFY(differenceOf(before.pixel(150, 100), kGreen) < 5);
  window.draw(viewport, layersOf(set->with({greenArea("left", {1300, 1400, 50, 50})})));
  QCOMPARE(window.picture().pixel(150, 100), purple);
  QVERIFY(differenceOf(window.picture().pixel(50, 100), kGreen) < 5);
  window.draw(viewport, layersOf(set->without({"left", "right"})));
  QCOMPARE(window.picture().pixel(50, 100), purple);
  QCOMPARE(window.picture().pixel(310, 260), purple);
  window.draw(viewport, layersOf(set));
  QCOMPARE(window.picture(), before);
}

void LinePicturesTest::anEditElsewhereIsSeenWhenOneComesBack() {
  Window window(slideOf(6000), budgetWith(true));
  const AnnotationSetPtr set = setOf({greenArea("a", {1400, 1400, 50, 50})});
  settle(window, view(1500, 1500, 1), set);
  const AnnotationSetPtr edited = set->with({greenArea("a", {1300, 1400, 50, 50})});
  settle(window, view(4000, 4000, 1), set);
  settle(window, view(4000, 4000, 1), edited);
  QVERIFY(!settle(window, view(1500, 1500, 1), edited).fading);
  QCOMPARE(window.picture().pixel(150, 100), purple);
  QVERIFY(differenceOf(window.picture().pixel(50, 100), kGreen) < 5);
}

void LinePicturesTest::whatIsPaintedAnewShowsWhatWasUntilThen() {
  Window window(slideOf(3000), budgetWith(true));
  Annotation square = greenArea("a", {1400, 1400, 50, 50});
  square.colour.reset();
  square.className = "Tumour";
  const AnnotationSetPtr set = setOf({square})->withClass({"Tumour", 0xff00c800});
  const Viewport viewport = view(1500, 1500, 1);
  settle(window, viewport, set);
  const AnnotationSetPtr blue = set->withClass({"Tumour", 0xff0000ff});
  QVERIFY(window.draw(viewport, layersOf(blue)).fading);
  QVERIFY(differenceOf(window.picture().pixel(150, 100), kGreen) < 5);
  QVERIFY(!settle(window, viewport, blue).fading);
  QVERIFY(differenceOf(window.picture().pixel(150, 100), qRgb(0, 0, 255)) < 5);
}

void LinePicturesTest::aFileIsDrawnInFullAtOnce() {
  Window window(slideOf(3000), budgetWith(true));
  const AnnotationSetPtr set = setOf({greenArea("a", {1400, 1400, 50, 50})});
  window.drawUntilSharp(view(1500, 1500, 1));
  const FrameReport report = window.renderer->draw(view(1500, 1500, 1), layersOf(set), {}, {.forFile = true});
  QVERIFY(report.drawnLines == 4 && !report.fading && !report.uploadsWaiting);
  QVERIFY(differenceOf(window.picture().pixel(150, 100), kGreen) < 3);
}

void LinePicturesTest::onlyManyInViewAreDrawnAsPictures() {
  Window window(slideOf(6000), budgetWith({}));
  const AnnotationSetPtr many = scattered(4000, 6000);
  const FrameReport whole = window.draw(view(3000, 3000, 15), layersOf(many));
  QVERIFY(whole.drawnLines == 0 && whole.fading);
  const FrameReport near = window.draw(view(3000, 3000, 1), layersOf(many));
  QVERIFY(near.drawnLines > 0 && near.drawnLinePictures == 0);
}

void LinePicturesTest::squaresOfAllLevelsLieInEachOther() {
  for (const int level : {-3, 0, 5}) {
    for (const Viewport& square : squaresWithin({-700, 300, 1500, 900}, level)) {
      const std::vector<Viewport> finer = finerSquares(square);
      QCOMPARE(finer.size(), size_t{4});
      for (const Viewport& quarter : finer) {
        QCOMPARE(coarserSquare(quarter), square);
        const Rect part = partOf(quarter, square);
        QVERIFY(part.x == 0 || part.x == kSquareSide / 2);
        QVERIFY(part.y == 0 || part.y == kSquareSide / 2);
        QVERIFY(part.width == kSquareSide / 2 && part.height == kSquareSide / 2);
      }
    }
  }
  QCOMPARE(squareLevelFor(1), 0);
  QCOMPARE(squareLevelFor(1.5), 1);
  QCOMPARE(squareLevelFor(2.7), 1);
}

}  // namespace geneglass::line_pictures_test

GENEGLASS_WINDOW_TEST(geneglass::line_pictures_test::LinePicturesTest)
#include "line_pictures_test.moc"
