// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <set>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/painting/pixel_rows.h"
#include "viewer/foundation/halved_pixels.h"

namespace geneglass::tile_painting_test {
namespace {

using testing::painted;
using testing::pyramid;
using testing::Window;

constexpr RenderBudget kAtOnce{512u << 20, 1e9, 1e9};

// Smooth, with a fine grid on it, so that a shift of half a pixel shows.
uint32_t tissueAt(int x, int y) {
  const int grid = x % 32 == 0 || y % 32 == 0 ? 60 : 0;
  return opaque(static_cast<int>(150 + 80 * std::sin(x / 21.0)) - grid,
                static_cast<int>(110 + 60 * std::cos(y / 17.0)), 180 - grid);
}

// Where a pixel's middle lies on two tiles' edge, either may be taken: single pixels may differ by much.
struct Seen {
  int largest = 0;
  double mean = 0;
  double shareFarOff = 0;  // of the pixels
};

Seen differenceOf(const QImage& a, const QImage& b, const char* name) {
  Seen seen;
  seen.largest = testing::deviation(
      a, [&](int x, int y) { return b.pixel(x, y); }, 24, name);
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const int here = testing::differenceOf(a.pixel(x, y), b.pixel(x, y));
      seen.mean += here;
      seen.shareFarOff += here > 24;
    }
  seen.mean /= static_cast<double>(a.width()) * a.height();
  seen.shareFarOff /= static_cast<double>(a.width()) * a.height();
  return seen;
}

}  // namespace

class TilePaintingTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void paintedTilesLookLikeThoseOfTheDriver_data();
  void paintedTilesLookLikeThoseOfTheDriver();
  void aDamagedTileIsHatchedAsTheDriverDoes();
  void noBackgroundShowsBetweenTiles_data();
  void noBackgroundShowsBetweenTiles();
  void whatIsShownAlreadyIsNotPaintedAnew();
  void halvesAreTheMeansOfFourPixels();
  void pixelsAreMixedByTheirParts();
};

void TilePaintingTest::paintedTilesLookLikeThoseOfTheDriver_data() {
  QTest::addColumn<Viewport>("viewport");
  QTest::addColumn<StainView>("stain");
  const auto row = [](const char* name, const Viewport& viewport, StainView stain = StainView::All) {
    QTest::newRow(name) << viewport << stain;
  };
  row("one to one", testing::view(512, 500, 1));
  row("between the pixels", testing::view(512.3, 490.2, 1));
  row("1.7 pixels a screen pixel", testing::view(512, 500, 1.7));
  row("magnified, the pixels seen", testing::view(300.2, 301.7, 0.13));
  row("magnified a little", testing::view(300.2, 301.7, 0.7));
  row("turned by 90 degrees", testing::view(512, 500, 1.2, std::numbers::pi / 2));
  row("turned by 33 degrees", testing::view(512, 500, 1.2, 0.576));
  row("mirrored", testing::view(512.3, 490.2, 1).mirrored());
  row("mirrored, turned by 33 degrees", testing::view(512, 500, 1.2, 0.576).mirrored());
  row("upside down", testing::view(512, 500, 1, std::numbers::pi));
  row("beyond the slide", testing::view(0, 0, 1.5, 0.3));
  row("haematoxylin alone", testing::view(512, 500, 1), StainView::Haematoxylin);
  row("eosin alone, turned", testing::view(512, 500, 1.3, 1), StainView::Eosin);
}

void TilePaintingTest::paintedTilesLookLikeThoseOfTheDriver() {
  QFETCH(Viewport, viewport);
  QFETCH(StainView, stain);
  const auto opened = painted(pyramid({1024, 1000}, 2, 1, 128), [](TileKey) { return testing::purple; });
  DisplayColour colour;
  colour.stain = stain;
  QImage pictures[2];
  for (const bool paints : {false, true}) {
    Window window(opened, kAtOnce, paints ? Surface::Raster : Surface::Graphics);
    if (!window.works) QSKIP("There is no OpenGL 3.3 here.");
    testing::loadPixels(window, tissueAt);
    QVERIFY(window.renderer->draw(viewport, {}, colour).plan.sharp);
    pictures[paints] = window.picture();
  }
  const Seen seen = differenceOf(pictures[1], pictures[0], "painted");
  QVERIFY2(seen.mean < 1.2 && seen.shareFarOff < 0.005,
           qPrintable(QStringLiteral("mean %1, far off %2").arg(seen.mean).arg(seen.shareFarOff)));
}

void TilePaintingTest::aDamagedTileIsHatchedAsTheDriverDoes() {
  const auto opened = painted(pyramid({512, 512}, 2, 1), [](TileKey) { return testing::purple; });
  QImage pictures[2];
  for (const bool paints : {false, true}) {
    Window window(opened, kAtOnce, paints ? Surface::Raster : Surface::Graphics);
    if (!window.works) QSKIP("There is no OpenGL 3.3 here.");
    for (const TileKey key : {TileKey{0, 0, 0}, TileKey{0, 1, 0}, TileKey{0, 0, 1}, TileKey{0, 1, 1}}) {
      Tile tile{key, Image(256, 256, testing::purple)};
      if (key.column == 1) tile = {key, {}, true, "It is damaged."};
      if (key == TileKey{0, 0, 1}) {  // in its upper half
        tile.damaged = true;
        std::fill_n(tile.image.pixels.begin(), 128 * 256, 0);
      }
      window.cache->insert(std::make_shared<const Tile>(std::move(tile)));
    }
    QCOMPARE(window.draw(testing::view(256, 256, 1)).damagedTiles, 2);
    pictures[paints] = window.picture();
    DisplayColour red;
    red.stain = StainView::Eosin;
    window.renderer->draw(testing::view(256, 256, 1), {}, red);
    std::set<QRgb> hatch;  // of the part that is lost, whatever is done to the slide's colours
    for (const QImage& picture : {pictures[paints], window.picture()})
      for (int x = 0; x < 64; ++x)
        hatch.insert(picture.pixel(picture.width() / 2 - 70 + x, picture.height() / 2 + 60));
    QCOMPARE(hatch, (std::set{qRgb(0xb8, 0x47, 0x47), qRgb(0xe6, 0xe0, 0xe0)}));
  }
  QVERIFY(differenceOf(pictures[1], pictures[0], "hatched").largest <= 2);
}

void TilePaintingTest::noBackgroundShowsBetweenTiles_data() {
  QTest::addColumn<double>("downsample");
  QTest::addColumn<double>("rotation");
  for (const double downsample : {0.37, 1.0, 1.4142})
    for (const double rotation : {0.0, 0.3, std::numbers::pi / 2, 2.5, std::numbers::pi})
      QTest::addRow("%g, turned by %g", downsample, rotation) << downsample << rotation;
}

void TilePaintingTest::noBackgroundShowsBetweenTiles() {
  QFETCH(double, downsample);
  QFETCH(double, rotation);
  const auto opened = painted(pyramid({2048, 2048}, 2, 1, 64), [](TileKey) { return testing::purple; });
  Window window(opened);
  for (const double offset : {0.0, 0.5, 0.25}) {
    QVERIFY(
        window.drawUntilSharp(testing::view(1024 + offset, 1024 + offset, downsample, rotation)).plan.sharp);
    QCOMPARE(testing::deviation(
                 window.picture(), [](int, int) { return testing::purple; }, 0, "seams"),
             0);
  }
}

void TilePaintingTest::whatIsShownAlreadyIsNotPaintedAnew() {
  const auto opened = painted(pyramid({512, 512}, 2, 1), [](TileKey) { return testing::purple; });
  Window window(opened);
  const Viewport viewport = testing::view(256, 256, 1);
  QVERIFY(window.drawUntilSharp(viewport).plan.sharp);
  const QImage first = window.picture();
  window.draw(viewport);
  QCOMPARE(window.picture(), first);
  DisplayColour dark;
  dark.brightness = -0.3;
  window.renderer->draw(viewport, {}, dark);
  QVERIFY(testing::differenceOf(window.picture().pixel(250, 200), first.pixel(250, 200)) > 20);
  const QImage darkened = window.picture();
  dark.brightness = -0.1;
  window.renderer->draw(viewport, {}, dark);
  QVERIFY(testing::differenceOf(window.picture().pixel(250, 200), darkened.pixel(250, 200)) > 20);
  window.draw(viewport);
  QCOMPARE(window.picture(), first);
}

void TilePaintingTest::halvesAreTheMeansOfFourPixels() {
  const uint32_t above[] = {0xff000000, 0xff040404, 0xff112233};
  const uint32_t below[] = {0xff080808, 0xff0c0c0c, 0xff315273};
  uint32_t out[2];
  halvePixels(out, above, below, 3);
  QCOMPARE(out[0], 0xff060606u);
  QCOMPARE(out[1], 0xff213a53u);
}

void TilePaintingTest::pixelsAreMixedByTheirParts() {
  QCOMPARE(mixedPixel(0x01020304, 0xfffefdfc, 0), 0x01020304u);
  QCOMPARE(mixedPixel(0x01020304, 0xfffefdfc, 256), 0xfffefdfcu);
  QCOMPARE(mixedPixel(0xff000000, 0xffff8040, 64), 0xff402010u);
  uint32_t under[] = {0xff102030};
  const uint32_t half[] = {0x80400000};
  blendPixels(under, half, 1, 256);
  QCOMPARE(under[0], 0xff481018u);
}

}  // namespace geneglass::tile_painting_test

GENEGLASS_WINDOW_TEST(geneglass::tile_painting_test::TilePaintingTest)
#include "tile_painting_test.moc"
