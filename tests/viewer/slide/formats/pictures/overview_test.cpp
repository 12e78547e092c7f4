// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/overview.h"

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/pictures/pyramid_cache.h"
#include "viewer/slide/formats/reduced_levels.h"

namespace geneglass::overview_test {

using namespace geneglass::testing;

class OverviewTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// One level of tiles that cannot be decoded at a part of their size.
  void write(const char* name, uint16_t compression, int width = 5001, int height = 1030) const {
    TiffRecipe recipe;
    recipe.compression = compression;
    recipe.photometric = compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB;
    recipe.width = width;
    recipe.height = height;
    writeTiff(path(name), recipe);
  }

 private Q_SLOTS:
  void aLargeSingleLevelIsLookedAtWholeByLevelsOfMeans() {
    write("a.tif", COMPRESSION_LZW);
    const auto opened = openSlide(path("a.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Slide& slide = *opened->slide;
    QCOMPARE(slide.driver, std::string("direct-tiff"));
    QCOMPARE(slide.levels.size(), size_t{5});
    QCOMPARE(slide.levels[1].downsample, 4.0);
    QCOMPARE(slide.levels[1].size, (Size{1250, 257}));
    QVERIFY(slide.levels[1].reduced);
    QCOMPARE(slide.levels.back().size, (Size{156, 32}));
    QCOMPARE(slide.levelFor(64), 0);  // analysis reads the file's own
    QCOMPARE(slide.viewLevelFor(9), 2);
    const Result<Image> finest = wholeOf(*opened);
    QVERIFY(finest);
    Image wanted = boxMean(boxMean(*finest, 2), 2);
    for (int level = 1; level < 5; ++level) {
      const Size size = slide.levels[static_cast<size_t>(level)].size;
      const Result<Image> image = readLevelRegion(
          slide, *opened->source, level, 0, 0, static_cast<int>(size.width), static_cast<int>(size.height));
      QVERIFY2(image, image ? "" : image.error().sentence.c_str());
      QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wanted.at(x, y); }), 0);
      wanted = boxMean(wanted, 2);
    }
  }

  void smallOnesAndThoseOfJpegHaveTheirLevelsAsBefore() {
    write("small.tif", COMPRESSION_LZW, 4000, 300);
    QCOMPARE(openSlide(path("small.tif"))->slide->levels.size(), size_t{1});
    write("jpeg.tif", COMPRESSION_JPEG);
    QCOMPARE(openSlide(path("jpeg.tif"))->slide->levels[1].downsample, 2.0);
    write("thin.tif", COMPRESSION_LZW, 5000, 1);
    QCOMPARE(openSlide(path("thin.tif"))->slide->levels.size(), size_t{1});
  }

  void untilItIsWholeThereIsASampleInPaleColours() {
    write("s.tif", COMPRESSION_NONE);
    const auto opened = openSlide(path("s.tif"));
    QVERIFY(opened);
    QVERIFY(!opened->source->preparation());  // no prediction waits for it
    TilePtr tile;
    QTRY_VERIFY((tile = *opened->source->look({4, 0, 0})));
    QCOMPARE(tile->image.width, 156);
    if (tile->unfinished)
      for (const uint32_t pixel : tile->image.pixels) QCOMPARE(alphaOf(pixel), 255);
    QVERIFY(!(*opened->source->read({4, 0, 0}))->unfinished);
  }

  void itIsMadeOnceAndNotKeptWhereTilesAreDamaged() {
    const QByteArray before = qgetenv("GENEGLASS_CACHE");
    qputenv("GENEGLASS_CACHE", m_folder.path().toUtf8() + "/cache");
    write("k.tif", COMPRESSION_LZW);
    const auto first = openSlide(path("k.tif"));
    QVERIFY(first->source->read({4, 0, 0}));
    QTRY_COMPARE(PyramidCache().contents().pyramids, 1);
    const auto again = openSlide(path("k.tif"));
    QVERIFY(!(*again->source->look({4, 0, 0}))->unfinished);
    FileBytes bytes(path("k.tif"));
    bytes.putTileValue(TIFFTAG_TILEOFFSETS, 7, bytes.size() + 1000);
    bytes.write(path("hurt.tif"));
    {
      const auto hurt = openSlide(path("hurt.tif"));
      QVERIFY(hurt);
      const Result<TilePtr> tile = hurt->source->read({1, 0, 0});
      QVERIFY(tile);
      QCOMPARE((*tile)->image.at(7 * 32 + 5, 5), 0u);
    }
    QCOMPARE(PyramidCache().contents().pyramids, 1);
    qputenv("GENEGLASS_CACHE", before);
  }
};

}  // namespace geneglass::overview_test

GENEGLASS_TEST(geneglass::overview_test::OverviewTest)
#include "overview_test.moc"
