// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/picture_source.h"

#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include <zlib.h>
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/read_tile.h"

namespace geneglass::picture_source_test {

using namespace geneglass::testing;

/// The sentence, or none where it opens.
std::string refusalOf(const std::filesystem::path& file) {
  const auto opened = openSlide(file);
  return opened ? std::string() : opened.error().sentence;
}

class PictureSourceTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const std::string& name) const {
    return m_folder.filePath(QString::fromStdString(name)).toStdString();
  }
  std::string cannotOpen(const std::string& name, const std::string& reason) const {
    return "Cannot open '" + path(name).string() + "': " + reason + ".";
  }

 private Q_SLOTS:
  void aPngIsItsOwnPixels_data() {
    QTest::addColumn<int>("colourType");
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("interlaced");
    for (const bool interlaced : {false, true}) {
      const char* way = interlaced ? "interlaced" : "in rows";
      QTest::addRow("RGB, %s", way) << int(PNG_COLOR_TYPE_RGB) << 8 << interlaced;
      QTest::addRow("RGB of 16 bits, %s", way) << int(PNG_COLOR_TYPE_RGB) << 16 << interlaced;
      QTest::addRow("grey, %s", way) << int(PNG_COLOR_TYPE_GRAY) << 8 << interlaced;
      QTest::addRow("RGB and alpha, %s", way) << int(PNG_COLOR_TYPE_RGB_ALPHA) << 8 << interlaced;
    }
  }
  void aPngIsItsOwnPixels() {
    QFETCH(int, colourType);
    QFETCH(int, bits);
    QFETCH(bool, interlaced);
    PngRecipe recipe;
    recipe.colourType = colourType;
    recipe.bits = bits;
    recipe.interlaced = interlaced;
    writePng(path("a.png"), recipe);
    const auto opened = openSlide(path("a.png"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->driver, std::string("picture"));
    QCOMPARE(opened->slide->vendor, std::string("png"));
    const Result<Image> image = wholeOf(*opened);
    QVERIFY2(image, image ? "" : image.error().sentence.c_str());
    QCOMPARE(wrongPixels(*image,
                         [&](int x, int y) {
                           const uint32_t pixel = paintedAt(x, y);
                           const auto green = static_cast<uint32_t>(greenOf(pixel));
                           if (colourType == PNG_COLOR_TYPE_GRAY) return opaque(green, green, green);
                           if (colourType == PNG_COLOR_TYPE_RGB) return pixel;
                           return premultiplied(static_cast<uint32_t>(redOf(pixel)), green,
                                                static_cast<uint32_t>(blueOf(pixel)), x % 256);
                         }),
             0);
  }

  void aPalettesTransparentColourIsBareGlass() {
    PngRecipe recipe;
    recipe.colourType = PNG_COLOR_TYPE_PALETTE;
    recipe.bits = 4;
    recipe.width = 300;
    recipe.height = 40;
    const auto indexAt = [](int x, int y) { return (x + y) % 16; };
    writePng(path("p.png"), recipe, [&](int y) {
      std::vector<uint8_t> row;
      for (int x = 0; x < recipe.width; x += 2)
        row.push_back(static_cast<uint8_t>(indexAt(x, y) << 4 | indexAt(x + 1, y)));
      return row;
    });
    const auto opened = openSlide(path("p.png"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY(image);
    QCOMPARE(wrongPixels(*image,
                         [&](int x, int y) {
                           const auto i = static_cast<uint32_t>(indexAt(x, y));
                           return i == 0 ? 0u : opaque(i * 11, i * 5, 255 - i);
                         }),
             0);
  }

  void aJpegIsWhatLibjpegMakesOfIt_data() {
    QTest::addColumn<bool>("progressive");
    QTest::addColumn<bool>("grey");
    QTest::newRow("sequential") << false << false;
    QTest::newRow("progressive") << true << false;
    QTest::newRow("grey") << false << true;
  }
  void aJpegIsWhatLibjpegMakesOfIt() {
    QFETCH(bool, progressive);
    QFETCH(bool, grey);
    JpegRecipe recipe;
    recipe.progressive = progressive;
    recipe.colours = grey ? JCS_GRAYSCALE : JCS_RGB;
    writeJpeg(path("a.jpg"), recipe);
    const auto opened = openSlide(path("a.jpg"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY(image);
    const Image wanted = decodedJpeg(path("a.jpg"));
    QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wanted.at(x, y); }), 0);
  }

  void losslessWebpIsItsOwnPixels() {
    writeWebp(path("a.webp"), 700, 530);
    const auto opened = openSlide(path("a.webp"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY(image);
    QCOMPARE(wrongPixels(*image, paintedAt), 0);
  }

  void losslessJpeg2000IsItsOwnPixels() {
    TiffRecipe recipe;
    recipe.tile = 600;  // of the one picture
    const std::vector<uint8_t> bytes = jpeg2000Bytes(recipe, {}, 0, 0);
    writeBytes(path("a.j2k"), bytes.data(), bytes.size());
    const auto opened = openSlide(path("a.j2k"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY2(image, image ? "" : image.error().sentence.c_str());
    QCOMPARE(image->width, 600);
    QCOMPARE(wrongPixels(*image, paintedAt), 0);
  }

  void coarserLevelsAreMeansOfFour() {
    PngRecipe recipe;
    recipe.width = 1201;
    recipe.height = 777;
    writePng(path("m.png"), recipe);
    const auto opened = openSlide(path("m.png"));
    QVERIFY(opened);
    const Slide& slide = *opened->slide;
    QCOMPARE(slide.levels.size(), size_t{4});
    QCOMPARE(slide.levels.back().size, (Size{150, 97}));
    Result<Image> finer = wholeOf(*opened);
    for (int level = 1; level < 4; ++level) {
      const Size size = slide.levels[static_cast<size_t>(level)].size;
      const Result<Image> image = readLevelRegion(
          slide, *opened->source, level, 0, 0, static_cast<int>(size.width), static_cast<int>(size.height));
      QVERIFY(image);
      const Image wanted = boxMean(*finer, 2);
      QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wanted.at(x, y); }), 0);
      finer = *image;
    }
  }

  void pixelSizesAreTakenOnlyWhereAMicroscopeMayHaveThem() {
    PngRecipe recipe;
    recipe.dotsPerMetre = 2000000;
    writePng(path("half.png"), recipe);
    QCOMPARE(openSlide(path("half.png"))->slide->mpp->x, 0.5);
    QCOMPARE(openSlide(path("half.png"))->slide->mppOrigin, MppOrigin::TiffResolution);  // no scanner's word
    recipe.dotsPerMetre = 11811;                                                         // 300 dots per inch
    writePng(path("print.png"), recipe);
    QVERIFY(!openSlide(path("print.png"))->slide->mpp);
    JpegRecipe jpeg;
    jpeg.dotsPerCentimetre = 20000;
    writeJpeg(path("half.jpg"), jpeg);
    QCOMPARE(openSlide(path("half.jpg"))->slide->mpp->y, 0.5);
    jpeg.dotsPerCentimetre = 118;
    writeJpeg(path("print.jpg"), jpeg);
    QVERIFY(!openSlide(path("print.jpg"))->slide->mpp);
  }

  void whatIsNotShownRightIsRefused() {
    JpegRecipe jpeg;
    jpeg.colours = JCS_CMYK;
    writeJpeg(path("inks.jpg"), jpeg);
    QCOMPARE(
        refusalOf(path("inks.jpg")),
        cannotOpen("inks.jpg",
                   "its colours are those of printing inks (CMYK), which no screen has: convert it to RGB"));
    jpeg.colours = JCS_RGB;
    jpeg.exif = std::string("Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0", 32);
    writeJpeg(path("turned.jpg"), jpeg);
    QCOMPARE(refusalOf(path("turned.jpg")),
             cannotOpen("turned.jpg",
                        "it is stored turned (Exif orientation 6): 'vips autorot IN.jpg OUT.png' turns it"));
    writeBytes(path("torn.png"), reinterpret_cast<const uint8_t*>("\x89PNG\r\n\x1a\n\0\0\0\15IHDR"), 16);
    QCOMPARE(refusalOf(path("torn.png")),
             cannotOpen("torn.png", "its PNG data are damaged: it is cut short"));
    writeBytes(path("torn.jpg"), reinterpret_cast<const uint8_t*>("\xff\xd8\xff\xe0"), 4);
    QCOMPARE(refusalOf(path("torn.jpg")),
             cannotOpen("torn.jpg", "its JPEG data are damaged: it is cut short"));
  }

  void aPictureLargerThanCanBeCutIsRefusedBeforeItIsRead() {
    PngRecipe recipe;
    recipe.width = 100;
    recipe.height = 4;
    writePng(path("bomb.png"), recipe);
    FileBytes bytes(path("bomb.png"));
    for (const size_t at : {size_t{16}, size_t{20}}) {  // width and height, highest byte first, and their CRC
      bytes[at] = 0;
      bytes[at + 1] = 1;
      bytes[at + 2] = static_cast<char>(0x86);
      bytes[at + 3] = static_cast<char>(0xa0);
    }
    const uint32_t sum = crc32(0, reinterpret_cast<const Bytef*>(&bytes[12]), 17);
    for (int i = 0; i < 4; ++i) bytes[29 + static_cast<size_t>(i)] = static_cast<char>(sum >> (24 - 8 * i));
    bytes.write(path("bomb.png"));
    QCOMPARE(
        refusalOf(path("bomb.png")),
        cannotOpen("bomb.png",
                   "it is a picture of 100000 x 100000 pixels without tiles, more than can be cut into tiles "
                   "here: 'vips tiffsave IN OUT.tif --tile --pyramid --bigtiff --compression jpeg' makes a "
                   "slide of it"));
  }

  void ofAPictureThatIsCutTheRestIsAHoleAndDamaged_data() {
    QTest::addColumn<std::string>("name");
    for (const char* name : {"c.png", "c.jpg", "c.tif"}) QTest::newRow(name) << std::string(name);
  }
  void ofAPictureThatIsCutTheRestIsAHoleAndDamaged() {
    QFETCH(std::string, name);
    if (name.ends_with("png")) writePng(path(name), PngRecipe{});
    if (name.ends_with("jpg")) writeJpeg(path(name), JpegRecipe{});
    if (name.ends_with("tif")) {
      TIFF* tiff = TIFFOpen(path(name).c_str(), "w");
      for (const auto& [tag, value] : {std::pair{TIFFTAG_IMAGEWIDTH, 700},
                                       {TIFFTAG_IMAGELENGTH, 530},
                                       {TIFFTAG_BITSPERSAMPLE, 8},
                                       {TIFFTAG_SAMPLESPERPIXEL, 1},
                                       {TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK},
                                       {TIFFTAG_ROWSPERSTRIP, 10}})
        TIFFSetField(tiff, static_cast<uint32_t>(tag), value);
      TIFFWriteCheck(tiff, 0, "made");
      TIFFCheckpointDirectory(tiff);
      std::vector<uint8_t> row(700, 90);
      for (uint32_t y = 0; y < 300; ++y) TIFFWriteScanline(tiff, row.data(), y, 0);
      TIFFClose(tiff);
    } else {
      FileBytes bytes(path(name));
      bytes.resize(bytes.size() * 6 / 10);
      bytes.write(path(name));
    }
    const auto opened = openSlide(path(name));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QVERIFY(!(*opened->source->read({0, 0, 0}))->damaged);
    const Result<TilePtr> last = opened->source->read({0, 1, 2});
    QVERIFY2(last, last ? "" : last.error().sentence.c_str());
    QVERIFY((*last)->damaged);
    QCOMPARE((*last)->damage.substr(0, (*last)->damage.find(':')),
             "Cannot read tile (level 0, column 1, row 2) of '" + path(name).string() + "'");
    QCOMPARE((*last)->image.at(0, 16), 0u);
    QVERIFY((*opened->source->read({2, 0, 0}))->damaged);
    QVERIFY(!wholeOf(*opened));
  }

  void thereIsNoTileOutsideThePicture() {
    writePng(path("o.png"), PngRecipe{});
    const auto opened = openSlide(path("o.png"));
    for (const TileKey key : {TileKey{9, 0, 0}, {-1, 0, 0}, {0, 3, 0}, {0, 0, 3}, {0, -1, 0}}) {
      QVERIFY(!opened->source->read(key));
      QVERIFY(!opened->source->look(key));
    }
  }

  void whoWaitsForTilesIsSentAwayWhenThePictureIsClosed() {
    PngRecipe recipe;
    recipe.width = recipe.height = 6000;
    writePng(path("large.png"), recipe, [&](int y) {
      return std::vector<uint8_t>(3 * static_cast<size_t>(recipe.width), static_cast<uint8_t>(y));
    });
    const auto opened = openSlide(path("large.png"));
    const auto preparation = opened->source->preparation();
    QVERIFY(preparation);
    std::string said;
    std::jthread waiting([&] {
      const Result<TilePtr> tile = opened->source->read({0, 0, 23});
      said = tile ? "read" : tile.error().sentence;
    });
    preparation->abandon();
    waiting.join();
    QCOMPARE(said, "Cannot read tile (level 0, column 0, row 23) of '" + path("large.png").string() +
                       "': its picture is being closed.");
    QVERIFY(!waitUntilPrepared(*opened->source, {}) || !opened->source->preparation());
  }

  void onePictureOpenedWithAnotherPixelSizeIsNotCutAnew() {
    const QByteArray before = qgetenv("GENEGLASS_CACHE");
    qputenv("GENEGLASS_CACHE", m_folder.path().toUtf8() + "/cache");
    PngRecipe recipe;
    recipe.width = recipe.height = 9000;
    writePng(path("sized.png"), recipe, [&](int y) {
      return std::vector<uint8_t>(3 * static_cast<size_t>(recipe.width), static_cast<uint8_t>(y));
    });
    auto first = openSlide(path("sized.png"));
    const auto own = first->source->preparation();
    const auto second = openSlide(path("sized.png"), 0.25);
    QVERIFY(own && second->source->preparation() && own != second->source->preparation());
    int begun = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path("cache")))
      begun += entry.path().filename().string().find(".pyramid.") != std::string::npos;
    QCOMPARE(begun, 1);
    own->abandon();  // as the window does with the slide it had
    first = fail("closed");
    QVERIFY(waitUntilPrepared(*second->source, {}));
    QCOMPARE((*second->source->read({0, 3, 35}))->image.at(3, 4), opaque(4, 4, 4));
    QCOMPARE(second->slide->mpp->x, 0.25);
    qputenv("GENEGLASS_CACHE", before);
  }

  void aSlidesPictureIsWholeOnceItIsPrepared() {
    writePng(path("w.png"), PngRecipe{});
    const auto opened = openSlide(path("w.png"));
    QVERIFY(waitUntilPrepared(*opened->source, {}));
    QVERIFY(!opened->source->preparation());
    const Result<TilePtr> tile = opened->source->look({0, 1, 1});
    QVERIFY(tile && *tile);
    QVERIFY(!(*tile)->unfinished);
    QCOMPARE((*tile)->image.at(3, 4), paintedAt(259, 260));
  }
};

}  // namespace geneglass::picture_source_test

GENEGLASS_TEST(geneglass::picture_source_test::PictureSourceTest)
#include "picture_source_test.moc"
