// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/channels/shown_values.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::jpeg_channels_test {

using namespace geneglass::testing;

/// Channels and colours of a QPTIFF and an OME-TIFF that are packed as JPEG.
class JpegChannelsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void channelsAreTheValuesThatWereWritten_data();
  void channelsAreTheValuesThatWereWritten();
  void aBrightfieldQptiffIsAColourSlide_data();
  void aBrightfieldQptiffIsAColourSlide();

 private:
  std::filesystem::path place(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  const QTemporaryDir m_folder;
};

void JpegChannelsTest::channelsAreTheValuesThatWereWritten_data() {
  QTest::addColumn<int>("tile");
  QTest::addColumn<bool>("bigEndian");
  QTest::newRow("tiles") << 128 << false;
  QTest::newRow("strips") << 0 << false;
  QTest::newRow("tiles, high byte first") << 128 << true;
}

void JpegChannelsTest::channelsAreTheValuesThatWereWritten() {
  QFETCH(int, tile);
  QFETCH(bool, bigEndian);
  ChannelRecipe recipe{
      .tile = tile, .directories = 3, .levels = 2, .bits = 8, .compression = COMPRESSION_JPEG};
  recipe.bigEndian = bigEndian;
  recipe.descriptions = {omeXml(recipe, 3, "PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.5\"")};
  const auto file = place("channels.ome.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->driver, std::string("channel-tiff"));
  QCOMPARE(opened->slide->channels.size(), size_t{3});
  QVERIFY(unfitForModels(*opened->slide));
  for (int level = 0; level < 2; ++level)
    for (size_t channel = 0; channel < 3; ++channel) {
      const int worst = worstOf(*opened, recipe, channel, level, level);
      QVERIFY2(worst <= 2, qPrintable(QString::number(worst)));  // of quality 100
    }
}

namespace {

std::string described(const char* type) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-16\"?><PerkinElmer-QPI-ImageDescription>"
      "<ImageType>{}</ImageType><Objective>20x</Objective></PerkinElmer-QPI-ImageDescription>",
      type);
}

/// As Vectra Polaris writes a stained slide: full resolution, thumbnail, two reduced ones, macro and label.
void writeBrightfield(const std::filesystem::path& file, TiffRecipe recipe) {
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  int shrink = 1;
  for (const char* type :
       {"FullResolution", "Thumbnail", "ReducedResolution", "ReducedResolution", "Overview", "Label"}) {
    const bool isLevel = std::string_view(type).ends_with("Resolution");
    const std::string text = described(type);
    TiffRecipe page = recipe;
    page.description = text.c_str();
    page.width = isLevel ? recipe.width / shrink : 90;
    page.height = isLevel ? recipe.height / shrink : 60;
    if (isLevel) shrink *= 2;
    if (recipe.compression == COMPRESSION_JPEG) TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
    if (recipe.compression == COMPRESSION_JPEG) TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 100);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 20000.0 * page.width / recipe.width);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 20000.0 * page.width / recipe.width);
    writeLevel(tiff, page);
  }
  TIFFClose(tiff);
}

}  // namespace

void JpegChannelsTest::aBrightfieldQptiffIsAColourSlide_data() {
  QTest::addColumn<int>("compression");
  QTest::addColumn<int>("photometric");
  QTest::addColumn<int>("allowed");
  QTest::newRow("JPEG of YCbCr") << int{COMPRESSION_JPEG} << int{PHOTOMETRIC_YCBCR} << 4;
  QTest::newRow("JPEG of RGB") << int{COMPRESSION_JPEG} << int{PHOTOMETRIC_RGB} << 2;
  QTest::newRow("LZW") << int{COMPRESSION_LZW} << int{PHOTOMETRIC_RGB} << 0;
}

void JpegChannelsTest::aBrightfieldQptiffIsAColourSlide() {
  QFETCH(int, compression);
  QFETCH(int, photometric);
  QFETCH(int, allowed);
  TiffRecipe recipe{.width = 640, .height = 420};
  recipe.compression = static_cast<uint16_t>(compression);
  recipe.photometric = static_cast<uint16_t>(photometric);
  recipe.subsampling = 1;
  const auto file = place("stained.qptiff");
  writeBrightfield(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QVERIFY(slide.channels.empty() && !unfitForModels(slide));
  QCOMPARE(slide.vendor, std::string("perkinelmer-qptiff"));
  QVERIFY(slide.mpp && std::abs(slide.mpp->x - 0.5) < 1e-6);
  QCOMPARE(slide.objectivePower, std::optional<double>(20));
  std::string beside;
  for (const AssociatedImage& image : slide.associatedImages) {
    beside += image.name + " ";
    QCOMPARE(image.mayIdentifyPatient, image.name != "thumbnail");
    QVERIFY(opened->source->readAssociatedImage(image.name));
  }
  QCOMPARE(beside, std::string("thumbnail macro label "));
  std::vector<Size> sizes;
  for (const Level& level : slide.levels)
    if (!level.reduced) sizes.push_back(level.size);
  QCOMPARE(sizes, (std::vector<Size>{{640, 420}, {320, 210}, {160, 105}}));
  for (int index = 0; index < static_cast<int>(slide.levels.size()); ++index) {
    const Level& level = slide.levels[static_cast<size_t>(index)];
    for (int row = 0; row < level.rows() && !level.reduced; ++row)
      for (int column = 0; column < level.columns(); ++column) {
        const auto tile = opened->source->read({index, column, row});
        QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
        const Image& image = (*tile)->image;
        for (int y = 0; y < image.height; ++y)
          for (int x = 0; x < image.width; ++x) {
            const uint32_t wanted = paintedAt(column * recipe.tile + x, row * recipe.tile + y);
            for (const int shift : {0, 8, 16})
              QVERIFY(std::abs(int(image.at(x, y) >> shift & 0xff) - int(wanted >> shift & 0xff)) <= allowed);
          }
      }
  }
}

}  // namespace geneglass::jpeg_channels_test

GENEGLASS_TEST(geneglass::jpeg_channels_test::JpegChannelsTest)
#include "jpeg_channels_test.moc"
