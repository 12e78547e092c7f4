// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/open_slide.h"
#include "viewer/slide/slide_name.h"

#include <fmt/format.h>
#include <openslide/openslide.h>
#include <sys/stat.h>
#include <tiffio.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/region.h"

namespace geneglass::open_slide_test {

using testing::writeTiff;

struct CloseOpenSlide {
  void operator()(openslide_t* handle) const { openslide_close(handle); }
};
using Peer = std::unique_ptr<openslide_t, CloseOpenSlide>;

static std::optional<double> numberOf(const Peer& peer, const char* property) {
  const char* text = openslide_get_property_value(peer.get(), property);
  return text ? std::optional(QByteArray(text).toDouble()) : std::nullopt;
}

static void addFiles(const char* folder) {
  QTest::addColumn<QString>("file");
  const QDir files(QString::fromStdString((testing::dataFolder() / folder).string()));
  if (!files.exists()) QSKIP("no data folder: set GENEGLASS_DATA");
  for (const QFileInfo& file : files.entryInfoList(QDir::Files))
    QTest::newRow(qPrintable(file.fileName())) << file.filePath();
}

/// A copy of the slide in which the bytes of one tile of directory 0 are zeros.
static std::filesystem::path copyWithTornTile(const std::filesystem::path& slide, const QTemporaryDir& folder,
                                              uint32_t tile) {
  const std::filesystem::path copy = folder.filePath(QStringLiteral("torn.tif")).toStdString();
  std::ofstream(copy, std::ios::binary) << std::ifstream(slide, std::ios::binary).rdbuf();
  TIFF* tiff = TIFFOpen(copy.c_str(), "r");
  const uint64_t offset = TIFFGetStrileOffset(tiff, tile);
  const uint64_t count = TIFFGetStrileByteCount(tiff, tile);
  TIFFClose(tiff);
  std::fstream stream(copy, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(offset)) << std::string(count, '\0');
  return copy;
}

/// Mean difference in 8-bit steps of what lies inside both; the part's corner lies at (x, y) of the whole.
static double difference(const Image& part, const Image& whole, int x, int y) {
  int64_t sum = 0;
  int64_t count = 0;
  for (int row = std::max(0, -y); row < std::min(part.height, whole.height - y); ++row)
    for (int column = std::max(0, -x); column < std::min(part.width, whole.width - x); ++column, ++count)
      for (int shift = 0; shift < 32; shift += 8)
        sum += std::abs(static_cast<int>(part.at(column, row) >> shift & 0xff) -
                        static_cast<int>(whole.at(column + x, row + y) >> shift & 0xff));
  return static_cast<double>(sum) / static_cast<double>(4 * count);
}

class OpenSlideTest : public QObject {
  Q_OBJECT

  static void comparePixels(const Peer& peer, const Slide& slide, const TileSource& source, int index) {
    const Level& level = slide.levels[static_cast<size_t>(index)];
    const TileKey key{index, static_cast<int>(level.columns() / 2), static_cast<int>(level.rows() / 2)};
    const Result<TilePtr> tile = source.read(key);
    QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
    Image expected((*tile)->image.width, (*tile)->image.height);
    const double x = static_cast<double>(key.column * level.tile.width) * level.downsample;
    const double y = static_cast<double>(key.row * level.tile.height) * level.downsample;
    openslide_read_region(peer.get(), expected.pixels.data(), std::llround(x), std::llround(y), index,
                          expected.width, expected.height);
    QVERIFY((*tile)->image.pixels == expected.pixels);
  }

 private Q_SLOTS:
  void factsAndPixelsEqualOpenslidesOwn_data() { addFiles("slides"); }
  void factsAndPixelsEqualOpenslidesOwn() {
    QFETCH(QString, file);
    const Result<OpenedSlide> opened = openSlide(file.toStdString());
    const Peer peer(openslide_open(qPrintable(file)));
    if (!peer) {
      QVERIFY(file.contains(QStringLiteral("unsupported")));
      if (opened) return;  // by a driver of our own
      const std::string begin = "Cannot open '" + file.toStdString() + "': ";
      QVERIFY2(opened.error().sentence == begin + "no reader knows this format." ||
                   opened.error().sentence.starts_with(begin + "it is "),
               opened.error().sentence.c_str());
      return;
    }
    QVERIFY(opened.has_value());
    const Slide& slide = *opened->slide;
    const bool strips = file.endsWith(QStringLiteral(".ndpi"));
    QCOMPARE(slide.driver, std::string(strips ? "ndpi" : "direct-tiff"));
    QCOMPARE(slide.vendor, std::string(openslide_get_property_value(peer.get(), "openslide.vendor")));
    QCOMPARE(slide.objectivePower, numberOf(peer, "openslide.objective-power"));
    QCOMPARE(slide.hash, contentHash(slide.file).value());
    int count = 0;
    for (const Level& level : slide.levels) {
      if (level.reduced) continue;
      Size size;
      openslide_get_level_dimensions(peer.get(), count, &size.width, &size.height);
      QVERIFY(level.size == size);
      QCOMPARE(level.downsample, openslide_get_level_downsample(peer.get(), count++));
      QVERIFY(level.tile.width >= 64 && level.tile.width <= (strips ? 8192 : 2048));
    }
    if (strips)  // OpenSlide counts what the JPEG decoder makes smaller too
      QVERIFY(count <= openslide_get_level_count(peer.get()));
    else
      QCOMPARE(count, openslide_get_level_count(peer.get()));
    if (const auto mpp = numberOf(peer, "openslide.mpp-x")) {
      QCOMPARE(slide.mpp->x, *mpp);
      QCOMPARE(slide.mppOrigin, MppOrigin::Vendor);
    } else {
      QVERIFY(slide.mppOrigin == MppOrigin::TiffResolution || !slide.mpp);
    }
    std::set<std::string> names;
    for (const char* const* name = openslide_get_associated_image_names(peer.get()); *name; ++name)
      names.insert(*name);
    for (const AssociatedImage& image : slide.associatedImages) {
      QCOMPARE(names.erase(image.name), size_t{1});
      QCOMPARE(image.mayIdentifyPatient, image.name != "thumbnail");
      const Result<Image> pixels = opened->source->readAssociatedImage(image.name);
      QVERIFY(pixels && pixels->width == image.size.width && pixels->height == image.size.height);
    }
    QVERIFY(names.empty());
    comparePixels(peer, slide, *opened->source, 0);
  }

  void thePixelSizeThatTheUserGivesWinsAndOneBelowNothingIsRefused() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("made.tif")).toStdString();
    writeTiff(file, {});
    QVERIFY(!openSlide(file)->slide->mpp);
    QCOMPARE(openSlide(file, 0.25)->slide->mpp->mean(), 0.25);
    QCOMPARE(openSlide(file, 0.25)->slide->mppOrigin, MppOrigin::User);
    QCOMPARE(openSlide(file, -1).error().sentence,
             "Cannot open '" + file.string() + "': a pixel cannot be -1 micrometres wide.");
  }

  void thePixelSizeComesFromTheVendorThenTheTagsThenNowhereAndTheUserWins() {
    GENEGLASS_NEED(tagged, "slides/colon-section.tif");
    GENEGLASS_NEED(named, "slides/CMU-1-Small-Region.svs");
    GENEGLASS_NEED(silent, "slides/tcga-cr-7395-no-mpp.svs");
    QCOMPARE(openSlide(tagged)->slide->mpp->x, 0.5);
    QCOMPARE(openSlide(tagged)->slide->mppOrigin, MppOrigin::TiffResolution);
    QCOMPARE(openSlide(named)->slide->mpp->y, 0.499);
    QVERIFY(!openSlide(silent)->slide->mpp);
    QCOMPARE(openSlide(silent)->slide->mppOrigin, MppOrigin::Unknown);
    QCOMPARE(openSlide(named, 0.25)->slide->mpp->mean(), 0.25);
    QCOMPARE(openSlide(named, 0.25)->slide->mppOrigin, MppOrigin::User);
  }

  void tilesPutTogetherAreTheLevelItself() {
    GENEGLASS_NEED(file, "slides/fluorescence.ndpi");
    const Peer peer(openslide_open(file.c_str()));
    const OpenedSlide opened = openSlide(file).value();
    const Image region = readLevelRegion(*opened.slide, *opened.source, 1, 400, 300, 1200, 1100).value();
    Image expected(1200, 1100);
    openslide_read_region(peer.get(), expected.pixels.data(), 800, 600, 1, 1200, 1100);
    QVERIFY(region.pixels == expected.pixels);
  }

  void aTileOfABrokenDownsampleLiesNowhereNearerThanWhereItShould() {
    GENEGLASS_NEED(file, "slides/tcga-cr-7395-no-mpp.svs");
    const Peer peer(openslide_open(file.c_str()));
    const OpenedSlide opened = openSlide(file).value();
    const Level& level = opened.slide->levels[1];
    Image whole(static_cast<int>(level.size.width), static_cast<int>(level.size.height));
    openslide_read_region(peer.get(), whole.pixels.data(), 0, 0, 1, whole.width, whole.height);
    for (int row = 0; row < 6; ++row)
      for (int column = 0; column < 8; ++column) {
        const Image tile = (*opened.source->read({1, column, row}))->image;
        const double here = difference(tile, whole, column * 256, row * 256);
        QVERIFY(here < 5);
        for (const auto& [x, y] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          QVERIFY(here < difference(tile, whole, column * 256 + x, row * 256 + y));
      }
  }

  void aLevelSmallerThanATileShowsWhatTheFinestLevelShows() {
    GENEGLASS_NEED(file, "slides/osp_boxes.tiff");
    const OpenedSlide opened = openSlide(file).value();
    for (const int index : {2, 3}) {
      const Size size = opened.slide->levels[static_cast<size_t>(index)].size;
      const auto width = static_cast<int>(size.width);
      const auto height = static_cast<int>(size.height);
      const Image level = readLevelRegion(*opened.slide, *opened.source, index, 0, 0, width, height).value();
      Slide finest = *opened.slide;
      finest.levels.resize(1);
      const Image expected = readRegion(finest, *opened.source, {0, 0, 300, 250}, width, height).value();
      const double away = difference(level, expected, 0, 0);
      QVERIFY2(away < 6, qPrintable(QString::number(away)));
    }
  }

  void theLastColumnAndRowAreCutShortAndThereIsNoneBeyond() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("made.tif")).toStdString();
    writeTiff(file, {.width = 700, .height = 520});
    const OpenedSlide opened = openSlide(file).value();
    const Image last = (*opened.source->read({0, 5, 4}))->image;
    QCOMPARE(QSize(last.width, last.height), QSize(700 - 5 * 128, 520 - 4 * 128));
    for (const TileKey key : {TileKey{0, 6, 0}, {0, 0, 5}, {9, 0, 0}, {-1, 0, 0}, {0, -1, 0}}) {
      const std::string name =
          fmt::format("tile (level {}, column {}, row {})", key.level, key.column, key.row);
      QCOMPARE(opened.source->read(key).error().sentence,
               "Cannot read " + name + " of '" + file.string() + "': there is no such tile.");
    }
    QCOMPARE(opened.source->readAssociatedImage("nobody").error().sentence,
             "Cannot read the image 'nobody' of '" + file.string() + "': there is no such image.");
  }

  void aTornTileCostsThatTileOnlyWhoeverReadsBesideIt() {
    const QTemporaryDir folder;
    const std::filesystem::path whole = folder.filePath(QStringLiteral("whole.tif")).toStdString();
    writeTiff(whole, {.width = 1280, .height = 1664});
    const std::filesystem::path torn = copyWithTornTile(whole, folder, 23);
    const OpenedSlide good = openSlide(whole).value();
    const OpenedSlide bad = openSlide(torn).value();
    QVERIFY(good.slide->hash != bad.slide->hash);
    std::atomic<int> failed = 0;
    std::atomic<int> wrong = 0;
    const auto readAll = [&](int firstRow) {
      for (int i = 0; i < 130; ++i) {
        const TileKey key{0, i % 10, (i / 10 + firstRow) % 13};
        const Result<TilePtr> tile = bad.source->read(key);
        if (!tile && key.column == 3 && key.row == 2)
          ++failed;
        else if (!tile || (*tile)->image.pixels != (*good.source->read(key))->image.pixels)
          ++wrong;
      }
    };
    {
      std::vector<std::jthread> readers;
      for (int reader = 0; reader < 4; ++reader) readers.emplace_back(readAll, reader % 2);
    }
    QCOMPARE(failed.load(), 4);
    QCOMPARE(wrong.load(), 0);
    const std::string sentence = bad.source->read({0, 3, 2}).error().sentence;
    QVERIFY2(sentence.starts_with("Cannot read tile (level 0, column 3, row 2) of '" + torn.string() + "': "),
             sentence.c_str());
  }

  void aBrokenFileIsRefusedOrItsTilesAre_data() { addFiles("broken"); }
  void aBrokenFileIsRefusedOrItsTilesAre() {
    QFETCH(QString, file);
    const Result<OpenedSlide> opened = openSlide(file.toStdString());
    if (!opened) {
      const std::string& sentence = opened.error().sentence;
      QVERIFY2(sentence.starts_with("Cannot open '" + file.toStdString() + "': "), sentence.c_str());
      QVERIFY(sentence.ends_with("."));
      return;
    }
    const Result<TilePtr> tile = opened->source->read({0, 0, 0});
    if (file.endsWith(QStringLiteral("invalid_header_length.jp2"))) {  // all of its pixels are there
      QVERIFY(tile && !(*tile)->damaged);
      return;
    }
    QVERIFY(!tile || (*tile)->damaged);
    const std::string start = "Cannot read tile (level 0, column 0, row 0) of '" + file.toStdString() + "': ";
    const std::string sentence = tile ? (*tile)->damage : tile.error().sentence;
    QVERIFY2(sentence.starts_with(start), sentence.c_str());
  }

  void whatIsNoTiffOfTilesIsOpenslidesToOpenOrToRefuse_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("MIRAX without its folder")
        << QStringLiteral("a.mrxs") << QByteArray("\xff\xd8\xff\xe0 a JPEG it is not");
    QTest::newRow("Hamamatsu VMS of nothing")
        << QStringLiteral("a.vms") << QByteArray("[Virtual Microscope Specimen]\n");
    QTest::newRow("Sakura") << QStringLiteral("a.svslide") << QByteArray("SQLite format 3");
    QTest::newRow("DICOM") << QStringLiteral("a.dcm") << QByteArray(128, '\0') + "DICM";
    QTest::newRow("Zeiss") << QStringLiteral("a.czi") << QByteArray("ZISRAWFILE") + QByteArray(100, '\0');
    QTest::newRow("a TIFF's first four bytes") << QStringLiteral("a.tif") << QByteArray("II*\0", 4);
    QTest::newRow("a TIFF without directories") << QStringLiteral("a.tif") << QByteArray("II*\0\0\0\0\0", 8);
    QTest::newRow("a JPEG") << QStringLiteral("a.jpg") << QByteArray("\xff\xd8\xff\xd9");
    QTest::newRow("text") << QStringLiteral("a.svs") << QByteArray("Aperio Image Library");
  }
  void whatIsNoTiffOfTilesIsOpenslidesToOpenOrToRefuse() {
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const Result<OpenedSlide> opened = openSlide(file.fileName().toStdString());
    QVERIFY(!opened);
    const QString sentence = QString::fromStdString(opened.error().sentence);
    QVERIFY2(sentence.startsWith(QStringLiteral("Cannot open '%1': ").arg(file.fileName())),
             qPrintable(sentence));
    QVERIFY2(sentence.endsWith(QLatin1Char('.')) && !sentence.contains(QLatin1Char('\n')),
             qPrintable(sentence));
  }

  void aSlideOfStripsCutShortIsASentenceOrOpenslides() {
    GENEGLASS_NEED(whole, "slides/fluorescence.ndpi");
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("cut.ndpi")).toStdString();
    for (const unsigned percent : {1u, 10u, 50u, 90u, 99u}) {
      std::filesystem::copy_file(whole, file, std::filesystem::copy_options::overwrite_existing);
      std::filesystem::permissions(file, std::filesystem::perms::owner_all);
      std::filesystem::resize_file(file, std::filesystem::file_size(whole) * percent / 100);
      const Result<OpenedSlide> opened = openSlide(file);
      if (opened) {
        QVERIFY(opened->slide->driver == "openslide" || opened->slide->driver == "ndpi");
        continue;
      }
      const std::string& sentence = opened.error().sentence;
      QVERIFY2(sentence.starts_with("Cannot open '" + file.string() + "': "), sentence.c_str());
    }
  }

  void onlyAnEndingOfSlidesIsNoPartOfItsName() {
    for (const auto& [place, name] : {std::pair{"/a/b.c.SVS", "b.c"},
                                      {"b.dcm", "b"},
                                      {"/a/1.2.840.5/", "1.2.840.5"},
                                      {"1.2.840.6", "1.2.840.6"},
                                      {"/a/b", "b"}})
      QCOMPARE(QString::fromStdString(slideNameOf(place)), QLatin1String(name));
  }

  void aSlideIsKnownByItsNameInCapitalsOrNot() {
    for (const char* name :
         {"a.svs", "a.b.TIF", "a.Mrxs", "a.ndpi", "a.bif", "a.vmu", "a.dcm", "a.png", "a.JPG"})
      QVERIFY(hasSlideName(name));
    for (const char* name : {"._a.svs", "svs", "a.svs.txt", "a.gif", "a.dc", "a.", "", "tif/a"})
      QVERIFY(!hasSlideName(name));
    const std::vector<std::string_view> endings = slideNameEndings();
    QCOMPARE(std::set(endings.begin(), endings.end()).size(), endings.size());
  }

  void whatCannotBeOpenedIsASentence() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    QCOMPARE(openSlide(path + "/none.svs").error().sentence,
             "Cannot open '" + path + "/none.svs': there is no such file.");
    QCOMPARE(openSlide(path).error().sentence,
             "Cannot open '" + path + "': it is a folder that holds no DICOM slide and no OME-Zarr.");
    QCOMPARE(mkfifo((path + "/pipe.svs").c_str(), 0600), 0);
    QCOMPARE(openSlide(path + "/pipe.svs").error().sentence,
             "Cannot open '" + path + "/pipe.svs': it is a pipe, not a file.");
    QCOMPARE(openSlide("/dev/zero").error().sentence,
             std::string("Cannot open '/dev/zero': it is a device, not a file."));
    QCOMPARE(openSlide(path + "/empty.svs/a.svs").error().sentence,
             "Cannot open '" + path + "/empty.svs/a.svs': there is no such file.");
    std::ofstream(path + "/empty.svs").close();
    QCOMPARE(openSlide(path + "/empty.svs").error().sentence,
             "Cannot open '" + path + "/empty.svs': it is empty.");
  }

  void aCompressionThatNobodyKnowsIsNamed() {
    GENEGLASS_NEED(file, "broken/osp_unopenable.tiff");
    QCOMPARE(openSlide(file).error().sentence,
             "Cannot open '" + file.string() + "': Unsupported TIFF compression: 52479.");
  }
};

}  // namespace geneglass::open_slide_test

GENEGLASS_TEST(geneglass::open_slide_test::OpenSlideTest)
#include "open_slide_test.moc"
