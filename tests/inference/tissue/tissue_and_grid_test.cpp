// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "inference/prediction/tile_grid.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::tissue_and_grid_test {

using namespace geneglass::testing;

namespace {

constexpr double kMpp = 2;  // coarse, so that a few mm2 are few pixels

/// Part of the slide that is tissue.
double share(const OpenedSlide& opened, const TissueMask& mask) {
  const Size size = opened.slide->size();
  return mask.areaPixels / (double(size.width) * double(size.height));
}

TissueMask maskOf(const OpenedSlide& opened) {
  const Result<TissueMask> mask = findTissue(opened);
  if (!mask) qFatal("%s", mask.error().sentence.c_str());
  return *mask;
}

TissueMask allTissue(Size size) {
  TissueMask mask;
  mask.step = 16;
  mask.columns = static_cast<int>((size.width + 15) / 16);
  mask.rows = static_cast<int>((size.height + 15) / 16);
  mask.cells.assign(size_t(mask.columns) * size_t(mask.rows), 255);
  return mask;
}

Slide slideOf(Size size, std::optional<double> mpp) {
  return *openPainted(size, mpp, glass).slide;
}

}  // namespace

class TissueAndGridTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRectangleOfTissueIsFoundWhereItIs() {
    const auto opened = openPainted({1000, 800}, kMpp, [](int64_t x, int64_t y) {
      return x >= 200 && x < 600 && y >= 200 && y < 500 ? tissue(x, y) : glass(x, y);
    });
    const TissueMask mask = maskOf(opened);
    QVERIFY(mask.fractionIn({220, 220, 360, 260}) > 0.99);
    QVERIFY(mask.fractionIn({0, 0, 180, 800}) == 0);
    QVERIFY(mask.fractionIn({620, 0, 380, 800}) == 0);
    QVERIFY(qAbs(share(opened, mask) - 400.0 * 300 / (1000 * 800)) < 0.01);
    QVERIFY(qAbs(mask.meanBrightness - (180 + 110 + 170) / 3.0) < 5);
  }

  void emptyGlassHasNoTissue() { QCOMPARE(maskOf(openPainted({1000, 800}, kMpp, glass)).areaPixels, 0.0); }

  void aSlideFullOfTissueIsAllTissue() {
    const auto opened = openPainted({1000, 800}, kMpp, [](int64_t x, int64_t y) {
      const auto n = uint32_t(noise(x, y, 3) + 3);  // dark epithelium on the left, pale stroma on the right
      return x < 500 ? opaque(110 + n, 60 + n, 130 + n) : opaque(232 + n, 200 + n, 220 + n);
    });
    QVERIFY(share(opened, maskOf(opened)) > 0.99);
  }

  void inkAndDarkAreNoTissue() {
    const uint32_t colours[] = {opaque(20, 120, 60), opaque(20, 60, 180), opaque(15, 15, 20),
                                opaque(5, 5, 60)};
    for (uint32_t colour : colours) {
      const auto opened = openPainted({800, 800}, kMpp, [colour](int64_t x, int64_t y) {
        return x > 200 && x < 600 && y > 200 && y < 600 ? colour : glass(x, y);
      });
      QCOMPARE(maskOf(opened).areaPixels, 0.0);
    }
  }

  void specksAreDroppedAndSmallHolesFilled() {
    const auto opened = openPainted({1000, 800}, kMpp, [](int64_t x, int64_t y) {
      const bool speck = x > 800 && x < 900 && y > 100 && y < 200;      // 0.04 mm2
      const bool smallHole = x > 200 && x < 280 && y > 200 && y < 280;  // 0.026 mm2
      const bool largeHole = x > 300 && x < 500 && y > 300 && y < 500;  // 0.16 mm2
      const bool piece = x > 100 && x < 600 && y > 100 && y < 600 && !smallHole && !largeHole;
      return speck || piece ? tissue(x, y) : glass(x, y);
    });
    const TissueMask mask = maskOf(opened);
    QCOMPARE(mask.fractionIn({820, 120, 60, 60}), 0.0);
    QCOMPARE(mask.fractionIn({210, 210, 60, 60}), 1.0);
    QCOMPARE(mask.fractionIn({330, 330, 140, 140}), 0.0);
  }

  void transparentPixelsAreNoTissue() {
    QCOMPARE(maskOf(openPainted({600, 600}, kMpp, [](int64_t, int64_t) { return 0u; })).areaPixels, 0.0);
  }

  void tissueAroundDamagedTilesIsStillFound() {
    auto source = std::make_shared<PaintedSource>(Size{1024, 1024}, tissue);
    source->damaged = {{0, 3, 3}};
    const TissueMask mask = maskOf(openPainted({1024, 1024}, kMpp, source));
    QVERIFY(mask.fractionIn({0, 0, 1024, 300}) > 0.99);
  }

  void aSlideNothingOfWhichCanBeReadIsRefused() {
    auto source = std::make_shared<PaintedSource>(Size{200, 200}, tissue);
    for (int i = 0; i < 4; ++i) source->damaged.insert({0, i % 2, i / 2});
    const Result<TissueMask> mask = findTissue(openPainted({200, 200}, kMpp, source));
    QVERIFY(!mask);
    QCOMPARE(mask.error().sentence, std::string("Cannot look for tissue in 'painted.tif': no part of it can "
                                                "be read at that size: Cannot read a tile of "
                                                "'painted.tif': it is damaged."));
  }

  void withoutMppThereIsNoTissueAndNoGrid() {
    const std::string sentence =
        "'painted.tif' does not say how large its pixels are: give the micrometres per pixel with --mpp, or "
        "in the "
        "viewer under Slide > Pixel size.";
    const auto opened = openPainted({600, 600}, {}, tissue);
    QCOMPARE(findTissue(opened).error().sentence, sentence);
    QCOMPARE(layTiles(*opened.slide, allTissue({600, 600}), 224, 1, 0.7).error().sentence, sentence);
  }

  void theNumberOfThreadsDoesNotChangeTheMask() {
    const auto opened = openPainted({2000, 1500}, kMpp, [](int64_t x, int64_t y) {
      return (x / 300 + y / 400) % 2 ? tissue(x, y) : glass(x, y);
    });
    QCOMPARE(findTissue(opened, {}, 1)->cells, findTissue(opened, {}, 4)->cells);
  }

  void theGridRoundsToWholePixelsAndStaysInside_data() {
    QTest::addColumn<double>("mpp");
    QTest::addColumn<int>("tile");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("rows");
    QTest::newRow("half a micrometre") << 0.5 << 448 << 6 << 5;
    QTest::newRow("0.499") << 0.499 << 449 << 6 << 5;
    QTest::newRow("0.2527") << 0.2527 << 886 << 3 << 2;
    QTest::newRow("the model's own") << 1.0 << 224 << 13 << 11;
    QTest::newRow("a little coarser") << 1.5 << 149 << 20 << 16;
    QTest::newRow("larger than the slide") << 0.05 << 4480 << 0 << 0;
  }
  void theGridRoundsToWholePixelsAndStaysInside() {
    QFETCH(double, mpp);
    QFETCH(int, tile);
    QFETCH(int, columns);
    QFETCH(int, rows);
    const Size size{3000, 2500};
    const Result<TileGrid> grid = layTiles(slideOf(size, mpp), allTissue(size), 224, 1, 0.7);
    QVERIFY(grid.has_value());
    QCOMPARE(grid->tile, tile);
    QCOMPARE(grid->stride, tile);
    QCOMPARE(grid->columns, columns);
    QCOMPARE(grid->rows, rows);
    QCOMPARE(grid->count(), size_t(columns) * size_t(rows));
    for (const TileGrid::Cell& cell : grid->cells) {
      QVERIFY(grid->area(cell).right() <= 3000);
      QVERIFY(grid->area(cell).bottom() <= 2500);
    }
  }

  void tilesMayLieCloserThanTheirSide() {
    const Size size{3000, 2500};
    const TissueMask mask = allTissue(size);
    const Result<TileGrid> whole = layTiles(slideOf(size, 0.5), mask, 224, 1, 0.7);
    const Result<TileGrid> half = layTiles(slideOf(size, 0.5), mask, 224, 1, 0.7, 112);
    QVERIFY(whole && half);
    QCOMPARE(half->tile, 448);
    QCOMPARE(half->stride, 224);
    QCOMPARE(half->columns, 2 * whole->columns);  // 12 and 6
    for (const TileGrid::Cell& cell : half->cells) QVERIFY(half->area(cell).right() <= 3000);
    // Every second is one of those side by side.
    QCOMPARE(half->area({2, 4}), whole->area({1, 2}));
  }

  void stridesBeyondATileOrBelowItsEighthAreRefused() {
    for (const char* stride : {"225", "27.9"})
      QCOMPARE(layTiles(slideOf({3000, 2500}, 0.5), allTissue({3000, 2500}), 224, 1, 0.7,
                        QByteArray(stride).toDouble())
                   .error()
                   .sentence,
               std::string("Cannot lay tiles over 'painted.tif' every ") + stride +
                   " um: of a side of 224 um it takes 28 to 224.");
  }

  void aSlideThatWouldHaveToBeMagnifiedIsRefused() {
    const Result<TileGrid> grid = layTiles(slideOf({900, 900}, 1.51), allTissue({900, 900}), 224, 1, 0.7);
    QVERIFY(!grid);
    QCOMPARE(grid.error().sentence,
             std::string("'painted.tif' has 1.51 um per pixel, too coarse for a model of 1 um per pixel."));
  }

  void aTileIsKeptFromItsShareOfTissueOn() {
    TissueMask mask = allTissue({448, 224});  // 28 x 14 cells, tiles of 14 x 14
    for (int row = 0; row < 14; ++row)
      for (int column = 0; column < 28; ++column)
        mask.cells[size_t(row * 28 + column)] = column < 21 ? 255 : 0;
    const Slide slide = slideOf({448, 224}, 1);
    QCOMPARE(layTiles(slide, mask, 224, 1, 0.5)->count(), size_t(2));  // the second is exactly half
    QCOMPARE(layTiles(slide, mask, 224, 1, 0.51)->count(), size_t(1));
  }

  void aFractionCountsPartsOfCellsAndNothingOutside() {
    TissueMask mask;
    mask.columns = 2;
    mask.rows = 1;
    mask.step = 10;
    mask.cells = {255, 0};
    QCOMPARE(mask.fractionIn({0, 0, 10, 10}), 1.0);
    QCOMPARE(mask.fractionIn({5, 0, 10, 10}), 0.5);
    QCOMPARE(mask.fractionIn({-5, -5, 10, 10}), 0.25);
    QCOMPARE(mask.fractionIn({10, 0, 10, 10}), 0.0);
    QCOMPARE(mask.fractionIn({40, 40, 10, 10}), 0.0);
    QCOMPARE(mask.fractionIn({0, 0, 0, 10}), 0.0);
  }

  void nearWhiteAndEvenTilesAreEmpty() {
    const auto paint = [](auto colour) {
      Image image(64, 64);
      for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) image.at(x, y) = colour(x, y);
      return image;
    };
    const Image pale = paint([](int x, int y) { return opaque(202, 202, uint32_t(202 + noise(x, y, 40))); });
    QVERIFY(isEmptyTile(pale, 150));   // over 195
    QVERIFY(isEmptyTile(pale, 170));   // over 200
    QVERIFY(!isEmptyTile(pale, 190));  // under 205
    QVERIFY(!isEmptyTile(paint([](int x, int y) { return tissue(x, y); }), 150));
    QVERIFY(isEmptyTile(paint([](int, int) { return opaque(150, 100, 150); }), 150));
  }

  void realTissueIsFoundOnRealSlides() {
    GENEGLASS_NEED(small, "slides/CMU-1-Small-Region.svs");
    GENEGLASS_NEED(colon, "slides/colon-section.tif");
    GENEGLASS_NEED(fluorescence, "slides/fluorescence.ndpi");
    const std::tuple<std::filesystem::path, double, double> cases[] = {{small, 0.3, 0.5}, {colon, 0.2, 0.3}};
    for (const auto& [file, least, most] : cases) {
      const Result<OpenedSlide> opened = openSlide(file);
      QVERIFY2(opened.has_value(), file.c_str());
      const double found = share(*opened, maskOf(*opened));
      QVERIFY2(found >= least && found <= most, qPrintable(QString::number(found)));
    }
    const Result<OpenedSlide> dark = openSlide(fluorescence);
    QVERIFY(dark);
    const auto refused = findTissue(*dark);
    QVERIFY(!refused);
    QCOMPARE(refused.error().sentence, unfitForModels(*dark->slide)->sentence);
  }
};

}  // namespace geneglass::tissue_and_grid_test

GENEGLASS_TEST(geneglass::tissue_and_grid_test::TissueAndGridTest)
#include "tissue_and_grid_test.moc"
