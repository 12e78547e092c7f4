// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiffio.h>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/full_place.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::plain_picture_test {

using namespace geneglass::testing;

namespace {

void describe(TIFF* tiff, Size size) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<uint32_t>(size.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<uint32_t>(size.height));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
}

std::vector<uint8_t> rgbOf(const Image& image) {
  std::vector<uint8_t> bytes;
  for (const uint32_t pixel : image.pixels)
    for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<uint8_t>(pixel >> shift));
  return bytes;
}

/// Level 0 of a slide, in strips of a few rows.
void writeStrips(const OpenedSlide& from, const std::string& file) {
  const Size size = from.slide->size();
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  describe(tiff, size);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
  for (int y = 0; y < size.height; ++y) {
    std::vector<uint8_t> row =
        rgbOf(*readLevelRegion(*from.slide, *from.source, 0, 0, y, static_cast<int>(size.width), 1));
    TIFFWriteScanline(tiff, row.data(), static_cast<uint32_t>(y), 0);
  }
  TIFFClose(tiff);
}

/// The same levels, of the same pixels, as a pyramid of tiles.
void writePyramid(const OpenedSlide& from, const std::string& file) {
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  for (int level = 0; level < static_cast<int>(from.slide->levels.size()); ++level) {
    const Level& facts = from.slide->levels[static_cast<size_t>(level)];
    describe(tiff, facts.size);
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 256);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, 256);
    if (level > 0) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    for (int row = 0; row < facts.rows(); ++row)
      for (int column = 0; column < facts.columns(); ++column) {
        std::vector<uint8_t> bytes =
            rgbOf(*readLevelRegion(*from.slide, *from.source, level, 256 * column, 256 * row, 256, 256));
        TIFFWriteTile(tiff, bytes.data(), static_cast<uint32_t>(256 * column),
                      static_cast<uint32_t>(256 * row), 0, 0);
      }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
}

}  // namespace

/// A picture without tiles, given to the commands as a slide.
class PlainPictureTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_strips, m_pyramid;

  nlohmann::json predicted(const std::string& slide, const std::string& name) {
    const Ended ended =
        call({"predict", slide, "--model", m_folder.model(), "--mpp", "0.5", "--out", m_folder.path(name)},
             {{"GENEGLASS_CACHE", m_folder.path("cache-" + name)}});
    if (ended.status != 0) qFatal("%s", ended.said.c_str());
    const std::filesystem::path file = slide;
    return jsonOfFile(m_folder.path(name) + "/" + file.stem().string() + ".prediction.json");
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1, 1536);
    m_strips = m_folder.path("strips.tif");
    m_pyramid = m_folder.path("pyramid.tif");
    writeStrips(*openSlide(m_folder.slide("slides", 1)), m_strips);
    const auto opened = openSlide(m_strips);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->driver, std::string("picture"));
    writePyramid(*opened, m_pyramid);
  }

  void itIsPredictedAsAPyramidOfTheSamePixelsIs() {
    const nlohmann::json picture = predicted(m_strips, "a"), pyramid = predicted(m_pyramid, "b");
    QVERIFY(picture["grid"]["tiles"].get<int>() > 20);
    QVERIFY(picture["grid"] == pyramid["grid"]);
    QVERIFY(picture["genes"] == pyramid["genes"]);
    QVERIFY(picture["hotspots"] == pyramid["hotspots"]);
  }

  /// Of noise, which needs more room than the file may take.
  void onAFullDiskNothingIsPredictedOfAPart() {
    const Variables here{{"GENEGLASS_CACHE", m_folder.path("cache-full")}};
    const std::string noise = m_folder.path("noise.tif");
    TIFF* tiff = TIFFOpen(noise.c_str(), "w");
    describe(tiff, {2000, 2000});
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
    uint32_t random = 1;
    for (uint32_t y = 0; y < 2000; ++y) {
      std::vector<uint8_t> row;
      for (int i = 0; i < 6000; ++i)
        row.push_back(static_cast<uint8_t>((random = random * 1664525 + 1013904223) >> 24));
      TIFFWriteScanline(tiff, row.data(), y, 0);
    }
    TIFFClose(tiff);
    Ended ended;
    {
      const FullPlace full(3000000);
      ended = call(
          {"predict", noise, "--model", m_folder.model(), "--mpp", "0.5", "--out", m_folder.path("full")},
          here);
    }
    const std::string why = ") of '" + noise + "': its tiles cannot be kept in '" +
                            m_folder.path("cache-full") + "': File too large.";
    QVERIFY2(ended.said.starts_with("Cannot read tile (level ") && ended.said.ends_with(why),
             ended.said.c_str());
    QCOMPARE(ended.status, 1);
    QCOMPARE(filesIn(m_folder.path("cache-full")), std::string());
    QCOMPARE(filesIn(m_folder.path("full")), std::string());
  }

  void withoutAPixelSizeItsRefusalSaysHowToGiveOne() {
    const Ended refused =
        call({"predict", m_strips, "--model", m_folder.model(), "--out", m_folder.path("c")});
    QCOMPARE(
        refused.said,
        "'" + m_strips +
            "' does not say how large its pixels are: give the micrometres per pixel with --mpp, or in the "
            "viewer under Slide > Pixel size.");
    QCOMPARE(refused.status, 1);
  }

  void itIsCutIntoTilesOnceAndTheCommandClearsThem() {
    const Variables here{{"GENEGLASS_CACHE", m_folder.path("cache-a")}};
    const nlohmann::json before = jsonOf(call({"cache", "--json"}, here).output);
    QCOMPARE(before["pictures"].get<int>(), 1);
    QVERIFY(before["pictures_bytes"].get<int64_t>() > 1000);
    QCOMPARE(call({"cache", "--clear"}, here).status, 0);
    QCOMPARE(jsonOf(call({"cache", "--json"}, here).output)["pictures"].get<int>(), 0);
  }
};

}  // namespace geneglass::plain_picture_test

GENEGLASS_TEST(geneglass::plain_picture_test::PlainPictureTest)
#include "plain_picture_test.moc"
