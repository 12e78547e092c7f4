// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cstring>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::damaged_tiff_test {

using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

static const TiffRecipe kPyramid{.width = 600, .height = 420, .levels = 3};
static const TiffRecipe kAperioPyramid{.width = 600,
                                       .height = 420,
                                       .levels = 3,
                                       .description =
                                           "Aperio Image Library v1\r\n600x420 [0,0 600x420] "
                                           "(128x128) JPEG/RGB Q=70|AppMag = 20|MPP = 0.4990|Left = "
                                           "25.691574"};

/// What a file cut short or damaged still gives, against the whole one.
struct Kept {
  int same = 0;
  int lost = 0;
  int wrong = 0;  ///< tiles with other pixels: never
};

static Kept compare(const OpenedSlide& torn, const OpenedSlide& whole, int level) {
  Kept kept;
  const Level& facts = whole.slide->levels[static_cast<size_t>(level)];
  for (int row = 0; row < facts.rows(); ++row)
    for (int column = 0; column < facts.columns(); ++column) {
      const Result<TilePtr> tile = torn.source->read({level, column, row});
      if (!tile)
        ++kept.lost;
      else if ((*tile)->image.pixels == (*whole.source->read({level, column, row}))->image.pixels)
        ++kept.same;
      else
        ++kept.wrong;
    }
  return kept;
}

static int fileLevels(const Slide& slide) {
  return static_cast<int>(std::count_if(slide.levels.begin(), slide.levels.end(),
                                        [](const Level& level) { return !level.reduced; }));
}

/// The finest level of a real slide with its directory before its tiles, as cloud-optimised files have it.
static void writeDirectoryFirst(const std::filesystem::path& from, const std::filesystem::path& to) {
  TIFF* in = TIFFOpen(from.c_str(), "r");
  TIFF* out = TIFFOpen(to.c_str(), "w");
  for (const uint32_t tag :
       {TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH, TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH}) {
    uint32_t value = 0;
    TIFFGetField(in, tag, &value);
    TIFFSetField(out, tag, value);
  }
  for (const uint32_t tag : {TIFFTAG_BITSPERSAMPLE, TIFFTAG_SAMPLESPERPIXEL, TIFFTAG_PLANARCONFIG,
                             TIFFTAG_COMPRESSION, TIFFTAG_PHOTOMETRIC}) {
    uint16_t value = 0;
    TIFFGetField(in, tag, &value);
    TIFFSetField(out, tag, value);
  }
  const char* description = nullptr;
  TIFFGetField(in, TIFFTAG_IMAGEDESCRIPTION, &description);
  TIFFSetField(out, TIFFTAG_IMAGEDESCRIPTION, description);
  uint32_t length = 0;
  const void* tables = nullptr;
  if (TIFFGetField(in, TIFFTAG_JPEGTABLES, &length, &tables))
    TIFFSetField(out, TIFFTAG_JPEGTABLES, length, tables);
  TIFFDeferStrileArrayWriting(out);
  TIFFWriteCheck(out, 1, "writeDirectoryFirst");
  TIFFWriteDirectory(out);
  TIFFSetDirectory(out, 0);
  TIFFForceStrileArrayWriting(out);
  for (uint32_t tile = 0; tile < TIFFNumberOfTiles(in); ++tile) {
    std::vector<uint8_t> bytes(TIFFGetStrileByteCount(in, tile));
    TIFFReadRawTile(in, tile, bytes.data(), static_cast<tmsize_t>(bytes.size()));
    TIFFWriteRawTile(out, tile, bytes.data(), static_cast<tmsize_t>(bytes.size()));
  }
  TIFFClose(out);
  TIFFClose(in);
}

class DamagedTiffTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  int m_number = 0;

  std::filesystem::path fresh() {
    return m_folder.filePath(QStringLiteral("slide-%1.svs").arg(++m_number)).toStdString();
  }
  std::filesystem::path made(const TiffRecipe& recipe) {
    const std::filesystem::path file = fresh();
    testing::writeTiff(file, recipe);
    return file;
  }
  std::filesystem::path cut(const std::filesystem::path& whole, int percent) {
    const std::filesystem::path file = fresh();
    std::filesystem::copy_file(whole, file);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    std::filesystem::resize_file(file,
                                 std::filesystem::file_size(whole) * static_cast<unsigned>(percent) / 100);
    return file;
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void aTileOfTheCoarsestLevelBeyondTheEndCostsThatTileOnly() {
    for (const TiffRecipe& recipe : {kPyramid, kAperioPyramid}) {
      const std::filesystem::path sound = made(recipe), file = fresh();
      const OpenedSlide whole = openSlide(sound).value();
      FileBytes bytes(sound);
      bytes.putTileValue(TIFFTAG_TILEOFFSETS, 1, bytes.size() + 5, 2);
      bytes.write(file);
      const Result<OpenedSlide> torn = openSlide(file);
      QVERIFY2(torn, torn ? "" : torn.error().sentence.c_str());
      const Slide& slide = *torn->slide;
      QCOMPARE(slide.driver, std::string("direct-tiff"));
      QCOMPARE(slide.vendor, whole.slide->vendor);
      QCOMPARE(slide.levels.size(), whole.slide->levels.size());
      for (size_t i = 0; i < slide.levels.size(); ++i) {
        QVERIFY(slide.levels[i].size == whole.slide->levels[i].size);
        QCOMPARE(slide.levels[i].downsample, whole.slide->levels[i].downsample);
      }
      QCOMPARE(slide.mpp.has_value(), recipe.description != nullptr);
      QCOMPARE(slide.mpp.value_or(Mpp{}).x, whole.slide->mpp.value_or(Mpp{}).x);
      QCOMPARE(slide.objectivePower, whole.slide->objectivePower);
      QVERIFY2(
          slide.damage.starts_with("1 of 28 tiles lie beyond the end of the file. Read without OpenSlide, "),
          slide.damage.c_str());
      QVERIFY(whole.slide->damage.empty());
      for (const int level : {0, 1, 2}) {
        const Kept kept = compare(*torn, whole, level);
        QCOMPARE(kept.wrong, 0);
        QCOMPARE(kept.lost, level == 2 ? 1 : 0);
      }
      QCOMPARE(torn->source->read({2, 1, 0}).error().sentence,
               "Cannot read tile (level 2, column 1, row 0) of '" + file.string() +
                   "': its bytes lie beyond the end of the file.");
      QCOMPARE(torn->source->readAssociatedImage("label").error().sentence,
               "Cannot read the image 'label' of '" + file.string() + "': there is no such image.");
    }
  }

  void anyDamagedEntryOfACoarserDirectoryLeavesTheFinestLevelAsItWas() {
    const std::filesystem::path sound = made(kAperioPyramid), file = fresh();
    const OpenedSlide whole = openSlide(sound).value();
    const FileBytes good(sound);
    int withoutOpenSlide = 0;
    for (const int directory : {1, 2})
      for (const size_t entry : good.entries(directory))
        for (const auto& [offset, value, width] :
             {std::tuple{0, 0xffff, 2}, {2, 77, 2}, {4, 0x7fffffff, 4}, {8, 0, 4}, {8, 0x7ffffff0, 4}}) {
          FileBytes bytes = good;
          bytes.put(entry + static_cast<size_t>(offset), static_cast<uint64_t>(value),
                    static_cast<size_t>(width));
          bytes.write(file);
          const Result<OpenedSlide> torn = openSlide(file);
          const std::string what = fmt::format("directory {}, tag {}, byte {} = {:x}", directory,
                                               good.number(entry, 2), offset, value);
          QVERIFY2(torn, torn ? "" : (what + ": " + torn.error().sentence).c_str());
          QVERIFY2(torn->slide->levels[0].size == whole.slide->levels[0].size, what.c_str());
          const Kept kept = compare(*torn, whole, 0);
          QVERIFY2(kept.same == 20, what.c_str());
          withoutOpenSlide += torn->slide->damage.find("without OpenSlide") != std::string::npos;
        }
    QVERIFY2(withoutOpenSlide > 20, qPrintable(QString::number(withoutOpenSlide)));
  }

  void aRealSlideCutShortShowsWhatIsThere_data() {
    QTest::addColumn<int>("percent");
    QTest::newRow("half") << 50;
    QTest::newRow("nine tenths") << 90;
  }
  void aRealSlideCutShortShowsWhatIsThere() {
    QFETCH(int, percent);
    GENEGLASS_NEED(original, "slides/CMU-1-Small-Region.svs");
    const std::filesystem::path file = fresh();
    writeDirectoryFirst(original, file);
    const OpenedSlide whole = openSlide(original).value();
    QCOMPARE(compare(openSlide(file).value(), whole, 0).same, 130);
    const Result<OpenedSlide> torn = openSlide(cut(file, percent));
    QVERIFY2(torn, torn ? "" : torn.error().sentence.c_str());
    const Kept kept = compare(*torn, whole, 0);
    QCOMPARE(kept.wrong, 0);
    QVERIFY2(kept.lost > 130 * (95 - percent) / 100 / 2 && kept.same > 130 * (percent - 20) / 100,
             qPrintable(QStringLiteral("%1 the same, %2 lost").arg(kept.same).arg(kept.lost)));
    const std::string count = fmt::format("{} of 130 tiles lie beyond the end of the file.", kept.lost);
    QVERIFY2(torn->slide->damage.starts_with(count), torn->slide->damage.c_str());
    QCOMPARE(torn->slide->mpp->x, whole.slide->mpp->x);
    QCOMPARE(torn->slide->objectivePower, whole.slide->objectivePower);
  }

  void aRealSlideThatLostItsLaterDirectoriesKeepsItsFinestLevel() {
    for (const char* name : {"slides/CMU-1-Small-Region.svs", "slides/tcga-cr-7395-no-mpp.svs"}) {
      const std::filesystem::path original = testing::dataFile(name);
      if (original.empty()) QSKIP("no slides in GENEGLASS_DATA (../shared/data)");
      const OpenedSlide whole = openSlide(original).value();
      const Result<OpenedSlide> torn = openSlide(cut(original, 90));
      QVERIFY2(torn, torn ? "" : torn.error().sentence.c_str());
      QCOMPARE(fileLevels(*torn->slide), 1);
      const Kept kept = compare(*torn, whole, 0);
      QCOMPARE(kept.wrong + kept.lost, 0);
      QVERIFY2(torn->slide->damage.starts_with("Read without OpenSlide, "), torn->slide->damage.c_str());
    }
  }

  void aSlideCutBeforeItsFirstDirectoryIsRefusedWithThatReason() {
    for (const char* name : {"slides/CMU-1-Small-Region.svs", "slides/colon-section.tif"}) {
      const std::filesystem::path original = testing::dataFile(name);
      if (original.empty()) QSKIP("no slides in GENEGLASS_DATA (../shared/data)");
      const std::filesystem::path file = cut(original, 50);
      QCOMPARE(openSlide(file).error().sentence,
               "Cannot open '" + file.string() +
                   "': it is cut short: the table of what it holds lies beyond its end.");
    }
  }

  void whatIsNoPyramidIsRefusedAsBefore() {
    const std::filesystem::path none = made({});
    FileBytes bytes(none);
    for (size_t tile = 0; tile < 6; ++tile) bytes.putTileValue(TIFFTAG_TILEOFFSETS, tile, bytes.size() + 1);
    bytes.write(none);
    QVERIFY2(openSlide(none).error().sentence.starts_with("Cannot open '" + none.string() + "': "),
             "no tile");

    const std::filesystem::path foreign = made({.levels = 2, .description = "<?xml version='1.0'?><Other/>"});
    FileBytes chain(foreign);
    const size_t second = chain.entries(1).back() + 12;
    chain.put(second, chain.size() + 100, 4);  // a third directory beyond the end
    chain.write(foreign);
    QCOMPARE(openSlide(foreign).error().sentence,
             "Cannot open '" + foreign.string() + "': no reader knows this format.");
  }

  void whatWouldEndTheProgramInsideOpenslideIsKeptFromIt() {
    const std::filesystem::path sound = made(kAperioPyramid), file = fresh();
    const OpenedSlide whole = openSlide(sound).value();
    FileBytes longer(sound);
    longer.putTileValue(TIFFTAG_TILEBYTECOUNTS, 0, longer.size() + 1, 1);
    longer.write(file);
    OpenedSlide torn = openSlide(file).value();
    QVERIFY2(torn.slide->damage.find("a tile is said to be longer than the file") != std::string::npos,
             torn.slide->damage.c_str());
    QCOMPARE(compare(torn, whole, 0).same, 20);
    QCOMPARE(compare(torn, whole, 1).lost, 1);

    FileBytes finer(made(kAperioPyramid));  // a division by zero where, besides, a tile is left out
    finer.putTag(TIFFTAG_TILELENGTH, 16, 1);
    finer.putTileValue(TIFFTAG_TILEBYTECOUNTS, 3, 0);
    finer.write(file);
    torn = openSlide(file).value();
    QVERIFY2(torn.slide->damage.find("a coarser level has more tiles than a finer one") != std::string::npos,
             torn.slide->damage.c_str());
    QCOMPARE(compare(torn, whole, 0).same, 19);
  }

  void aTileTooLargeForMemoryCostsItsLevelOnly() {
    const std::filesystem::path sound = made(kPyramid), file = fresh();
    const OpenedSlide whole = openSlide(sound).value();
    FileBytes bytes(sound);
    for (const uint16_t tag : {TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH}) bytes.putTag(tag, 20000, 1);
    bytes.write(file);
    const OpenedSlide torn = openSlide(file).value();
    QCOMPARE(fileLevels(*torn.slide), 2);
    QCOMPARE(compare(torn, whole, 0).same, 20);
    QVERIFY2(torn.slide->damage.find("20000 x 20000 pixels does not fit into memory") != std::string::npos,
             torn.slide->damage.c_str());
  }
};

}  // namespace geneglass::damaged_tiff_test

GENEGLASS_TEST(geneglass::damaged_tiff_test::DamagedTiffTest)
#include "damaged_tiff_test.moc"
