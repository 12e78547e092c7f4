// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ndpi/ndpi_source.h"

#include <openslide/openslide.h>

#include <QtTest>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/ndpi/made_ndpi.h"
#include "viewer/slide/formats/ndpi/scan_centre.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::ndpi_source_test {

using testing::NdpiRecipe;
using testing::writeNdpi;

struct CloseOpenSlide {
  void operator()(openslide_t* handle) const { openslide_close(handle); }
};
using Peer = std::unique_ptr<openslide_t, CloseOpenSlide>;

constexpr uint64_t kFourGiB = uint64_t{1} << 32;

static Image whole(const OpenedSlide& opened, int level) {
  const Size size = opened.slide->levels[static_cast<size_t>(level)].size;
  return readLevelRegion(*opened.slide, *opened.source, level, 0, 0, static_cast<int>(size.width),
                         static_cast<int>(size.height))
      .value();
}

static Image peersWhole(const std::filesystem::path& file, int level) {
  const Peer peer(openslide_open(file.c_str()));
  int64_t width = 0;
  int64_t height = 0;
  openslide_get_level_dimensions(peer.get(), level, &width, &height);
  Image image(static_cast<int>(width), static_cast<int>(height));
  openslide_read_region(peer.get(), image.pixels.data(), 0, 0, level, width, height);
  if (const char* reason = openslide_get_error(peer.get())) qWarning("OpenSlide: %s", reason);
  return image;
}

/// Pixels of a painting that was compressed: `most` of 255 away at the worst.
static bool isNear(const Image& image, int shift, int most) {
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const uint32_t here = image.at(x, y);
      const uint32_t there = testing::paintedAt(x + shift, y);
      for (int bits = 0; bits < 24; bits += 8)
        if (std::abs(int(here >> bits & 255) - int(there >> bits & 255)) > most) return false;
    }
  return true;
}

class NdpiSourceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pixelsAreOpenslidesWhateverTheIntervals_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("interval");
    QTest::addColumn<int>("samplingX");
    QTest::newRow("two intervals a row") << 1024 << 600 << 64 << 1;
    QTest::newRow("whole rows") << 1024 << 600 << 128 << 1;
    QTest::newRow("narrow ones, side by side") << 1280 << 600 << 8 << 1;
    QTest::newRow("chroma of half the width") << 1024 << 600 << 32 << 2;
  }
  void pixelsAreOpenslidesWhateverTheIntervals() {
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, interval);
    QFETCH(int, samplingX);
    writeNdpi(m_file, {.size = {width, height}, .levels = 1, .interval = interval, .samplingX = samplingX});
    const OpenedSlide opened = openSlide(m_file).value();
    QCOMPARE(opened.slide->driver, std::string("ndpi"));
    QVERIFY(whole(opened, 0).pixels == peersWhole(m_file, 0).pixels);
  }

  /// Of which OpenSlide draws nothing.
  void aLastColumnAndRowThatAreCutAreThere() {
    writeNdpi(m_file, {.size = {1021, 597}, .levels = 1, .interval = 64});
    const Image image = whole(openSlide(m_file).value(), 0);
    QVERIFY(image.width == 1021 && image.height == 597);
    QVERIFY(isNear(image, 0, 40));
  }

  void tilesOfARealSlideAreOpenslides() {
    GENEGLASS_NEED(file, "slides/fluorescence.ndpi");
    const OpenedSlide opened = openSlide(file).value();
    QCOMPARE(opened.slide->levels.size(), size_t{4});
    for (int level = 1; level < 4; ++level)
      QVERIFY(whole(opened, level).pixels == peersWhole(file, level).pixels);
  }

  void aFileBeyondFourGibibytesIsTheSmallOneMovedDown() {
    writeNdpi(m_file, {});
    const OpenedSlide small = openSlide(m_file).value();
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("large.ndpi")).toStdString();
    writeNdpi(file, {.hole = kFourGiB + 12345});
    const OpenedSlide large = openSlide(file).value();
    QCOMPARE(large.slide->driver, std::string("ndpi"));
    QCOMPARE(large.slide->mpp->x, 0.25);
    QCOMPARE(*large.slide->objectivePower, 40.0);
    for (int level = 0; level < 2; ++level) QVERIFY(whole(large, level).pixels == whole(small, level).pixels);
    QVERIFY(large.source->readAssociatedImage("macro")->pixels ==
            small.source->readAssociatedImage("macro")->pixels);
    QVERIFY(scanCentreOf(*large.slide) == (Point{1'500'000, -2'500'000}));
  }

  void fluorescenceIsKnownInFilesOfAnySize() {
    for (const uint64_t hole : {uint64_t{0}, kFourGiB}) {
      writeNdpi(m_file, {.hole = hole, .fluorescence = true});
      const OpenedSlide opened = openSlide(m_file).value();
      QCOMPARE(opened.slide->note, std::string("Scanned as fluorescence: DAPI, emission 455 nm."));
      QCOMPARE(opened.slide->channels.size(), size_t{3});
    }
  }

  void aStreamBeyondFourGibibytesIsReadWithAndWithoutTheUpperHalves() {
    writeNdpi(m_file, {.size = {1024, 300}, .levels = 1, .interval = 128});
    const Image expected = whole(openSlide(m_file).value(), 0);
    for (const bool says : {false, true}) {
      const std::filesystem::path file = m_folder.filePath(QStringLiteral("hole.ndpi")).toStdString();
      writeNdpi(file, {.size = {1024, 300},
                       .levels = 1,
                       .interval = 128,
                       .holeWithin = kFourGiB - 4000,
                       .saysUpperStarts = says});
      const OpenedSlide opened = openSlide(file).value();
      QCOMPARE(opened.slide->levels[0].tile.height, 256);
      // The second interval is the hole; the next tile lies behind it.
      QCOMPARE(opened.source->read({0, 0, 0}).error().sentence,
               "Cannot read tile (level 0, column 0, row 0) of '" + file.string() +
                   "': more bytes than a tile can have are said to be its own.");
      const TilePtr tile = opened.source->read({0, 0, 1}).value();
      QVERIFY(std::equal(tile->image.pixels.begin(), tile->image.pixels.end(),
                         expected.pixels.begin() + 256 * 1024));
    }
  }

  void aMarkerThatIsNotThereCostsItsTileAlone() {
    writeNdpi(m_file, {.size = {1024, 600}, .levels = 1, .interval = 64, .macro = false});
    const std::vector<NdpiDirectory> directories = readNdpiDirectories(PositionedFile(m_file));
    testing::FileBytes bytes(m_file);
    bytes[directories[0].offset + directories[0].starts[4] - 1] = 0;
    bytes.write(m_file);
    const OpenedSlide opened = openSlide(m_file).value();
    QCOMPARE(opened.source->read({0, 0, 0}).has_value(), true);
    QCOMPARE(opened.source->read({0, 1, 0}).has_value(), false);
    QVERIFY(opened.source->read({0, 0, 1}).has_value());
    QCOMPARE(opened.source->read({0, 1, 0}).error().sentence,
             "Cannot read tile (level 0, column 1, row 0) of '" + m_file.string() +
                 "': there is no restart marker where the file says one is.");
  }

  void whatCannotBeCutIsOpenslides() {
    writeNdpi(m_file, {.saysStarts = false});
    const OpenedSlide small = openSlide(m_file).value();
    QCOMPARE(small.slide->driver, std::string("ndpi"));  // small enough to be one tile
    QVERIFY(small.slide->levels[0].tile == (Size{1024, 300}));
    writeNdpi(m_file, {.size = {5000, 4000}, .levels = 1, .interval = 625, .saysStarts = false});
    QCOMPARE(openSlide(m_file)->slide->driver, std::string("openslide"));
  }

  void thePlaneNearestToTheFocusIsShownAndSaid() {
    writeNdpi(m_file, {.planes = {-4000, 1000, 3000}});
    const OpenedSlide opened = openSlide(m_file).value();
    QCOMPARE(opened.slide->note, std::string("The plane of focus at 1.0 um is shown."));
    QVERIFY(isNear(whole(opened, 0), 10, 40));
    QVERIFY(!isNear(whole(opened, 0), -40, 40));
    writeNdpi(m_file, {.planes = {-4000, 0}});
    QVERIFY(openSlide(m_file)->slide->note.empty());
  }

  void theMacroMayNameThePatient() {
    writeNdpi(m_file, {});
    const OpenedSlide opened = openSlide(m_file).value();
    QCOMPARE(opened.slide->associatedImages.size(), size_t{1});
    QCOMPARE(opened.slide->associatedImages[0].name, std::string("macro"));
    QVERIFY(opened.slide->associatedImages[0].mayIdentifyPatient);
    QVERIFY(isNear(opened.source->readAssociatedImage("macro").value(), 0, 40));
    QCOMPARE(opened.source->readAssociatedImage("label").error().sentence,
             "Cannot read the image 'label' of '" + m_file.string() + "': there is no such image.");
  }

  void aCoarseViewIsDecodedSmall() {
    writeNdpi(m_file, {.size = {4096, 1500}, .levels = 1, .interval = 128});
    const OpenedSlide opened = openSlide(m_file).value();
    const int coarse = static_cast<int>(opened.slide->levels.size()) - 1;
    QVERIFY(coarse > 0 && opened.slide->levels[static_cast<size_t>(coarse)].reduced);
    const auto factor = static_cast<int>(opened.slide->levels[static_cast<size_t>(coarse)].downsample);
    const Image fine = boxMean(whole(opened, 0), factor);
    const Image made = whole(opened, coarse);
    QVERIFY(fine.width >= made.width && fine.height >= made.height);
    for (int y = 0; y < made.height; ++y)
      for (int x = 0; x < made.width; ++x)
        QVERIFY(std::abs(greenOf(fine.at(x, y)) - greenOf(made.at(x, y))) <= 12);
  }

  void aCutOrSenselessFileIsASentence_data() {
    QTest::addColumn<int>("percent");
    for (const int percent : {0, 5, 40, 70, 99}) QTest::addRow("%d %% of it", percent) << percent;
  }
  void aCutOrSenselessFileIsASentence() {
    QFETCH(int, percent);
    writeNdpi(m_file, {});
    std::filesystem::resize_file(m_file, 13 + std::filesystem::file_size(m_file) * size_t(percent) / 100);
    const Result<OpenedSlide> opened = openSlide(m_file);
    if (opened) {
      for (int row = 0; row < opened->slide->levels[0].rows(); ++row)
        if (const auto tile = opened->source->read({0, 0, row}); !tile)
          QVERIFY(QString::fromStdString(tile.error().sentence).contains(QLatin1String("Cannot read tile")));
      return;
    }
    QVERIFY(opened.error().sentence.starts_with("Cannot open '" + m_file.string() + "': "));
  }

  void intervalsOutOfOrderAreRefused() {
    writeNdpi(m_file, {.size = {1024, 600}, .levels = 1, .interval = 64, .macro = false});
    const uint64_t second = readNdpiDirectories(PositionedFile(m_file))[0].starts[1];
    testing::FileBytes bytes(m_file);
    size_t at = 0;
    while (bytes.number(at, 4) != second) ++at;  // the table is written after the stream
    for (const uint64_t wrong : {uint64_t{1}, uint64_t{0xffffffff}}) {
      bytes.put(at, wrong, 4);
      bytes.write(m_file);
      QCOMPARE(openSlide(m_file).error().sentence,
               "Cannot open '" + m_file.string() +
                   "': the places of its restart markers make no sense: the file is damaged.");
    }
  }

  void aPictureWithoutPixelsIsRefused() {
    for (const size_t entry : {0u, 1u}) {  // width, height
      writeNdpi(m_file, {.levels = 1, .macro = false});
      testing::FileBytes bytes(m_file);
      bytes.put(bytes.number(4, 4) + 2 + 12 * entry + 8, 0, 4);
      bytes.write(m_file);
      QCOMPARE(openSlide(m_file).error().sentence,
               "Cannot open '" + m_file.string() + "': a picture of it has no pixels: the file is damaged.");
    }
  }

  void directoriesThatNameEachOtherEnd() {
    writeNdpi(m_file, {.levels = 1, .macro = false});
    testing::FileBytes bytes(m_file);
    const uint64_t first = bytes.number(4, 8);
    const uint64_t tags = bytes.number(first, 2);
    bytes.put(first + 2 + 12 * tags, first, 8);
    bytes.write(m_file);
    QCOMPARE(readNdpiDirectories(PositionedFile(m_file)).size(), size_t{1});
  }

 private:
  const QTemporaryDir m_folder;
  const std::filesystem::path m_file = m_folder.filePath(QStringLiteral("made.ndpi")).toStdString();
};

}  // namespace geneglass::ndpi_source_test

GENEGLASS_TEST(geneglass::ndpi_source_test::NdpiSourceTest)
#include "ndpi_source_test.moc"
