// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPainter>
#include <QTest>
#include <cmath>
#include <limits>

#include "tests/support/painted_texts.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/off_screen/snapshot.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass::heatmap_drawing_test {

using namespace geneglass::testing;

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

// Half of one colour over another.
QRgb blended(QRgb over, QRgb under, double opacity) {
  const auto mix = [&](int a, int b) {
    return static_cast<int>(std::lround(a * opacity + b * (1 - opacity)));
  };
  return qRgb(mix(qRed(over), qRed(under)), mix(qGreen(over), qGreen(under)), mix(qBlue(over), qBlue(under)));
}

// Where the driver draws maps, from textures.
struct DrawnWindow : Window {
  explicit DrawnWindow(const OpenedSlide& slide, RenderBudget budget = {512u << 20, 1e9, 1e9})
      : Window(slide, budget, Surface::Graphics) {}
};

OverlayLayer layerOf(const Slide& slide, double step, const std::function<float(int, int)>& value) {
  Heatmap map = evenMap(slide, step, 0);
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column)
      map.values[static_cast<size_t>(row * map.columns + column)] = value(column, row);
  OverlayLayer layer{std::make_shared<MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  layer.style.range = HeatmapStyle::Range::Absolute;
  layer.style.low = 0;
  layer.style.high = 10;
  return layer;
}

}  // namespace

class HeatmapDrawingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aHeatmapColoursItsCellsOnly_data();
  void aHeatmapColoursItsCellsOnly();
  void changingTheStyleUploadsNothing();
  void aStepFromGeneToGeneUploadsThatGenesMapAndNothingElse();
  void aMapThatNobodyHasAnyMoreGivesItsMemoryBack();
  void mapsStayUnderTheirLimit();
  void cellsBelowTheThresholdAreNotDrawn();
  void smoothingGoesBetweenCellsButNotIntoNothing();
  void ofOneHueLowCellsLeaveTheTissueAsItIs();
  void marksAreDrawnButNeverColouredAndAreNoValues();
  void aHeatmapEndsAtTheSlidesEdge();
  void theLegendIsReadableOnAnyGround();
  void theLegendLeavesTheScaleBarsRoomInANarrowPicture();
  void aNarrowLegendIsWrappedAndKeepsReliabilityAndUnit();
  void theSmallerThePictureTheLowerTheLegend();
};

void HeatmapDrawingTest::aHeatmapColoursItsCellsOnly_data() {
  QTest::addColumn<int>("side");
  QTest::addColumn<double>("centre");
  QTest::addColumn<double>("downsample");
  QTest::newRow("a small slide") << 3000 << 1500.0 << 1.3;
  QTest::newRow("a large slide from afar") << 100003 << 50000.0 << 20.0;
  QTest::newRow("its lower right corner, ten times magnified") << 100003 << 99895.0 << 0.1;
}

void HeatmapDrawingTest::aHeatmapColoursItsCellsOnly() {
  QFETCH(int, side);
  QFETCH(double, centre);
  QFETCH(double, downsample);
  const OpenedSlide opened = painted(pyramid({side, side}, 2, 5), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int column, int row) {
    return (column + row) % 3 == 0 ? kNothing : static_cast<float>(column % 11);
  });
  layer.style.opacity = 0.5;
  const Viewport viewport = view(centre, centre, downsample, 0.3);
  const auto picture = renderView(opened, viewport, {layer});
  QVERIFY(picture);
  const auto expected = [&](int x, int y) -> QRgb {
    const Point p = viewport.toSlide({x + 0.5, y + 0.5});
    // A screen pixel whose middle is within 0.05 of a cell's edge may be either.
    for (const double place : {p.x, p.y})
      if (std::abs(std::remainder(place, 100)) < 0.05 * downsample) return picture->pixel(x, y);
    const int column = static_cast<int>(p.x / 100);
    const int row = static_cast<int>(p.y / 100);
    if ((column + row) % 3 == 0) return purple;
    return blended(colourAt(ColourMap::Viridis, (column % 11) / 10.0), purple, 0.5);
  };
  QVERIFY(deviation(*picture, expected, 1, "heatmap") <= 1);
}

void HeatmapDrawingTest::changingTheStyleUploadsNothing() {
  DrawnWindow window(painted(pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; }));
  const Viewport viewport = view(1500, 1500, 1);
  OverlayLayer layer = layerOf(*window.opened.slide, 100, [](int column, int) { return column; });
  QCOMPARE(window.draw(viewport, {layer}).uploadedHeatmaps, 1);
  window.drawUntilSharp(viewport, {layer});
  QImage before = window.picture();
  const auto changed = [&](const std::function<void(HeatmapStyle&)>& change) {
    change(layer.style);
    const FrameReport report = window.draw(viewport, {layer});
    const QImage after = window.picture();
    const bool looksOther = after != before;
    before = after;
    return looksOther && report.uploadedTiles == 0 && report.uploadedHeatmaps == 0;
  };
  QVERIFY(changed([](HeatmapStyle& style) { style.opacity = 0.9; }));
  QVERIFY(changed([](HeatmapStyle& style) { style.colours = ColourMap::Inferno; }));
  QVERIFY(changed([](HeatmapStyle& style) { style.threshold = 15; }));
  QVERIFY(changed([](HeatmapStyle& style) { style.high = 30; }));
  QVERIFY(changed([](HeatmapStyle& style) { style.smooth = true; }));
  QVERIFY(changed([](HeatmapStyle& style) {
    style.range = HeatmapStyle::Range::Percentile;
    style.low = 2;
    style.high = 98;
    style.threshold = 60;
  }));
  // Off and on again: the values are still there.
  QCOMPARE(window.draw(viewport).uploadedHeatmaps, 0);
  QCOMPARE(window.draw(viewport, {layer}).uploadedHeatmaps, 0);
}

void HeatmapDrawingTest::aStepFromGeneToGeneUploadsThatGenesMapAndNothingElse() {
  DrawnWindow window(painted(pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; }));
  QVERIFY(window.works);
  const Viewport viewport = view(1500, 1500, 1);
  Annotation drawn;
  drawn.shape = rectangleArea({700, 700, 800, 1300});
  const auto outlines =
      std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), std::vector<Annotation>{drawn});
  const auto layersOf = [&](int gene) {
    OverlayLayer layer = layerOf(*window.opened.slide, 100, [&](int column, int row) {
      return static_cast<float>((column + gene * row) % 11);
    });
    layer.annotations = outlines;
    return std::vector<OverlayLayer>{layer};
  };
  window.load(window.draw(viewport).plan.want);
  const FrameReport opened = window.draw(viewport, layersOf(0));
  QVERIFY(opened.uploadedTiles > 0 && opened.drawnLines > 0);
  QVERIFY(opened.uploadedBytes > size_t{30 * 30 * 4} + size_t(opened.drawnLines));
  window.drawUntilSharp(viewport, layersOf(1));
  for (int gene = 2; gene < 6; ++gene) {
    const FrameReport report = window.draw(viewport, layersOf(gene));
    QCOMPARE(report.uploadedHeatmaps, 1);
    QCOMPARE(report.uploadedBytes, size_t{30 * 30 * 4});
  }
  const auto same = layersOf(6);
  window.draw(viewport, same);
  QCOMPARE(window.draw(viewport, same).uploadedBytes, size_t{0});
}

void HeatmapDrawingTest::aMapThatNobodyHasAnyMoreGivesItsMemoryBack() {
  DrawnWindow window(painted(pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; }));
  QVERIFY(window.works);
  const auto made = [&] {
    return layerOf(*window.opened.slide, 100, [](int column, int) { return column; });
  };
  const Viewport viewport = view(1500, 1500, 3);
  OverlayLayer layer = made();
  const size_t one = window.draw(viewport, {layer}).mapBytes;
  QCOMPARE(one, size_t{30 * 30 * 4});
  layer = made();
  QCOMPARE(window.draw(viewport, {layer}).mapBytes, one);
  QCOMPARE(window.draw(viewport, {layer, made()}).mapBytes, 2 * one);
}

void HeatmapDrawingTest::mapsStayUnderTheirLimit() {
  RenderBudget budget{512u << 20, 1e9, 1e9};
  budget.mapBytes = 2 * 30 * 30 * 4;
  DrawnWindow window(painted(pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; }), budget);
  QVERIFY(window.works);
  const Viewport viewport = view(1500, 1500, 3);
  std::vector<OverlayLayer> layers;
  for (int i = 0; i < 3; ++i)
    layers.push_back(layerOf(*window.opened.slide, 100, [](int column, int) { return column; }));
  for (const OverlayLayer& layer : layers) QCOMPARE(window.draw(viewport, {layer}).uploadedHeatmaps, 1);
  for (const size_t known : {1, 2, 1}) QCOMPARE(window.draw(viewport, {layers[known]}).uploadedHeatmaps, 0);
  const FrameReport report = window.draw(viewport, {layers[0]});
  QCOMPARE(report.uploadedHeatmaps, 1);
  QCOMPARE(report.mapBytes, budget.mapBytes);
}

void HeatmapDrawingTest::cellsBelowTheThresholdAreNotDrawn() {
  const OpenedSlide opened = painted(pyramid({1000, 1000}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int column, int) { return column; });
  layer.style.opacity = 1;
  layer.style.threshold = 5;
  const auto picture = renderView(opened, view(500, 500, 1), {layer});
  QVERIFY(picture);
  const auto expected = [](int x, int) {
    const int column = (x + 250) / 100;
    return column < 5 ? purple : colourAt(ColourMap::Viridis, column / 10.0);
  };
  QVERIFY(deviation(*picture, expected, 1, "threshold") <= 1);
}

void HeatmapDrawingTest::ofOneHueLowCellsLeaveTheTissueAsItIs() {
  const OpenedSlide opened = painted(pyramid({1000, 1000}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int column, int) { return column; });
  layer.style.opacity = 0.8;
  layer.style.high = 9;
  layer.style.colours = ColourMap::OneHue;
  const auto picture = renderView(opened, view(500, 500, 1), {layer});
  QVERIFY(picture);
  const QRgb full = colourAt(ColourMap::OneHue, 1);
  const auto expected = [full](int x, int) {
    const int column = (x + 250) / 100;
    return blended(full, purple, 0.8 * column / 9.0);
  };
  QVERIFY(deviation(*picture, expected, 2, "one-hue") <= 2);
  QCOMPARE(blended(full, purple, 0), purple);
}

void HeatmapDrawingTest::smoothingGoesBetweenCellsButNotIntoNothing() {
  const OpenedSlide opened = painted(pyramid({1000, 1000}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer =
      layerOf(*opened.slide, 100, [](int column, int) { return column == 5 ? kNothing : column; });
  layer.style.opacity = 1;
  layer.style.smooth = true;
  const auto picture = renderView(opened, view(500, 500, 1), {layer});
  QVERIFY(picture);
  const auto expected = [](int x, int) {
    const double place = (x + 250.5) / 100;
    if (static_cast<int>(place) == 5) return purple;
    // Nothing has no weight: beside it the cell's own value stands.
    const double value = place > 4.5 && place < 5 ? 4 : place >= 6 && place < 6.5 ? 6 : place - 0.5;
    return colourAt(ColourMap::Viridis, value / 10);
  };
  QVERIFY(deviation(*picture, expected, 3, "smooth") <= 3);
}

void HeatmapDrawingTest::marksAreDrawnButNeverColouredAndAreNoValues() {
  const OpenedSlide opened = painted(pyramid({3000, 3000}, 2, 5), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int column, int row) {
    return row % 2 == 0 ? kNothing : column < 15 ? kStillToCome : kLeftOut;
  });
  layer.style.smooth = true;
  const auto map = layer.overlay->heatmap();
  QVERIFY(map->sorted.empty() && !map->valueAt({50, 150}) && !map->valueAt({2050, 150}));
  const Viewport viewport = view(1500, 1500, 1);
  const auto picture = renderView(opened, viewport, {layer});
  QVERIFY(picture);
  int lines = 0, dots = 0;
  for (int y = 0; y < picture->height(); ++y)
    for (int x = 0; x < picture->width(); ++x) {
      if (picture->pixel(x, y) == purple) continue;
      const Point place = viewport.toSlide({x + 0.5, y + 0.5});
      QVERIFY2(qBlue(picture->pixel(x, y)) < qBlue(purple), "the ink is grey");
      QVERIFY2(int(place.y / 100) % 2 == 1, "where nothing is, nothing is drawn");
      ++(place.x < 1500 ? lines : dots);
    }
  QVERIFY(lines > 2 * dots && dots > 100);
  QVERIFY(rangeText(*map, layer.style)
              .endsWith(QStringLiteral("hatched: not computed yet, dotted: not predicted")));
}

void HeatmapDrawingTest::aHeatmapEndsAtTheSlidesEdge() {
  const OpenedSlide opened = painted(pyramid({950, 930}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int, int) { return 10.0f; });
  layer.style.opacity = 1;
  const auto picture = renderView(opened, view(950, 930, 1), {layer});
  QVERIFY(picture);
  const auto expected = [](int x, int y) {
    return x < kScreenWidth / 2 && y < kScreenHeight / 2 ? colourAt(ColourMap::Viridis, 1) : emptyGlass();
  };
  QVERIFY(deviation(*picture, expected, 1, "edge") <= 1);
}

void HeatmapDrawingTest::theLegendIsReadableOnAnyGround() {
  const Slide slide = pyramid({1000, 1000}, 2, 1);
  const OverlayLayer layer = layerOf(slide, 100, [](int column, int) { return column; });
  for (const QColor ground : {QColor(Qt::black), QColor(Qt::white), QColor(150, 60, 170)}) {
    QImage picture(600, 600, QImage::Format_RGB32);
    picture.fill(ground);
    QPainter painter(&picture);
    paintLegend(painter, picture.size(), {layer});
    painter.end();
    int light = 0;
    int dark = 0;
    for (int y = 500; y < 585; ++y)
      for (int x = 350; x < 585; ++x) {
        const int grey = qGray(picture.pixel(x, y));
        light += grey > 215;
        dark += grey < 80;
      }
    QVERIFY(light > 8000 && dark > 100);
    QCOMPARE(picture.pixel(10, 10), ground.rgb());
  }
  QImage untouched(600, 300, QImage::Format_RGB32);
  untouched.fill(Qt::black);
  QPainter painter(&untouched);
  paintLegend(painter, untouched.size(), {OverlayLayer{std::make_shared<MapOverlay>(nullptr), {}}});
  painter.end();
  QCOMPARE(deviation(
               untouched, [](int, int) { return qRgb(0, 0, 0); }, 0, "no-legend"),
           0);
}

void HeatmapDrawingTest::theLegendLeavesTheScaleBarsRoomInANarrowPicture() {
  const Slide slide = pyramid({1000, 1000}, 2, 1);
  const OverlayLayer layer = layerOf(slide, 100, [](int column, int) { return column; });
  for (const int width : {280, 360, 900}) {
    QImage picture(width, 300, QImage::Format_RGB32);
    picture.fill(Qt::black);
    QPainter painter(&picture);
    paintLegend(painter, picture.size(), {layer});
    const QRect room = scaleBarRoom(1, picture.size()).toAlignedRect() & picture.rect();
    painter.end();
    for (int y = room.top(); y <= room.bottom(); ++y)
      for (int x = room.left(); x <= room.right(); ++x) QCOMPARE(picture.pixel(x, y), qRgb(0, 0, 0));
    QVERIFY2(deviation(
                 picture, [](int, int) { return qRgb(0, 0, 0); }, 0, "legend") > 0,
             "no legend at all");
  }
}

void HeatmapDrawingTest::aNarrowLegendIsWrappedAndKeepsReliabilityAndUnit() {
  const Slide slide = pyramid({1000, 1000}, 2, 1);
  Heatmap map = evenMap(slide, 100, 0);
  map.name = QStringLiteral("FSCN1 expression, held-out r 0.77");
  map.unit = QStringLiteral("log2 expression of the label");
  const OverlayLayer layer{std::make_shared<MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  double lowest = 1e9;
  for (const int width : {900, 320, 240, 190}) {
    const QSize size(width, 400);
    const auto texts = paintedTexts(size, [&](QPainter& painter) { paintLegend(painter, size, {layer}); });
    const QString said = joined(texts);
    for (const char* word : {"FSCN1", "0.77", "log2 expression of the label"})
      QVERIFY2(said.contains(QLatin1String(word)), qPrintable(said));
    for (const PaintedText& each : texts)
      QVERIFY2(QRectF(QPointF(0, 0), size).contains(each.box), qPrintable(each.text));
    QVERIFY(texts.front().box.top() <= lowest);  // it grows upwards
    lowest = texts.front().box.top();
  }
}

void HeatmapDrawingTest::theSmallerThePictureTheLowerTheLegend() {
  const Slide slide = pyramid({1000, 1000}, 2, 1);
  Heatmap map = evenMap(slide, 100, 0);
  map.name = QStringLiteral("FSCN1 expression, r 0.77");
  map.unit = QStringLiteral("log2");
  map.values[0] = 8;
  const OverlayLayer layer{std::make_shared<MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  double before = 1e9;
  for (const QSize size : {QSize(900, 700), QSize(500, 400), QSize(140, 110)}) {
    const QRectF room = legendRoom(1, size, {layer});
    QVERIFY(QRectF(QPointF(0, 0), size).contains(room));
    QVERIFY2(room.height() < before, qPrintable(QString::number(room.height())));
    before = room.height();
    const auto texts = paintedTexts(size, [&](QPainter& painter) { paintLegend(painter, size, {layer}); });
    QVERIFY(joined(texts).contains(QStringLiteral("FSCN1")));
  }
  QVERIFY(before < 50);
}

}  // namespace geneglass::heatmap_drawing_test

GENEGLASS_WINDOW_TEST(geneglass::heatmap_drawing_test::HeatmapDrawingTest)
#include "heatmap_drawing_test.moc"
