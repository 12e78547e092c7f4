// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/painting/map_pixels.h"

namespace geneglass::map_painting_test {
namespace {

using testing::evenMap;
using testing::painted;
using testing::pyramid;
using testing::Window;

constexpr int kSide = 4096;

constexpr RenderBudget kAtOnce{512u << 20, 1e9, 1e9};

float valueAt(int column, int row) {
  if ((column * 7 + row * 3) % 11 == 0) return std::numeric_limits<float>::quiet_NaN();
  if (column > 18 && row > 20) return (column + row) % 9 < 4 ? kStillToCome : kLeftOut;
  return static_cast<float>((column * 5 + row * 2) % 17) / 16 * 10;
}

/// Values, holes and marks; `mixes`: with colours of its own.
OverlayLayer layerOf(const Slide& slide, double step, bool mixes) {
  Heatmap map = evenMap(slide, step, 0);
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column)
      map.values[static_cast<size_t>(row * map.columns + column)] = valueAt(column, row);
  if (mixes) {
    map.mix = ColourMix::Highest;
    for (const float value : map.values)
      map.paint.push_back(value < 5 ? 0x80402010u : std::isfinite(value) ? 0xff10c040u : 0u);
  }
  OverlayLayer layer{std::make_shared<testing::MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  layer.style.range = HeatmapStyle::Range::Absolute;
  layer.style.low = 0;
  layer.style.high = 10;
  layer.style.opacity = 0.6;
  layer.style.threshold = 1;
  return layer;
}

/// Where a pixel's middle lies on an edge either side may be taken: single pixels may differ by much.
struct Difference {
  double mean = 0;
  double shareFarOff = 0;  ///< of the pixels
};

Difference differenceOf(const QImage& a, const QImage& b) {
  Difference seen;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const int here = testing::differenceOf(a.pixel(x, y), b.pixel(x, y));
      seen.mean += here;
      seen.shareFarOff += here > 3;
    }
  const double pixels = static_cast<double>(a.width()) * a.height();
  return {seen.mean / pixels, seen.shareFarOff / pixels};
}

}  // namespace

class MapPaintingTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void paintedMapsLookLikeThoseOfTheDriver_data();
  void paintedMapsLookLikeThoseOfTheDriver();
  void aLensCutsPaintedMapsAsTheDriverDoes_data();
  void aLensCutsPaintedMapsAsTheDriverDoes();
  void anotherMapOrStyleIsPaintedAtOnceAndNothingIsUploaded();
  void valuesBecomeShadesAndNothingBecomesNone();
  void betweenCellsOnlyThoseWithAValueCount();
};

void MapPaintingTest::paintedMapsLookLikeThoseOfTheDriver_data() {
  QTest::addColumn<Viewport>("viewport");
  QTest::addColumn<double>("step");
  QTest::addColumn<bool>("smooth");
  QTest::addColumn<bool>("mixes");
  QTest::addColumn<ColourMap>("colours");
  const auto row = [](const char* name, const Viewport& viewport, double step, bool smooth = false,
                      bool mixes = false, ColourMap colours = ColourMap::Viridis) {
    QTest::newRow(name) << viewport << step << smooth << mixes << colours;
  };
  row("cells of many pixels", testing::view(2000.3, 2101.2, 2), 128);
  row("marks", testing::view(3600, 3500, 2), 128);
  row("cells smaller than pixels", testing::view(2048.3, 2048.1, 9.7), 7);
  row("far magnified", testing::view(1500.2, 1500.7, 0.08), 128);
  row("beyond the slide's corner", testing::view(4096, 4096, 1.5), 128);
  row("turned by 90 degrees", testing::view(2000.3, 2101.2, 2, std::numbers::pi / 2), 128);
  row("turned by 33 degrees, marks", testing::view(3600, 3500, 2, 0.576), 128);
  row("mirrored", testing::view(2000.3, 2101.2, 2).mirrored(), 128);
  row("mirrored, turned by 33 degrees", testing::view(2000.3, 2101.2, 2, 0.576).mirrored(), 128);
  row("smooth", testing::view(2000.3, 2101.2, 2), 128, true);
  row("smooth, turned, marks", testing::view(3600, 3500, 2, 2.1), 128, true);
  row("colours of its own", testing::view(2000.3, 2101.2, 2), 128, false, true);
  row("colours of its own, turned", testing::view(3600, 3500, 2, 0.9), 128, false, true);
  row("one hue", testing::view(2000.3, 2101.2, 2), 128, false, false, ColourMap::OneHue);
  row("one hue, smooth, marks", testing::view(3600, 3500, 2), 128, true, false, ColourMap::OneHue);
}

void MapPaintingTest::paintedMapsLookLikeThoseOfTheDriver() {
  QFETCH(Viewport, viewport);
  QFETCH(double, step);
  QFETCH(bool, smooth);
  QFETCH(bool, mixes);
  QFETCH(ColourMap, colours);
  const auto opened = painted(pyramid({kSide, kSide}, 2, 3), [](TileKey) { return testing::purple; });
  OverlayLayer layer = layerOf(*opened.slide, step, mixes);
  layer.style.smooth = smooth;
  layer.style.colours = colours;
  QImage pictures[2];
  for (const bool paints : {false, true}) {
    Window window(opened, kAtOnce, paints ? Surface::Raster : Surface::Graphics);
    if (!window.works) QSKIP("There is no OpenGL 3.3 here.");
    QVERIFY(window.drawUntilSharp(viewport, {layer}).plan.sharp);
    pictures[paints] = window.picture();
  }
  QImage black(pictures[0].size(), QImage::Format_RGB32);
  black.fill(Qt::black);
  QVERIFY(differenceOf(pictures[0], black).mean > 20);
  const Difference seen = differenceOf(pictures[1], pictures[0]);
  QVERIFY2(seen.mean < 1.2 && seen.shareFarOff < 0.005,
           qPrintable(QStringLiteral("mean %1, far off %2").arg(seen.mean).arg(seen.shareFarOff)));
}

void MapPaintingTest::aLensCutsPaintedMapsAsTheDriverDoes_data() {
  QTest::addColumn<MapLens::Shape>("shape");
  QTest::addColumn<bool>("mirrored");
  QTest::newRow("a circle") << MapLens::Shape::Circle << false;
  QTest::newRow("a line") << MapLens::Shape::RightOfLine << false;
  QTest::newRow("a circle, mirrored") << MapLens::Shape::Circle << true;
  QTest::newRow("a line, mirrored") << MapLens::Shape::RightOfLine << true;
}

void MapPaintingTest::aLensCutsPaintedMapsAsTheDriverDoes() {
  QFETCH(MapLens::Shape, shape);
  QFETCH(bool, mirrored);
  const auto opened = painted(pyramid({kSide, kSide}, 2, 3), [](TileKey) { return testing::purple; });
  OverlayLayer layer = layerOf(*opened.slide, 128, false), other = layer;
  other.style.colours = ColourMap::Inferno;
  MapLens lens;
  lens.shape = shape;
  lens.centre = {testing::kScreenWidth / 3.0, testing::kScreenHeight / 2.0};
  lens.radius = 97.3;
  lens.layers = {other};
  QImage pictures[2];
  for (const bool paints : {false, true}) {
    Window window(opened, kAtOnce, paints ? Surface::Raster : Surface::Graphics);
    if (!window.works) QSKIP("There is no OpenGL 3.3 here.");
    Viewport viewport = testing::view(2000.3, 2101.2, 2);
    viewport.isMirrored = mirrored;
    QVERIFY(window.drawUntilSharp(viewport, {layer}).plan.sharp);
    const QImage whole = window.picture();
    FrameContext context;
    context.lens = &lens;
    window.renderer->draw(viewport, {layer}, {}, context);
    pictures[paints] = window.picture();
    QVERIFY(pictures[paints] != whole);
  }
  QVERIFY(differenceOf(pictures[1], pictures[0]).shareFarOff < 0.005);
}

void MapPaintingTest::anotherMapOrStyleIsPaintedAtOnceAndNothingIsUploaded() {
  const auto opened = painted(pyramid({kSide, kSide}, 2, 3), [](TileKey) { return testing::purple; });
  Window window(opened);
  OverlayLayer layer = layerOf(*opened.slide, 128, false);
  const Viewport viewport = testing::view(2000, 2000, 2);
  QVERIFY(window.drawUntilSharp(viewport).plan.sharp);
  const QImage bare = window.picture();
  const FrameReport report = window.draw(viewport, {layer});
  QCOMPARE(report.uploadedTiles + report.uploadedHeatmaps, 0);
  QCOMPARE(report.mapBytes + report.uploadedBytes, size_t{0});
  const QImage first = window.picture();
  QVERIFY(first != bare);
  layer.style.high = 20;
  window.draw(viewport, {layer});
  QVERIFY(window.picture() != first);
  window.draw(viewport);
  QCOMPARE(window.picture(), bare);
}

void MapPaintingTest::valuesBecomeShadesAndNothingBecomesNone() {
  const float values[] = {2, 4, 6, 99, 1, std::numeric_limits<float>::quiet_NaN(), kStillToCome, kLeftOut};
  HeatmapStyle style;
  style.range = HeatmapStyle::Range::Absolute;
  style.low = 2;
  style.high = 6;
  style.threshold = 1.5;
  style.opacity = 1;
  uint32_t out[std::size(values)];
  shadeValues(out, values, std::size(values), shadesOf({}, style));
  const auto shade = [](int place) { return colourAt(ColourMap::Viridis, place / 255.0); };
  const uint32_t right[] = {shade(0), shade(128), shade(255), shade(255), 0, 0, kHatchedPixel, kDottedPixel};
  for (size_t i = 0; i < std::size(values); ++i) QCOMPARE(out[i], right[i]);
  QVERIFY(hasMarks(out, std::size(values)));
  QVERIFY(!hasMarks(out, 6));
}

void MapPaintingTest::betweenCellsOnlyThoseWithAValueCount() {
  const float values[] = {1, 3, std::numeric_limits<float>::quiet_NaN(), 5};
  const CellRow row{
      .column = 0.5f, .row = 1, .stepColumn = 0.5f, .lastColumn = 1, .lastRow = 1, .columns = 2};
  float out[3];
  takeBetween(out, values, row, 3);
  // The middle of the left edge between both rows lies in the lower left cell, which has nothing.
  QVERIFY(std::isnan(out[0]));
  QCOMPARE(out[1], (0.25f * 1 + 0.25f * 3 + 0.25f * 5) / 0.75f);
  QCOMPARE(out[2], 4.0f);
}

}  // namespace geneglass::map_painting_test

GENEGLASS_WINDOW_TEST(geneglass::map_painting_test::MapPaintingTest)
#include "map_painting_test.moc"
