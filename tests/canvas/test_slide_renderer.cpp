// SPDX-License-Identifier: GPL-3.0-or-later
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "tests/canvas/painted_slide.h"
#include "tests/support/test_files.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/canvas/snapshot.h"

using namespace geneglass;

namespace {

constexpr int screenWidth = 500;
constexpr int screenHeight = 400;
constexpr uint32_t purple = opaque(150, 60, 170);
constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

Viewport view(double x, double y, double downsample, double rotation = 0) {
  return {{x, y}, downsample, rotation, screenWidth, screenHeight};
}

// A colour of its own for each level.
uint32_t colourOfLevel(TileKey key) {
  const auto shade = static_cast<uint32_t>(key.level);
  return opaque(40 + 50 * shade, 200 - 40 * shade, 90);
}

int differenceOf(QRgb a, QRgb b) {
  return std::max(
      {std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

// Half of one colour over another.
QRgb blended(QRgb over, QRgb under, double opacity) {
  const auto mix = [&](int a, int b) {
    return static_cast<int>(std::lround(a * opacity + b * (1 - opacity)));
  };
  return qRgb(mix(qRed(over), qRed(under)), mix(qGreen(over), qGreen(under)), mix(qBlue(over), qBlue(under)));
}

// The largest difference to `expected`; the picture and the difference are left where it is too large.
int deviation(const QImage& actual, const std::function<QRgb(int, int)>& expected, int allowed,
              const char* name) {
  int largest = 0;
  QImage difference(actual.size(), QImage::Format_RGB32);
  for (int y = 0; y < actual.height(); ++y)
    for (int x = 0; x < actual.width(); ++x) {
      const int here = differenceOf(actual.pixel(x, y), expected(x, y));
      difference.setPixel(x, y, qRgb(std::min(255, here * 20), 0, 0));
      largest = std::max(largest, here);
    }
  if (largest > allowed) {
    const QString start =
        QString::fromStdString(testing::outputFolder().string()) + QLatin1Char('/') + QLatin1String(name);
    actual.save(start + QStringLiteral("-actual.png"));
    difference.save(start + QStringLiteral("-difference.png"));
  }
  return largest;
}

// Draws frame by frame, as the window does.
struct Window {
  explicit Window(const OpenedSlide& slide, RenderBudget budget = {512u << 20, 1e9})
      : opened(slide), cache(std::make_shared<TileCache>(size_t{1} << 30)) {
    QSurfaceFormat format;
    format.setVersion(3, 3);
    format.setProfile(QSurfaceFormat::CoreProfile);
    surface.setFormat(format);
    surface.create();
    context.setFormat(format);
    works = context.create() && context.makeCurrent(&surface);
    if (!works) return;
    frame = std::make_unique<QOpenGLFramebufferObject>(QSize(screenWidth, screenHeight));
    frame->bind();
    renderer = std::make_unique<SlideRenderer>(opened.slide, cache, budget);
  }

  void load(const std::vector<TileKey>& keys) {
    for (const TileKey key : keys) {
      Result<TilePtr> tile = opened.source->read(key);
      cache->insert(tile ? *tile : std::make_shared<const Tile>(Tile{key, {}, true}));
    }
  }
  FrameReport draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers = {}) {
    return renderer->draw(viewport, layers);
  }
  FrameReport drawUntilSharp(const Viewport& viewport, const std::vector<OverlayLayer>& layers = {}) {
    FrameReport report = draw(viewport, layers);
    for (int i = 0; i < 200 && !report.plan.want.empty(); ++i) {
      load(report.plan.want);
      report = draw(viewport, layers);
    }
    return report;
  }
  QImage picture() const { return frame->toImage().convertToFormat(QImage::Format_RGB32); }

  OpenedSlide opened;
  std::shared_ptr<TileCache> cache;
  QOffscreenSurface surface;
  QOpenGLContext context;
  bool works = false;
  std::unique_ptr<QOpenGLFramebufferObject> frame;
  std::unique_ptr<SlideRenderer> renderer;
};

OverlayLayer layerOf(const Slide& slide, double step, const std::function<float(int, int)>& value) {
  Heatmap map = testing::evenMap(slide, step, 0);
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column)
      map.values[static_cast<size_t>(row * map.columns + column)] = value(column, row);
  OverlayLayer layer{std::make_shared<testing::MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  layer.style.range = HeatmapStyle::Range::Absolute;
  layer.style.low = 0;
  layer.style.high = 10;
  return layer;
}

QRgb emptyGlass() {
  return emptyGlassColour().rgb();
}

}  // namespace

class TestSlideRenderer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void drawsCoarseFirstAndIsNeverBlankAfterwards();
  void uploadsAtLeastOneTileAFrameAndSaysWhenMoreWait();
  void keepsToItsBudgetAndTheCoarsestStays();
  void anEvenSlideHasNoSeams_data();
  void anEvenSlideHasNoSeams();
  void minifyingByFourAveragesWhatLiesBelow();
  void transparentPixelsShowEmptyGlass();
  void aDamagedTileIsHatchedAndCounted();
  void aHeatmapColoursItsCellsOnly();
  void changingTheStyleUploadsNothing();
  void cellsBelowTheThresholdAreNotDrawn();
  void smoothingGoesBetweenCellsButNotIntoNothing();
  void aHeatmapEndsAtTheSlidesEdge();
  void aPictureTooLargeIsRefused();
  void theLegendIsReadableOnAnyGround();
};

void TestSlideRenderer::drawsCoarseFirstAndIsNeverBlankAfterwards() {
  const OpenedSlide opened = testing::painted(testing::pyramid({8001, 6003}, 2, 5), colourOfLevel);
  Window window(opened, {512u << 20, 0});
  QVERIFY2(window.works, "no OpenGL 3.3: run the tests under a screen or xvfb-run");
  const Viewport viewport = view(4000, 3000, 1, 0.4);
  FrameReport report = window.draw(viewport);
  QVERIFY(report.plan.blank);
  QCOMPARE(deviation(
               window.picture(), [](int, int) { return emptyGlass(); }, 0, "empty"),
           0);

  window.load(report.plan.want);
  bool wasBlank = true;
  int frames = 0;
  for (; frames < 500 && !report.plan.sharp; ++frames) {
    report = window.draw(viewport);
    QVERIFY(wasBlank || !report.plan.blank);
    wasBlank = report.plan.blank;
    if (frames == 4) {  // the coarsest level has 4 tiles
      QVERIFY(!report.plan.blank && !report.plan.sharp);
      QCOMPARE(differenceOf(window.picture().pixel(2, 2), colourOfLevel({4, 0, 0})), 0);
    }
  }
  QVERIFY(report.plan.sharp);
  QCOMPARE(deviation(
               window.picture(),
               [](int, int) {
                 return colourOfLevel({0, 0, 0});
               },
               0, "sharp"),
           0);
}

void TestSlideRenderer::uploadsAtLeastOneTileAFrameAndSaysWhenMoreWait() {
  Window window(testing::painted(testing::pyramid({4000, 4000}, 2, 4), colourOfLevel), {512u << 20, 0});
  const Viewport viewport = view(2000, 2000, 1);
  const std::vector<TileKey> wanted = window.draw(viewport).plan.want;
  window.load(wanted);
  for (size_t i = 0; i < wanted.size(); ++i) {
    const FrameReport report = window.draw(viewport);
    QCOMPARE(report.uploadedTiles, 1);
    QCOMPARE(report.uploadsWaiting, i + 1 < wanted.size());
  }
  QCOMPARE(window.draw(viewport).uploadedTiles, 0);
}

void TestSlideRenderer::keepsToItsBudgetAndTheCoarsestStays() {
  const size_t budget = size_t{64} * 256 * 256 * 4;
  Window window(testing::painted(testing::pyramid({20000, 20000}, 2, 7), colourOfLevel), {budget, 1e9});
  for (int i = 0; i < 30; ++i) {
    const Viewport viewport = view(500 + 600 * i, 19000 - 500 * i, 1, 0.1 * i);
    const FrameReport report = window.draw(viewport);
    QVERIFY2(i == 0 || !report.plan.blank, "the coarsest level was evicted");
    window.load(report.plan.want);
    const FrameReport next = window.draw(viewport);
    QVERIFY(next.plan.sharp);
    QVERIFY(next.residentBytes <= budget);
  }
}

void TestSlideRenderer::anEvenSlideHasNoSeams_data() {
  QTest::addColumn<double>("factor");
  for (const double factor : {2.0, 4.0, 16.001}) QTest::addRow("factor %g", factor) << factor;
}

void TestSlideRenderer::anEvenSlideHasNoSeams() {
  QFETCH(double, factor);
  const OpenedSlide opened =
      testing::painted(testing::pyramid({20003, 15007}, factor, 3), [](TileKey) { return purple; });
  Window window(opened);
  std::mt19937 random(5);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  for (int i = 0; i < 20; ++i) {
    const Viewport viewport = view(uniform(7000, 13000), uniform(6000, 9000), std::exp2(uniform(-3, 3.2)),
                                   i < 3 ? 0 : uniform(-3, 3));
    QVERIFY(window.drawUntilSharp(viewport).plan.sharp);
    QCOMPARE(deviation(
                 window.picture(), [](int, int) { return purple; }, 0, "seams"),
             0);
  }
}

// A checkerboard of single pixels is even grey when every pixel of the screen covers whole squares.
void TestSlideRenderer::minifyingByFourAveragesWhatLiesBelow() {
  auto facts = std::make_shared<Slide>(testing::pyramid({4096, 4096}, 2, 1));
  Window window(testing::painted(*facts, colourOfLevel));
  for (int row = 0; row < 16; ++row)
    for (int column = 0; column < 16; ++column) {
      Image board(256, 256);
      for (int y = 0; y < 256; ++y)
        for (int x = 0; x < 256; ++x) board.at(x, y) = (x + y) % 2 ? opaque(255, 255, 255) : opaque(0, 0, 0);
      window.cache->insert(std::make_shared<const Tile>(Tile{{0, column, row}, std::move(board)}));
    }
  for (const double downsample : {2.0, 4.0, 8.0}) {
    FrameReport report;
    do report = window.draw(view(2048, 2048, downsample));
    while (report.uploadsWaiting);
    const int largest = deviation(
        window.picture(), [](int, int) { return qRgb(128, 128, 128); }, 2, "minified");
    QVERIFY(largest <= 2);
  }
}

void TestSlideRenderer::transparentPixelsShowEmptyGlass() {
  const auto picture =
      renderView(testing::painted(testing::pyramid({900, 900}, 2, 2), [](TileKey) { return 0u; }),
                 view(450, 450, 1), {});
  QVERIFY(picture);
  QCOMPARE(deviation(
               *picture, [](int, int) { return emptyGlass(); }, 0, "transparent"),
           0);
}

void TestSlideRenderer::aDamagedTileIsHatchedAndCounted() {
  const auto slide = std::make_shared<const Slide>(testing::pyramid({1024, 1024}, 2, 1));
  const auto source = std::make_shared<testing::PaintedSource>(slide, [](TileKey) { return purple; });
  source->damaged = {{0, 1, 1}};
  const OpenedSlide opened{slide, source};
  const Viewport viewport = view(384, 384, 1);
  const auto picture = renderView(opened, viewport, {});
  QVERIFY(picture);
  std::set<QRgb> inside;
  for (int y = 0; y < screenHeight; ++y)
    for (int x = 0; x < screenWidth; ++x) {
      const Point p = viewport.toSlide({x + 0.5, y + 0.5});
      if (Rect{256, 256, 256, 256}.contains(p))
        inside.insert(picture->pixel(x, y));
      else
        QCOMPARE(picture->pixel(x, y), purple);
    }
  QCOMPARE(inside.size(), size_t{2});
  QVERIFY(!inside.contains(purple));
  Window window(opened);
  QCOMPARE(window.drawUntilSharp(viewport).damagedTiles, 1);
}

void TestSlideRenderer::aHeatmapColoursItsCellsOnly() {
  const OpenedSlide opened =
      testing::painted(testing::pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int column, int row) {
    return (column + row) % 3 == 0 ? nothing : static_cast<float>(column % 11);
  });
  layer.style.opacity = 0.5;
  const Viewport viewport = view(1500, 1500, 1.3, 0.3);
  const auto picture = renderView(opened, viewport, {layer});
  QVERIFY(picture);
  const auto expected = [&](int x, int y) -> QRgb {
    const Point p = viewport.toSlide({x + 0.5, y + 0.5});
    // A pixel within a hair of a cell's edge may be either.
    for (const double place : {p.x, p.y})
      if (std::abs(std::remainder(place, 100)) < 0.02) return picture->pixel(x, y);
    const int column = static_cast<int>(p.x / 100);
    const int row = static_cast<int>(p.y / 100);
    if ((column + row) % 3 == 0) return purple;
    return blended(colourAt(ColourMap::Viridis, (column % 11) / 10.0), purple, 0.5);
  };
  QVERIFY(deviation(*picture, expected, 1, "heatmap") <= 1);
}

void TestSlideRenderer::changingTheStyleUploadsNothing() {
  Window window(testing::painted(testing::pyramid({3000, 3000}, 2, 3), [](TileKey) { return purple; }));
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

void TestSlideRenderer::cellsBelowTheThresholdAreNotDrawn() {
  const OpenedSlide opened =
      testing::painted(testing::pyramid({1000, 1000}, 2, 1), [](TileKey) { return purple; });
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

void TestSlideRenderer::smoothingGoesBetweenCellsButNotIntoNothing() {
  const OpenedSlide opened =
      testing::painted(testing::pyramid({1000, 1000}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer =
      layerOf(*opened.slide, 100, [](int column, int) { return column == 5 ? nothing : column; });
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

void TestSlideRenderer::aHeatmapEndsAtTheSlidesEdge() {
  const OpenedSlide opened =
      testing::painted(testing::pyramid({950, 930}, 2, 1), [](TileKey) { return purple; });
  OverlayLayer layer = layerOf(*opened.slide, 100, [](int, int) { return 10.0f; });
  layer.style.opacity = 1;
  const auto picture = renderView(opened, view(950, 930, 1), {layer});
  QVERIFY(picture);
  const auto expected = [](int x, int y) {
    return x < screenWidth / 2 && y < screenHeight / 2 ? colourAt(ColourMap::Viridis, 1) : emptyGlass();
  };
  QVERIFY(deviation(*picture, expected, 1, "edge") <= 1);
}

void TestSlideRenderer::aPictureTooLargeIsRefused() {
  const OpenedSlide opened = testing::painted(testing::pyramid({950, 930}, 2, 1), colourOfLevel);
  const auto huge = renderView(opened, view(0, 0, 1).resized(200000, 10), {});
  QVERIFY(!huge);
  const std::string start = "Cannot draw 'painted.tif': a picture of 200000 x 10 pixels is larger than the ";
  QVERIFY2(huge.error().sentence.starts_with(start), huge.error().sentence.c_str());
  const auto none = renderView(opened, view(0, 0, 1).resized(0, 10), {});
  QVERIFY(!none);
  QCOMPARE(none.error().sentence,
           std::string("Cannot draw 'painted.tif': a picture of 0 x 10 pixels is none."));
}

void TestSlideRenderer::theLegendIsReadableOnAnyGround() {
  const Slide slide = testing::pyramid({1000, 1000}, 2, 1);
  const OverlayLayer layer = layerOf(slide, 100, [](int column, int) { return column; });
  for (const QColor ground : {QColor(Qt::black), QColor(Qt::white), QColor(150, 60, 170)}) {
    QImage picture(600, 300, QImage::Format_RGB32);
    picture.fill(ground);
    QPainter painter(&picture);
    paintLegend(painter, picture.size(), {layer});
    painter.end();
    int light = 0;
    int dark = 0;
    for (int y = 200; y < 285; ++y)
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
  paintLegend(painter, untouched.size(), {OverlayLayer{std::make_shared<testing::MapOverlay>(nullptr), {}}});
  painter.end();
  QCOMPARE(deviation(
               untouched, [](int, int) { return qRgb(0, 0, 0); }, 0, "no-legend"),
           0);
}

QTEST_MAIN(TestSlideRenderer)
#include "test_slide_renderer.moc"
