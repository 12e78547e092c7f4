// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <openslide/openslide.h>

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <random>
#include <thread>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/formats/direct_tiff_source.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::direct_tiff_made_test {

using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

using Outcome = std::optional<DriverOutcome>;

/// OpenSlide hashes the coarsest level when it opens a file and refuses the file where a tile of it is beyond
/// the end: what is damaged here is the finest of two.
static const TiffRecipe kPyramid{.levels = 2};

/// The largest difference of one channel.
static int difference(const Image& tile, const Image& expected) {
  int largest = tile.width == expected.width && tile.height == expected.height ? 0 : 256;
  for (size_t i = 0; i < std::min(tile.pixels.size(), expected.pixels.size()); ++i)
    for (int shift = 0; shift < 32; shift += 8)
      largest = std::max(largest, std::abs(static_cast<int>(tile.pixels[i] >> shift & 0xff) -
                                           static_cast<int>(expected.pixels[i] >> shift & 0xff)));
  return largest;
}

static Image openSlidesTile(const std::filesystem::path& file, const Level& level, TileKey key, Size size) {
  openslide_t* peer = openslide_open(file.c_str());
  Image image(static_cast<int>(size.width), static_cast<int>(size.height));
  openslide_read_region(peer, image.pixels.data(), key.column * level.tile.width, key.row * level.tile.height,
                        key.level, size.width, size.height);
  const char* error = openslide_get_error(peer);
  if (error) image.pixels.clear();
  openslide_close(peer);
  return image;
}

/// What was painted, as one sample, if there is but one.
static Image painted(const TiffRecipe& recipe, TileKey key, int width, int height) {
  Image image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const uint32_t pixel = testing::paintedAt(key.column * recipe.tile + x, key.row * recipe.tile + y);
      const auto green = static_cast<uint32_t>(greenOf(pixel));
      image.at(x, y) = recipe.samples == 1 ? opaque(green, green, green) : pixel;
    }
  return image;
}

static std::string sentence(const std::filesystem::path& file, TileKey key, const std::string& reason) {
  return fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level, key.column,
                     key.row, file.string(), reason);
}

class DirectTiffMadeTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path made(const TiffRecipe& recipe) {
    static int number = 0;
    const std::filesystem::path file =
        m_folder.filePath(QStringLiteral("made-%1.tif").arg(++number)).toStdString();
    testing::writeTiff(file, recipe);
    return file;
  }

  /// Changes the made file's bytes.
  std::filesystem::path damaged(const TiffRecipe& recipe, const std::function<void(FileBytes&)>& damage) {
    const std::filesystem::path file = made(recipe);
    FileBytes bytes(file);
    damage(bytes);
    bytes.write(file);
    return file;
  }

  /// The tile has this sentence, and all others are as they were.
  void verifyOnlyOneIsLost(const std::filesystem::path& file, const TiffRecipe& recipe, TileKey lost,
                           const std::string& reason) {
    const DriverOutcome whole = openDirectTiff(readFileHead(made(recipe)).value()).value().value();
    const DriverOutcome torn = openDirectTiff(readFileHead(file).value()).value().value();
    for (int row = 0; row < 2; ++row)
      for (int column = 0; column < 3; ++column) {
        const TileKey key{0, column, row};
        const Result<TilePtr> tile = torn.source->read(key);
        if (key == lost) {
          QVERIFY(!tile);
          QVERIFY2(tile.error().sentence.starts_with(sentence(file, key, reason)),
                   tile.error().sentence.c_str());
        } else {
          QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
          QVERIFY((*tile)->image.pixels == (*whole.source->read(key))->image.pixels);
        }
      }
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void tilesOfEachKindAreWhatWasPaintedAndWhatOpenslideShows_data() {
    QTest::addColumn<TiffRecipe>("recipe");
    QTest::addColumn<int>("tolerance");  // of the compression itself
    const auto row = [](const char* name, const TiffRecipe& recipe, int tolerance) {
      QTest::newRow(name) << recipe << tolerance;
    };
    row("JPEG, YCbCr 4:2:0", {}, 60);
    row("JPEG, YCbCr 4:4:4", {.subsampling = 1}, 40);
    row("JPEG, RGB", {.photometric = PHOTOMETRIC_RGB}, 40);
    row("JPEG, BigTIFF", {.big = true}, 60);
    row("LZW", {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB}, 0);
    row("LZW, predictor", {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .predictor = true},
        0);
    row("deflate", {.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB}, 0);
    row("old deflate", {.compression = COMPRESSION_DEFLATE, .photometric = PHOTOMETRIC_RGB}, 0);
    row("raw", {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB}, 0);
    row("raw, BigTIFF", {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB, .big = true}, 0);
    row("raw, planes apart",
        {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB, .planes = PLANARCONFIG_SEPARATE},
        0);
    row("raw, grey", {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_MINISBLACK, .samples = 1},
        0);
    row("LZW, alpha", {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .samples = 4}, 0);
    row("deflate, 16 bits",
        {.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB, .bits = 16}, 0);
  }
  void tilesOfEachKindAreWhatWasPaintedAndWhatOpenslideShows() {
    QFETCH(TiffRecipe, recipe);
    QFETCH(int, tolerance);
    const std::filesystem::path file = made(recipe);
    const Outcome outcome = openDirectTiff(readFileHead(file).value()).value();
    QVERIFY(outcome.has_value());
    const Level& level = outcome->slide.levels[0];
    QCOMPARE(level.columns() * level.rows(), int64_t{6});
    for (int row = 0; row < 2; ++row)
      for (int column = 0; column < 3; ++column) {
        const TileKey key{0, column, row};
        const Image tile = outcome->source->read(key).value()->image;
        QCOMPARE(QSize(tile.width, tile.height), QSize(column < 2 ? 128 : 44, row < 1 ? 128 : 82));
        QVERIFY(difference(tile, painted(recipe, key, tile.width, tile.height)) <= tolerance);
        QVERIFY(difference(tile, openSlidesTile(file, level, key, {tile.width, tile.height})) <= 2);
      }
  }

  void whatTheDirectDriverCannotDecodeStaysWithOpenslide() {
    for (const TiffRecipe& recipe :
         {TiffRecipe{.compression = COMPRESSION_PACKBITS, .photometric = PHOTOMETRIC_RGB},
          TiffRecipe{.photometric = PHOTOMETRIC_MINISBLACK, .samples = 1}}) {
      const Outcome handedOn = openDirectTiff(readFileHead(made(recipe)).value()).value();
      QVERIFY(handedOn.has_value());
      QCOMPARE(handedOn->slide.driver, std::string("openslide"));
    }
    QVERIFY(!openDirectTiff(readFileHead(testing::sourceFolder() / "README.md").value()).value());
    QCOMPARE(readFileHead("/nowhere.tif").error().sentence,
             std::string("Cannot open '/nowhere.tif': No such file or directory."));
    const auto turned =
        damaged({.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB, .description = "x"},
                [](FileBytes& bytes) { bytes.putTag(TIFFTAG_IMAGEDESCRIPTION, 0); });
    QVERIFY(openDirectTiff(readFileHead(turned).value()).value().has_value());
  }

  void aTileBeyondTheFilesEndCostsThatTileOnly() {
    const auto file = damaged(
        kPyramid, [](FileBytes& bytes) { bytes.putTileValue(TIFFTAG_TILEOFFSETS, 4, bytes.size() - 10); });
    verifyOnlyOneIsLost(file, kPyramid, {0, 1, 1}, "its bytes lie beyond the end of the file");
  }

  void aTileOfImpossibleLengthCostsThatTileOnly() {
    const auto file =
        damaged(kPyramid, [](FileBytes& bytes) { bytes.putTileValue(TIFFTAG_TILEBYTECOUNTS, 1, 65535); });
    verifyOnlyOneIsLost(file, kPyramid, {0, 1, 0}, "its bytes lie beyond the end of the file");
  }

  void aTileThatPointsIntoAnotherKindOfBytesCostsThatTileOnly() {
    const auto file =
        damaged(kPyramid, [](FileBytes& bytes) { bytes.putTileValue(TIFFTAG_TILEOFFSETS, 2, 0); });
    verifyOnlyOneIsLost(file, kPyramid, {0, 2, 0}, "Not a JPEG file: starts with 0x49 0x49");
  }

  void aTileCutOffInTheMiddleCostsThatTileOnly() {
    const auto file = damaged(kPyramid, [](FileBytes& bytes) {
      bytes.putTileValue(TIFFTAG_TILEBYTECOUNTS, 3, bytes.tileValue(TIFFTAG_TILEBYTECOUNTS, 3) / 2);
    });
    verifyOnlyOneIsLost(file, kPyramid, {0, 0, 1}, "the JPEG data end before the tile is full");
  }

  void aTileOfOtherSizeCostsThatTileOnly() {
    const auto smaller = made({.tile = 64});
    const FileBytes other(smaller);
    const auto file = damaged(kPyramid, [&other](FileBytes& bytes) {
      const uint64_t from = other.tileValue(TIFFTAG_TILEOFFSETS, 0);
      const uint64_t count = other.tileValue(TIFFTAG_TILEBYTECOUNTS, 0);
      const uint64_t to = bytes.tileValue(TIFFTAG_TILEOFFSETS, 5);
      for (uint64_t i = 0; i < count; ++i) bytes.put(to + i, other.number(from + i, 1), 1);
    });
    verifyOnlyOneIsLost(file, kPyramid, {0, 2, 1}, "it is a JPEG of 64 x 64 pixels, not 128 x 128");
  }

  void damagedDeflateCostsThatTileOnly() {
    const TiffRecipe recipe{
        .compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB, .levels = 2};
    const auto file = damaged(recipe, [](FileBytes& bytes) {
      const uint64_t from = bytes.tileValue(TIFFTAG_TILEOFFSETS, 0);
      for (uint64_t i = 20; i < 60; ++i) bytes.put(from + i, 0xee, 1);
    });
    verifyOnlyOneIsLost(file, recipe, {0, 0, 0}, "Decoding error at scanline 0");
  }

  void aFileCutShortWhileOpenIsASentenceATile() {
    const std::filesystem::path file = made({});
    const DriverOutcome outcome = openDirectTiff(readFileHead(file).value()).value().value();
    QVERIFY(outcome.source->read({0, 2, 1}).has_value());
    std::filesystem::resize_file(file, 400);
    QCOMPARE(outcome.source->read({0, 2, 1}).error().sentence,
             sentence(file, {0, 2, 1}, "the file became shorter"));
  }

  void aTileThatNoMemoryHoldsIsRefusedWhenTheFileIsOpened() {
    const TiffRecipe recipe{.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB};
    for (const uint32_t side : {20000u, 1000000000u}) {
      const auto file = damaged(recipe, [side](FileBytes& bytes) {
        bytes.putTag(TIFFTAG_TILEWIDTH, side);
        bytes.putTag(TIFFTAG_TILELENGTH, side);
      });
      QCOMPARE(openSlide(file).error().sentence,
               fmt::format("Cannot open '{}': a tile of {} x {} pixels does not fit into memory.",
                           file.string(), side, side));
    }
  }

  void thereIsNoTileBeyondTheLast() {
    const std::filesystem::path file = made({});
    const DriverOutcome outcome = openDirectTiff(readFileHead(file).value()).value().value();
    for (const TileKey key : {TileKey{0, 3, 0}, {0, 0, 2}, {1, 0, 0}, {-1, 0, 0}, {0, -1, 0}, {0, 0, -1}})
      QCOMPARE(outcome.source->read(key).error().sentence, sentence(file, key, "there is no such tile"));
  }

  void aStormOfReadsFromEightThreadsGivesEachItsOwnTile() {
    for (const uint16_t compression : {COMPRESSION_JPEG, COMPRESSION_LZW}) {
      const TiffRecipe recipe{.compression = compression,
                              .photometric = static_cast<uint16_t>(
                                  compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB),
                              .width = 600,
                              .height = 500,
                              .tile = 64};
      const auto file = damaged(recipe, [](FileBytes& bytes) {
        const uint64_t from = bytes.tileValue(TIFFTAG_TILEOFFSETS, 13);
        for (uint64_t i = 0; i < bytes.tileValue(TIFFTAG_TILEBYTECOUNTS, 13); ++i) bytes.put(from + i, 0, 1);
      });
      const DriverOutcome outcome = openDirectTiff(readFileHead(file).value()).value().value();
      std::vector<Result<TilePtr>> alone;
      for (int i = 0; i < 80; ++i) alone.push_back(outcome.source->read({0, i % 10, i / 10}));
      QVERIFY(!alone[13] && alone[12] && alone[14]);
      std::atomic<int> wrong = 0;
      {
        std::vector<std::jthread> readers;
        for (unsigned seed = 0; seed < 8; ++seed)
          readers.emplace_back([&, seed] {
            std::mt19937 random(seed);
            for (int count = 0; count < 400; ++count) {
              const size_t i = random() % 80;
              const auto tile = outcome.source->read({0, static_cast<int>(i % 10), static_cast<int>(i / 10)});
              const bool same = tile && alone[i] ? (*tile)->image.pixels == (*alone[i])->image.pixels
                                                 : tile.has_value() == alone[i].has_value();
              if (!same) ++wrong;
            }
          });
      }
      QCOMPARE(wrong.load(), 0);
    }
  }
};

}  // namespace geneglass::direct_tiff_made_test

GENEGLASS_TEST(geneglass::direct_tiff_made_test::DirectTiffMadeTest)
#include "direct_tiff_made_test.moc"
