// SPDX-License-Identifier: GPL-3.0-or-later
#include <openslide/openslide.h>

#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::aperio_jpeg2000_test {

using geneglass::testing::FileBytes;
using geneglass::testing::Jpeg2000Recipe;
using geneglass::testing::TiffRecipe;

/// The largest and the mean difference of one channel.
struct Difference {
  int largest = 0;
  double mean = 0;
};

/// Where `a`, moved by (x, y), and `b` both have pixels.
static Difference difference(const Image& a, const Image& b, int x = 0, int y = 0) {
  Difference found;
  double sum = 0;
  double count = 0;
  for (int row = std::max(0, -y); row < std::min(a.height, b.height - y); ++row)
    for (int column = std::max(0, -x); column < std::min(a.width, b.width - x); ++column)
      for (int shift = 0; shift < 32; shift += 8, ++count) {
        const int away = std::abs(static_cast<int>(a.at(column, row) >> shift & 0xff) -
                                  static_cast<int>(b.at(column + x, row + y) >> shift & 0xff));
        found.largest = std::max(found.largest, away);
        sum += away;
      }
  if (count == 0 || a.pixels.size() != b.pixels.size()) return {256, 256};
  found.mean = sum / count;
  return found;
}

static Image wholeLevel(const OpenedSlide& opened, int level) {
  const Size size = opened.slide->levels[static_cast<size_t>(level)].size;
  return readLevelRegion(*opened.slide, *opened.source, level, 0, 0, static_cast<int>(size.width),
                         static_cast<int>(size.height))
      .value();
}

static Image openSlides(const std::filesystem::path& file, int level, int width, int height) {
  openslide_t* peer = openslide_open(file.c_str());
  Image image(width, height);
  openslide_read_region(peer, image.pixels.data(), 0, 0, level, width, height);
  if (openslide_get_error(peer)) image.pixels.clear();
  openslide_close(peer);
  return image;
}

class AperioJpeg2000Test : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path made(const TiffRecipe& recipe, const Jpeg2000Recipe& kind) {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("made.svs")).toStdString();
    testing::writeAperioJpeg2000(file, recipe, kind);
    return file;
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void pixelsAreWhatWasPaintedAndWhatOpenslideShows_data() {
    QTest::addColumn<Jpeg2000Recipe>("kind");
    QTest::addColumn<int>("tolerance");  // of the coarser chroma
    QTest::newRow("33005, RGB") << Jpeg2000Recipe{} << 0;
    QTest::newRow("33003, YCbCr 4:4:4") << Jpeg2000Recipe{.yCbCr = true} << 2;
    QTest::newRow("33003, YCbCr 4:2:2") << Jpeg2000Recipe{.yCbCr = true, .stepX = 2} << 40;
    QTest::newRow("33003, YCbCr 4:2:0") << Jpeg2000Recipe{.yCbCr = true, .stepX = 2, .stepY = 2} << 60;
  }
  void pixelsAreWhatWasPaintedAndWhatOpenslideShows() {
    QFETCH(Jpeg2000Recipe, kind);
    QFETCH(int, tolerance);
    const std::filesystem::path file = made({.levels = 2}, kind);
    const OpenedSlide opened = openSlide(file).value();
    QCOMPARE(opened.slide->driver, std::string("direct-tiff"));
    QCOMPARE(opened.slide->vendor, std::string("aperio"));
    QCOMPARE(opened.slide->levels.size(), size_t{2});
    for (const int level : {0, 1}) {
      const Image own = wholeLevel(opened, level);
      Image painted(own.width, own.height);
      for (int y = 0; y < own.height; ++y)
        for (int x = 0; x < own.width; ++x) painted.at(x, y) = testing::paintedAt(x, y);
      const Difference fromPainted = difference(own, painted);
      QVERIFY2(fromPainted.largest <= tolerance, qPrintable(QString::number(fromPainted.largest)));
      const Difference fromPeer = difference(own, openSlides(file, level, own.width, own.height));
      QVERIFY2(fromPeer.largest <= 1 && fromPeer.mean <= 0.5,
               qPrintable(QStringLiteral("largest %1, mean %2").arg(fromPeer.largest).arg(fromPeer.mean)));
    }
  }

  void reducedLevelsAreTheFinestSeenFromFurtherAway_data() {
    QTest::addColumn<Jpeg2000Recipe>("kind");
    QTest::newRow("RGB") << Jpeg2000Recipe{};
    QTest::newRow("YCbCr 4:2:2") << Jpeg2000Recipe{.yCbCr = true, .stepX = 2};
    QTest::newRow("a stream that can be halved once") << Jpeg2000Recipe{.resolutions = 2};
    QTest::newRow("a stream that cannot be halved") << Jpeg2000Recipe{.resolutions = 1};
  }
  void reducedLevelsAreTheFinestSeenFromFurtherAway() {
    QFETCH(Jpeg2000Recipe, kind);
    const OpenedSlide opened = openSlide(made({.width = 2150, .height = 140}, kind)).value();
    QCOMPARE(opened.slide->levels.size(), size_t{3});
    const Image finest = wholeLevel(opened, 0);
    for (const int level : {1, 2}) {
      QVERIFY(opened.slide->levels[static_cast<size_t>(level)].reduced);
      const Image reduced = wholeLevel(opened, level);
      const Image expected = boxMean(finest, 1 << level);
      QCOMPARE(QSize(reduced.width, reduced.height), QSize(expected.width, expected.height));
      const double away = difference(reduced, expected).mean;
      QVERIFY2(away < (kind.resolutions == 1 ? 0.01 : 6), qPrintable(QString::number(away)));
      for (const auto& [x, y] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
        QVERIFY(away < difference(reduced, expected, x, y).mean);
    }
  }

  void aDamagedTileCostsThatTileOnly() {
    const std::filesystem::path file = made({.levels = 2}, {.yCbCr = true, .stepX = 2});
    const OpenedSlide whole = openSlide(file).value();
    FileBytes bytes(file);
    const uint64_t at = bytes.tileValue(TIFFTAG_TILEOFFSETS, 2);
    for (uint64_t i = 40; i < 60; ++i) bytes.put(at + i, 0xee, 1);
    const std::filesystem::path torn = m_folder.filePath(QStringLiteral("torn.svs")).toStdString();
    bytes.write(torn);
    const OpenedSlide opened = openSlide(torn).value();
    for (int i = 0; i < 6; ++i) {
      const TileKey key{0, i % 3, i / 3};
      const Result<TilePtr> tile = opened.source->read(key);
      QCOMPARE(tile.has_value(), i != 2);
      if (tile) QVERIFY((*tile)->image.pixels == (*whole.source->read(key))->image.pixels);
    }
    QVERIFY(opened.source->read({0, 2, 0}).error().sentence.starts_with(
        "Cannot read tile (level 0, column 2, row 0) of '" + torn.string() + "': "));
  }
};

}  // namespace geneglass::aperio_jpeg2000_test

GENEGLASS_TEST(geneglass::aperio_jpeg2000_test::AperioJpeg2000Test)
#include "aperio_jpeg2000_test.moc"
