// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ome_tiff.h"

#include <fmt/format.h>

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::ome_tiff_test {

using namespace geneglass::testing;

namespace {

std::string xml(int width, int height, const std::string& physical) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME "
      "xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
      "<Instrument ID=\"I:0\"><Objective ID=\"O:0\" NominalMagnification=\"20.0\"/></Instrument>"
      "<Image ID=\"Image:0\"><ObjectiveSettings ID=\"O:0\"/><Pixels SizeX=\"{}\" SizeY=\"{}\" "
      "{}/></Image></OME>",
      width, height, physical);
}

const char* const kHalf = "PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"\u00b5m\" PhysicalSizeY=\"0.5\"";

int worst(const Image& image, int left, int top) {
  int off = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const uint32_t is = image.at(x, y), wanted = paintedAt(left + x, top + y);
      for (int shift = 0; shift < 24; shift += 8)
        off = std::max(off, std::abs(int(is >> shift & 0xff) - int(wanted >> shift & 0xff)));
    }
  return off;
}

}  // namespace

class OmeTiffTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void levelsLieInSubIfdsOrAfterTheFirst_data();
  void levelsLieInSubIfdsOrAfterTheFirst();
  void pixelSizesComeInAnyUnitOfLength_data();
  void pixelSizesComeInAnyUnitOfLength();
  void theImageOfTheSlidesSizeCounts();
  void whatIsNoOmeXmlSaysNothing();
  void channelsInDirectoriesOfTheirOwnAreNoPyramid();
};

void OmeTiffTest::levelsLieInSubIfdsOrAfterTheFirst_data() {
  QTest::addColumn<TiffRecipe>("recipe");
  QTest::addColumn<int>("allowed");
  for (const bool subIfds : {true, false})
    for (const bool big : {true, false}) {
      TiffRecipe recipe;
      recipe.levels = 3;
      recipe.width = 1000;
      recipe.height = 700;
      recipe.subIfds = subIfds;
      recipe.big = big;
      recipe.photometric = PHOTOMETRIC_RGB;
      const auto row = [&](const char* name, uint16_t compression, uint16_t planes, int allowed) {
        recipe.compression = compression;
        recipe.planes = planes;
        QTest::addRow("%s, %s, %s", name, subIfds ? "SubIFDs" : "one after another", big ? "big" : "classic")
            << recipe << allowed;
      };
      row("raw", COMPRESSION_NONE, PLANARCONFIG_CONTIG, 0);
      row("LZW", COMPRESSION_LZW, PLANARCONFIG_CONTIG, 0);
      row("deflate", COMPRESSION_ADOBE_DEFLATE, PLANARCONFIG_CONTIG, 0);
      row("deflate, planes apart", COMPRESSION_ADOBE_DEFLATE, PLANARCONFIG_SEPARATE, 0);
      row("JPEG of RGB", COMPRESSION_JPEG, PLANARCONFIG_CONTIG, 60);
    }
}

void OmeTiffTest::levelsLieInSubIfdsOrAfterTheFirst() {
  QFETCH(TiffRecipe, recipe);
  QFETCH(int, allowed);
  const QTemporaryDir folder;
  const std::string description = xml(recipe.width, recipe.height, kHalf);
  recipe.description = description.c_str();
  const std::filesystem::path file = folder.filePath(QStringLiteral("a.ome.tif")).toStdString();
  writeTiff(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QCOMPARE(slide.vendor, std::string("ome-tiff"));
  QVERIFY(slide.mpp && slide.mpp->x == 0.5 && slide.mpp->y == 0.5);
  QCOMPARE(slide.objectivePower, std::optional<double>(20));
  std::vector<Size> sizes;
  for (int level = 0; level < static_cast<int>(slide.levels.size()); ++level) {
    if (slide.levels[static_cast<size_t>(level)].reduced) continue;
    sizes.push_back(slide.levels[static_cast<size_t>(level)].size);
    const auto tile = opened->source->read({level, 1, 1});
    QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
    const int off = worst((*tile)->image, recipe.tile, recipe.tile);
    QVERIFY2(off <= allowed, qPrintable(QString::number(off)));
  }
  QCOMPARE(sizes, (std::vector<Size>{{1000, 700}, {500, 350}, {250, 175}}));
}

void OmeTiffTest::pixelSizesComeInAnyUnitOfLength_data() {
  QTest::addColumn<QByteArray>("physical");
  QTest::addColumn<double>("mpp");  // 0: none
  const auto row = [](const char* value, const char* unit, double mpp) {
    QTest::addRow("%s %s", value, unit)
        << QByteArray("PhysicalSizeX=\"") + value + "\" PhysicalSizeY=\"" + value +
               "\" PhysicalSizeXUnit=\"" + unit + "\" PhysicalSizeYUnit=\"" + unit + "\""
        << mpp;
  };
  row("0.25", "\u00b5m", 0.25);
  row("0.25", "\u03bcm", 0.25);
  row("250", "nm", 0.25);
  row("0.00025", "mm", 0.25);
  row("0.25", "pixel", 0);
  row("0.25", "reference frame", 0);
  row("0", "\u00b5m", 0);
  row("-0.25", "\u00b5m", 0);
  row("nan", "\u00b5m", 0);
  QTest::addRow("no unit is micrometres")
      << QByteArray("PhysicalSizeX=\"0.25\" PhysicalSizeY=\"0.25\"") << 0.25;
  QTest::addRow("one side only") << QByteArray("PhysicalSizeX=\"0.25\"") << 0.0;
}

void OmeTiffTest::pixelSizesComeInAnyUnitOfLength() {
  QFETCH(QByteArray, physical);
  QFETCH(double, mpp);
  const auto image = omeImageOf(xml(100, 80, physical.toStdString()), {100, 80});
  QVERIFY(image);
  QCOMPARE(image->mpp.has_value(), mpp > 0);
  if (image->mpp) QVERIFY(std::abs(image->mpp->x - mpp) < 1e-12 && image->mpp->x == image->mpp->y);
}

void OmeTiffTest::theImageOfTheSlidesSizeCounts() {
  const std::string two =
      "<ome:OME xmlns:ome=\"x\"><ome:Image><ome:Pixels SizeX=\"300\" SizeY=\"200\" PhysicalSizeX=\"9\" "
      "PhysicalSizeY=\"9\"/></ome:Image><ome:Image><ome:Pixels SizeX=\"4000\" SizeY=\"3000\" "
      "PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.5\"/></ome:Image></ome:OME>";
  QCOMPARE(omeImageOf(two, {4000, 3000})->mpp->x, 0.5);
  QCOMPARE(omeImageOf(two, {300, 200})->mpp->x, 9.0);
  QCOMPARE(omeImageOf(two, {7, 7})->size, (Size{300, 200}));
  QVERIFY(!omeImageOf(two, {300, 200})->objectivePower);
}

void OmeTiffTest::whatIsNoOmeXmlSaysNothing() {
  for (const char* text :
       {"", "Aperio Image Library", "<OME", "<OME></OME>", "{\"OME\": 1}", "OME <",
        "<DataObject ObjectType=\"DPUfsImport\"/>", "<a><OME><Image><Pixels/></Image></OME></a>"})
    QVERIFY2(!omeImageOf(text, {1, 1}), text);
}

void OmeTiffTest::channelsInDirectoriesOfTheirOwnAreNoPyramid() {
  TiffDirectory channel;
  channel.size = {1000, 700};
  channel.tile = {128, 128};
  channel.samplesPerPixel = 1;
  channel.bitsPerSample = 16;
  channel.description = xml(1000, 700, kHalf);
  TiffHead head;
  QVERIFY(!omePyramidOf(head, 1 << 20));
  head.tiled = {channel, channel};
  QVERIFY(!omePyramidOf(head, 1 << 20));
}

}  // namespace geneglass::ome_tiff_test

GENEGLASS_TEST(geneglass::ome_tiff_test::OmeTiffTest)
#include "ome_tiff_test.moc"
