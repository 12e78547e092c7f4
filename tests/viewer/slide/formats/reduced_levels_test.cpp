// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/reduced_levels.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/formats/direct_tiff_source.h"
#include "viewer/slide/region.h"

namespace geneglass::reduced_levels_test {

using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

static std::vector<Level> fileLevels(std::initializer_list<double> downsamples,
                                     Size finest = {100000, 80000}) {
  std::vector<Level> levels;
  for (const double downsample : downsamples)
    levels.push_back({{static_cast<int64_t>(static_cast<double>(finest.width) / downsample),
                       static_cast<int64_t>(static_cast<double>(finest.height) / downsample)},
                      downsample,
                      {256, 256}});
  return levels;
}

static std::vector<LevelOrigin> planned(const std::vector<Level>& levels) {
  return withReducedLevels(levels, std::vector<bool>(levels.size(), true));
}

static std::vector<double> downsamplesOf(const std::vector<LevelOrigin>& levels) {
  std::vector<double> downsamples;
  for (const LevelOrigin& level : levels) downsamples.push_back(level.level.downsample);
  return downsamples;
}

/// Mean difference in 8-bit steps where `a`, moved by (x, y), and `b` both have pixels.
static double difference(const Image& a, const Image& b, int x = 0, int y = 0) {
  double sum = 0;
  double count = 0;
  for (int row = std::max(0, -y); row < std::min(a.height, b.height - y); ++row)
    for (int column = std::max(0, -x); column < std::min(a.width, b.width - x); ++column, count += 3) {
      const uint32_t one = a.at(column, row);
      const uint32_t other = b.at(column + x, row + y);
      sum += std::abs(redOf(one) - redOf(other)) + std::abs(greenOf(one) - greenOf(other)) +
             std::abs(blueOf(one) - blueOf(other));
    }
  return sum / count;
}

static Image wholeLevel(const DriverOutcome& opened, int level) {
  const Size size = opened.slide.levels[static_cast<size_t>(level)].size;
  return readLevelRegion(opened.slide, *opened.source, level, 0, 0, static_cast<int>(size.width),
                         static_cast<int>(size.height))
      .value();
}

class ReducedLevelsTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  const TiffRecipe m_single{.width = 2150, .height = 1790, .tile = 128};

  std::filesystem::path made(const TiffRecipe& recipe) {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("made.tif")).toStdString();
    testing::writeTiff(file, recipe);
    return file;
  }

 private Q_SLOTS:
  void stepsOfTwoNeedNoLevelAndOthersGetWhatLiesBetween() {
    using Downsamples = std::vector<double>;
    QCOMPARE(downsamplesOf(planned(fileLevels({1, 2.0002, 4.0007, 128}))).size(), size_t{4 + 4});
    QCOMPARE(downsamplesOf(planned(fileLevels({1, 2, 4, 8, 16, 32, 64, 128}))).size(), size_t{8});
    QCOMPARE(downsamplesOf(planned(fileLevels({1, 4.0001, 16.001, 128}))),
             (Downsamples{1, 2, 4.0001, 8.0002, 16.001, 32.002, 64.004, 128}));
    QCOMPARE(downsamplesOf(planned(fileLevels({1, 16.001, 128}))),
             (Downsamples{1, 2, 4, 8, 16.001, 32.002, 64.004, 128}));
    QCOMPARE(downsamplesOf(planned(fileLevels({1}, {5000, 3000}))), (Downsamples{1, 2, 4, 8}));
    QCOMPARE(downsamplesOf(planned(fileLevels({1}, {900, 1024}))), (Downsamples{1}));
    QCOMPARE(downsamplesOf(withReducedLevels(fileLevels({1, 4}), {false, false})), (Downsamples{1, 4}));
  }

  void noViewDecodesMoreThanFourTimesItsOwnPixels() {
    for (const auto& file : {fileLevels({1, 4, 16, 64}), fileLevels({1, 16.001, 300}), fileLevels({1}),
                             fileLevels({1, 2, 5, 11, 90})}) {
      Slide slide;
      for (const LevelOrigin& origin : planned(file)) slide.levels.push_back(origin.level);
      for (double downsample = 1; downsample < 64; downsample *= 1.01) {
        const double finer = slide.levels[static_cast<size_t>(slide.viewLevelFor(downsample))].downsample;
        QVERIFY2(std::pow(downsample / finer, 2) <= 4.1, qPrintable(QString::number(downsample)));
      }
    }
  }

  void analysisNeverSeesAReducedLevel() {
    Slide slide;
    for (const LevelOrigin& origin : planned(fileLevels({1, 16}))) slide.levels.push_back(origin.level);
    for (double downsample = 1; downsample < 64; downsample *= 1.1)
      QVERIFY(!slide.levels[static_cast<size_t>(slide.levelFor(downsample))].reduced);
    QVERIFY(slide.levels[static_cast<size_t>(slide.viewLevelFor(5))].reduced);

    const DriverOutcome opened = openDirectTiff(readFileHead(made(m_single)).value()).value().value();
    QVERIFY(opened.slide.levels.size() == 3);
    Slide alone = opened.slide;
    alone.levels.resize(1);
    const Rect area{100, 50, 900, 700};
    QVERIFY(readRegion(opened.slide, *opened.source, area, 200, 150)->pixels ==
            readRegion(alone, *opened.source, area, 200, 150)->pixels);
  }

  void aReducedLevelShowsTheMeanOfTheFilesPixelsInItsPlace() {
    for (const uint16_t photometric : {PHOTOMETRIC_YCBCR, PHOTOMETRIC_RGB}) {
      TiffRecipe recipe = m_single;
      recipe.photometric = photometric;
      const DriverOutcome opened = openDirectTiff(readFileHead(made(recipe)).value()).value().value();
      const Image finest = wholeLevel(opened, 0);
      for (const int level : {1, 2}) {
        const Image reduced = wholeLevel(opened, level);
        const Image expected = boxMean(finest, 1 << level);
        QCOMPARE(QSize(reduced.width, reduced.height), QSize(expected.width, expected.height));
        const double here = difference(reduced, expected);
        QVERIFY2(here < 1.5, qPrintable(QString::number(here)));
        for (const auto& [x, y] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          QVERIFY(here < difference(reduced, expected, x, y));
      }
    }
  }

  void farReducedTilesAreMeansOfTheEighth() {
    TiffRecipe recipe{.width = 9000, .height = 300, .tile = 128};
    const DriverOutcome opened = openDirectTiff(readFileHead(made(recipe)).value()).value().value();
    QCOMPARE(opened.slide.levels.back().downsample, 16.0);
    const Image expected = boxMean(wholeLevel(opened, 0), 16);
    const Image reduced = wholeLevel(opened, static_cast<int>(opened.slide.levels.size()) - 1);
    QCOMPARE(QSize(reduced.width, reduced.height), QSize(562, 18));
    QVERIFY(difference(reduced, expected) < 1.5);
  }

  void aDamagedTileCostsOnlyItsOwnPartOfAReducedTile() {
    const DriverOutcome whole = openDirectTiff(readFileHead(made(m_single)).value()).value().value();
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("torn.tif")).toStdString();
    FileBytes bytes(m_folder.filePath(QStringLiteral("made.tif")).toStdString());
    const uint64_t from = bytes.tileValue(TIFFTAG_TILEOFFSETS, 20);  // column 3, row 1 of 17 columns
    for (uint64_t i = 0; i < bytes.tileValue(TIFFTAG_TILEBYTECOUNTS, 20); ++i) bytes.put(from + i, 0, 1);
    bytes.write(file);
    const DriverOutcome torn = openDirectTiff(readFileHead(file).value()).value().value();
    QCOMPARE(torn.source->read({0, 3, 1}).error().sentence,
             "Cannot read tile (level 0, column 3, row 1) of '" + file.string() +
                 "': Not a JPEG file: starts with 0x00 0x00.");
    QCOMPARE(torn.source->read({1, 3, 1}).error().sentence,
             "Cannot read tile (level 1, column 3, row 1) of '" + file.string() +
                 "': Not a JPEG file: starts with 0x00 0x00.");
    const Rect lost{32, 32, 32, 32};  // in the tile (1, 0) of level 2, made of four
    for (const TileKey key : {TileKey{1, 2, 1}, {1, 3, 0}, {2, 0, 0}, {2, 1, 0}, {2, 1, 1}}) {
      const TilePtr tile = torn.source->read(key).value();
      const Image expected = whole.source->read(key).value()->image;
      const bool hit = key == TileKey{2, 1, 0};
      QCOMPARE(tile->damaged, hit);
      QCOMPARE(tile->damage, hit ? "Cannot read tile (level 2, column 1, row 0) of '" + file.string() +
                                       "': Not a JPEG file: starts with 0x00 0x00."
                                 : std::string());
      for (int y = 0; y < expected.height; ++y)
        for (int x = 0; x < expected.width; ++x) {
          const bool gone = hit && x >= lost.x && y >= lost.y && x < lost.right() && y < lost.bottom();
          if (tile->image.at(x, y) != (gone ? 0u : expected.at(x, y)))
            QFAIL(qPrintable(QStringLiteral("level %1, pixel %2, %3").arg(key.level).arg(x).arg(y)));
        }
    }
  }

  void whatTheScannerLeftOutIsTransparentAsOpenslideHasIt() {
    const std::filesystem::path file =
        made({.width = 2150, .height = 1790, .tile = 128, .description = "Aperio Image Library v1"});
    FileBytes bytes(file);
    bytes.putTileValue(TIFFTAG_TILEBYTECOUNTS, 20, 0);
    bytes.write(file);
    const DriverOutcome opened = openDirectTiff(readFileHead(file).value()).value().value();
    QCOMPARE(opened.slide.vendor, std::string("aperio"));
    for (const int index : {0, 1}) {
      const Image left = (*opened.source->read({index, 3, 1}))->image;
      QVERIFY(std::all_of(left.pixels.begin(), left.pixels.end(), [](uint32_t pixel) { return pixel == 0; }));
      QCOMPARE(alphaOf((*opened.source->read({index, 4, 1}))->image.at(5, 5)), 255);
    }
    const Image grouped = (*opened.source->read({2, 1, 0}))->image;
    QCOMPARE(alphaOf(grouped.at(40, 40)), 0);
    QCOMPARE(alphaOf(grouped.at(20, 40)), 255);
    QCOMPARE(alphaOf(grouped.at(40, 20)), 255);
  }
};

}  // namespace geneglass::reduced_levels_test

GENEGLASS_TEST(geneglass::reduced_levels_test::ReducedLevelsTest)
#include "reduced_levels_test.moc"
