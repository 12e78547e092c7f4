// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <openslide/openslide.h>

#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::philips_tiff_test {

using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

/// As Philips writes it: the finest level fills its tiles; the true sizes of the others follow from their
/// pixel spacings (millimetres), and their directories are padded up to whole tiles.
static std::string philipsDescription(const std::vector<double>& spacings) {
  const auto spacingOf = [](double spacing) {
    return fmt::format(
        "<Attribute Name=\"DICOM_PIXEL_SPACING\" PMSVR=\"IDoubleArray\">&quot;{0:.9f}&quot; "
        "&quot;{0:.9f}&quot;</Attribute>",
        spacing);
  };
  std::string parts;
  for (const double spacing : spacings)
    parts += "<DataObject ObjectType=\"PixelDataRepresentation\">" + spacingOf(spacing) + "</DataObject>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><DataObject ObjectType=\"DPUfsImport\"><Attribute "
         "Name=\"PIM_DP_SCANNED_IMAGES\"><Array><DataObject ObjectType=\"DPScannedImage\"><Attribute "
         "Name=\"PIM_DP_IMAGE_TYPE\">WSI</Attribute>" +
         spacingOf(spacings.front()) + "<Attribute Name=\"PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE\"><Array>" +
         parts + "</Array></Attribute></DataObject></Array></Attribute></DataObject>";
}

/// Levels of 640 x 384, 320 x 192 and 160 x 96 pixels in tiles of 128.
static void writePhilips(const std::filesystem::path& file, uint16_t photometric) {
  const std::string description = philipsDescription({0.00025, 0.0005, 0.001});
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  int level = 0;
  for (const QSize size : {QSize(640, 384), QSize(384, 256), QSize(256, 128)}) {
    TiffRecipe recipe{.photometric = photometric, .width = size.width(), .height = size.height()};
    if (level == 0) recipe.description = description.c_str();
    TIFFSetField(tiff, TIFFTAG_SOFTWARE, "Philips DP v1.0");
    if (level++ > 0) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    testing::writeLevel(tiff, recipe);
  }
  TIFFClose(tiff);
}

class PhilipsTiffTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path made(uint16_t photometric) {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("philips.tiff")).toStdString();
    writePhilips(file, photometric);
    return file;
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void paddedLevelsHaveTheirTrueSizeAndOpenslidesPixels() {
    for (const uint16_t photometric : {PHOTOMETRIC_YCBCR, PHOTOMETRIC_RGB}) {
      const std::filesystem::path file = made(photometric);
      const OpenedSlide opened = openSlide(file).value();
      const Slide& slide = *opened.slide;
      QCOMPARE(slide.vendor, std::string("philips"));
      QCOMPARE(slide.driver, std::string("direct-tiff"));
      QCOMPARE(slide.levels.size(), size_t{3});
      QCOMPARE(slide.mpp.value_or(Mpp{}).x, 0.25);
      openslide_t* peer = openslide_open(file.c_str());
      for (int level = 0; level < 3; ++level) {
        const Size size = slide.levels[static_cast<size_t>(level)].size;
        QCOMPARE(size.width, int64_t{640 >> level});
        QCOMPARE(size.height, int64_t{384 >> level});
        const auto width = static_cast<int>(size.width);
        const auto height = static_cast<int>(size.height);
        const Image own = readLevelRegion(slide, *opened.source, level, 0, 0, width, height).value();
        Image expected(width, height);
        openslide_read_region(peer, expected.pixels.data(), 0, 0, level, width, height);
        QCOMPARE(openslide_get_error(peer), nullptr);
        QVERIFY(own.pixels == expected.pixels);
        QVERIFY(std::abs(redOf(own.at(100, 50)) - redOf(testing::paintedAt(100, 50))) < 40);
      }
      openslide_close(peer);
    }
  }

  void aDamagedTileCostsThatTileOnly() {
    const std::filesystem::path file = made(PHOTOMETRIC_YCBCR);
    FileBytes bytes(file);
    const uint64_t from = bytes.tileValue(TIFFTAG_TILEOFFSETS, 7);
    for (uint64_t i = 0; i < bytes.tileValue(TIFFTAG_TILEBYTECOUNTS, 7); ++i) bytes.put(from + i, 0, 1);
    bytes.write(file);
    const OpenedSlide torn = openSlide(file).value();
    for (int i = 0; i < 15; ++i) QCOMPARE(torn.source->read({0, i % 5, i / 5}).has_value(), i != 7);
  }

  void withoutOpenslideItsLevelsHaveNoSizeSoADamagedFileIsRefused() {
    const std::filesystem::path file = made(PHOTOMETRIC_YCBCR);
    FileBytes bytes(file);
    bytes.putTileValue(TIFFTAG_TILEOFFSETS, 0, bytes.size() + 1, 2);
    bytes.write(file);
    const Result<OpenedSlide> refused = openSlide(file);
    QVERIFY(!refused);
    QVERIFY2(refused.error().sentence.starts_with("Cannot open '" + file.string() + "': "),
             refused.error().sentence.c_str());
  }
};

}  // namespace geneglass::philips_tiff_test

GENEGLASS_TEST(geneglass::philips_tiff_test::PhilipsTiffTest)
#include "philips_tiff_test.moc"
