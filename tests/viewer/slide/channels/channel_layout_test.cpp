// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_layout.h"

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/channels/shown_values.h"
#include "viewer/slide/channels/ome_layout.h"

namespace geneglass::channel_layout_test {

using namespace geneglass::testing;

namespace {

std::string qpi(const char* type, const char* name, const char* colour) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-16\"?><PerkinElmer-QPI-ImageDescription><ImageType>{}</ImageType>"
      "<Name>{}</Name><Color>{}</Color><ExposureTime>2500</ExposureTime><Objective>20x</Objective>"
      "</PerkinElmer-QPI-ImageDescription>",
      type, name, colour);
}

/// As ImageJ writes stacks of more than 4 GB: one directory, one strip, the other planes behind it.
void writeImagejStack(const std::filesystem::path& file, const ChannelRecipe& recipe, const std::string& text,
                      int planes, const std::vector<std::pair<int, int>>& channelOfPlane) {
  FILE* out = std::fopen(file.c_str(), "wb");
  const auto number = [&](uint32_t value, int width) {
    for (int i = 0; i < width; ++i)
      std::fputc(static_cast<int>(value >> (8 * (recipe.bigEndian ? width - 1 - i : i)) & 0xff), out);
  };
  const auto entry = [&](uint32_t tag, uint32_t type, uint32_t count, uint32_t value) {
    number(tag, 2);
    number(type, 2);
    number(count, 4);
    number(value, type == 3 ? 2 : 4);
    if (type == 3) number(0, 2);
  };
  constexpr uint32_t kText = 8 + 2 + 12 * 9 + 4;
  const auto width = static_cast<uint32_t>(recipe.width), height = static_cast<uint32_t>(recipe.height);
  const auto length = static_cast<uint32_t>(text.size()) + 1;
  std::fputs(recipe.bigEndian ? "MM" : "II", out);
  number(42, 2);
  number(8, 4);
  number(9, 2);
  entry(256, 4, 1, width);
  entry(257, 4, 1, height);
  entry(258, 3, 1, 16);
  entry(262, 3, 1, 1);
  entry(270, 2, length, kText);
  entry(273, 4, 1, kText + length);
  entry(277, 3, 1, 1);
  entry(278, 4, 1, height);
  entry(279, 4, 1, width * height * 2);
  number(0, 4);
  std::fwrite(text.c_str(), 1, length, out);
  for (int plane = 0; plane < planes; ++plane) {
    int channel = 100 + plane;  // what nobody asks for
    for (const auto& [place, wanted] : channelOfPlane)
      if (place == plane) channel = wanted;
    for (int y = 0; y < recipe.height; ++y)
      for (int x = 0; x < recipe.width; ++x)
        number(static_cast<uint32_t>(valueAt(recipe, channel, 0, x, y)), 2);
  }
  std::fclose(out);
}

}  // namespace

class ChannelLayoutTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void qptiffChannelsHaveTheirNamesAndColours();
  void imagejPlanesLieBehindTheFirstOnesSamples();
  void theMiddleSliceAndTheFirstTimeAreShownAndSaid();
  void theLargestOfSeveralImagesIsShownAndSaid();
  void ofImagesOfOneSizeTheFirstIsShownAndSaid();
  void anUnmarkedPyramidOfValuesHasItsLevels();
  void omeChannelsHaveTheirNamesAndColours();
  void moreSamplesThanChannelsCanBeAreRefused();
  void pixelsThatAreNotSquareAreRefusedUnlessTheUserKnowsBetter();
  void hostileFilesGetOneSentence_data();
  void hostileFilesGetOneSentence();

 private:
  std::filesystem::path place(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  const QTemporaryDir m_folder;
};

void ChannelLayoutTest::qptiffChannelsHaveTheirNamesAndColours() {
  ChannelRecipe recipe{.directories = 2, .levels = 3, .bits = 8, .compression = COMPRESSION_LZW};
  recipe.levelsBehind = true;
  recipe.descriptions = {qpi("FullResolution", "DAPI", "0,0,255"), qpi("FullResolution", "CD8", "255,128,0")};
  const auto file = place("two.qptiff");
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  for (int level = 0; level < 3; ++level)
    for (int directory = 0; directory < 2; ++directory) {
      writeChannelDirectory(tiff, recipe, directory, level);
      const std::string text = qpi("ReducedResolution", "DAPI", "0,0,255");
      if (level > 0) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, text.c_str());
      TIFFWriteDirectory(tiff);
    }
  TIFFClose(tiff);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto& channels = opened->slide->channels;
  QCOMPARE(channels.size(), size_t{2});
  QCOMPARE(channels[0].name, std::string("DAPI"));
  QCOMPARE(channels[0].colour, 0x0000ffu);
  QCOMPARE(channels[1].name, std::string("CD8"));
  QCOMPARE(channels[1].colour, 0xff8000u);
  QCOMPARE(channels[1].exposureMs, 2.5);
  QCOMPARE(opened->slide->objectivePower, std::optional<double>(20));
  QCOMPARE(worstOf(*opened, recipe, 1, 1, 1), 0);
  QCOMPARE(worstOf(*opened, recipe, 1, 2, 2), 0);
}

void ChannelLayoutTest::imagejPlanesLieBehindTheFirstOnesSamples() {
  for (const bool bigEndian : {true, false}) {
    ChannelRecipe recipe;
    recipe.bigEndian = bigEndian;
    const auto file = place("stack.tif");
    writeImagejStack(file, recipe, "ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\nhyperstack=true\n", 6,
                     {{2, 0}, {3, 1}});
    const auto opened = openSlide(file);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QVERIFY2(opened->slide->note.starts_with("Slice 2 of 3 is shown."), opened->slide->note.c_str());
    QCOMPARE(opened->slide->channels.size(), size_t{2});
    QCOMPARE(worstOf(*opened, recipe, 0, 0, 0), 0);
    QCOMPARE(worstOf(*opened, recipe, 1, 0, 0), 0);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 5 * 300 * 210 * 2);
    const auto cut = openSlide(file);
    QVERIFY(cut);
    const auto lost = alone(*cut, 0, 0)->read({0, 0, 0});
    QVERIFY(!lost && QString::fromStdString(lost.error().sentence).contains(QStringLiteral("stack.tif")));
  }
}

void ChannelLayoutTest::theMiddleSliceAndTheFirstTimeAreShownAndSaid() {
  ChannelRecipe recipe{.directories = 12,
                       .compression = COMPRESSION_LZW};  // of 2 channels, 3 slices, 2 times
  recipe.descriptions = {omeXml(recipe, 2, "SizeZ=\"3\" SizeT=\"2\"", "<TiffData/>")};
  const auto file = place("slices.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY2(opened->slide->note.starts_with("Slice 2 of 3 is shown. Time 1 of 2 is shown."),
           opened->slide->note.c_str());
  const auto tile = alone(*opened, 1, 0, 256)->read({0, 0, 0});
  QVERIFY(tile);
  const double value = valueAt(recipe, 3, 0, 17, 9);  // the second channel of the second slice
  QCOMPARE(int((*tile)->image.at(17, 9) & 0xff), int(value / 256 + 0.5));
}

void ChannelLayoutTest::theLargestOfSeveralImagesIsShownAndSaid() {
  const ChannelRecipe small{.width = 100, .height = 90};
  ChannelRecipe large{.directories = 1, .compression = COMPRESSION_LZW};
  const std::string text =
      "<OME><Image Name=\"a\"><Pixels SizeX=\"100\" SizeY=\"90\" SizeC=\"1\"><TiffData IFD=\"0\"/>"
      "</Pixels></Image><Image Name=\"b\"><Pixels SizeX=\"300\" SizeY=\"210\" SizeC=\"1\"><TiffData "
      "IFD=\"1\"/></Pixels></Image></OME>";
  const auto file = place("series.tif");
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  writeChannelDirectory(tiff, small, 0, 0);
  TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, text.c_str());
  TIFFWriteDirectory(tiff);
  writeChannelDirectory(tiff, large, 0, 0);
  TIFFWriteDirectory(tiff);
  TIFFClose(tiff);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->size(), (Size{300, 210}));
  QVERIFY2(opened->slide->note.starts_with("The largest of 2 images in the file is shown."),
           opened->slide->note.c_str());
  QCOMPARE(worstOf(*opened, large, 0, 0, 0), 0);
}

void ChannelLayoutTest::ofImagesOfOneSizeTheFirstIsShownAndSaid() {
  ChannelRecipe recipe{.directories = 5, .compression = COMPRESSION_LZW};
  const auto file = place("pages.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->channels.size(), size_t{1});
  QVERIFY2(opened->slide->note.starts_with("The first of 5 images of this size is shown."),
           opened->slide->note.c_str());
  QCOMPARE(worstOf(*opened, recipe, 0, 0, 0), 0);
}

void ChannelLayoutTest::anUnmarkedPyramidOfValuesHasItsLevels() {
  for (const int tile : {128, 0}) {
    ChannelRecipe recipe{.tile = tile, .levels = 3, .compression = COMPRESSION_LZW};
    recipe.levelsBehind = true;
    const auto file = place("unmarked.tif");
    writeChannels(file, recipe);
    const auto opened = openSlide(file);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->levels.size(), size_t{3});
    for (int level = 0; level < 3; ++level) QCOMPARE(worstOf(*opened, recipe, 0, level, level), 0);
  }
}

void ChannelLayoutTest::omeChannelsHaveTheirNamesAndColours() {
  ChannelRecipe recipe{.directories = 2, .compression = COMPRESSION_LZW};
  recipe.most = 4000;
  recipe.descriptions = {omeXml(recipe, 2, "SignificantBits=\"12\"",
                                "<Channel Name=\"Hoechst\" Color=\"65535\"/><Channel Name=\"pSTAT\" "
                                "Color=\"-16776961\"/>")};
  const auto file = place("named.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto& channels = opened->slide->channels;
  QCOMPARE(channels.size(), size_t{2});
  QCOMPARE(channels[0].name, std::string("Hoechst"));
  QCOMPARE(channels[0].colour, 0x0000ffu);
  QCOMPARE(channels[1].colour, 0xff0000u);
  QCOMPARE(channels[1].most, 4095.0);
  QCOMPARE(channels[1].unit, std::string("12-bit counts"));
  QVERIFY(channels[1].low >= 0 && channels[1].low < 20 && channels[1].high > 3900 &&
          channels[1].high <= 4000);
}

void ChannelLayoutTest::pixelsThatAreNotSquareAreRefusedUnlessTheUserKnowsBetter() {
  ChannelRecipe recipe{.directories = 2, .compression = COMPRESSION_LZW};
  const auto file = place("flat.tif");
  recipe.descriptions = {omeXml(recipe, 2, "PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.25\"")};
  writeChannels(file, recipe);
  const auto refused = openSlide(file);
  QVERIFY(!refused);
  QCOMPARE(
      refused.error().sentence,
      fmt::format("Cannot open '{}': its pixels are not square, 0.5 um across and 0.25 um down, and only "
                  "square ones are drawn and measured; where that is wrong, --mpp gives their size.",
                  file.string()));
  const auto corrected = openSlide(file, 0.5);
  QVERIFY(corrected && corrected->slide->mpp->y == 0.5);
  recipe.descriptions = {omeXml(recipe, 2, "PhysicalSizeX=\"0.500\" PhysicalSizeY=\"0.503\"")};
  writeChannels(file, recipe);
  QVERIFY(openSlide(file));
}

void ChannelLayoutTest::hostileFilesGetOneSentence_data() {
  QTest::addColumn<QString>("description");
  QTest::addColumn<QString>("sentence");
  const auto row = [](const char* name, const std::string& text, const char* sentence) {
    QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(sentence);
  };
  const ChannelRecipe recipe;
  row("a billion channels", omeXml(recipe, 1'000'000'000),
      "it says it has 1000000000 channels, more than 256");
  row("a plane is missing", omeXml(recipe, 3),
      "its channel 3 is missing: there is no directory 3 in the file");
  row("a place is missing", omeXml(recipe, 2, "", "<TiffData IFD=\"0\"/>"),
      "its description names no place for channel 2");
  row("a place beyond", omeXml(recipe, 1, "", "<TiffData IFD=\"900000000\"/>"),
      "its channel 1 is missing: there is no directory 900000001 in the file");
  row("in another file",
      "<OME UUID=\"urn:a\"><Image><Pixels SizeX=\"300\" SizeY=\"210\" SizeC=\"1\"><TiffData IFD=\"0\"><UUID "
      "FileName=\"b.tif\">urn:b</UUID></TiffData></Pixels></Image></OME>",
      "its channel 1 lies in another file, 'b.tif'");
  row("another size", "<OME><Image><Pixels SizeX=\"9000\" SizeY=\"210\" SizeC=\"1\"/></Image></OME>",
      "its channel 1 has 300 x 210 pixels, and its description says 9000 x 210");
  row("ImageJ lies of channels", "ImageJ=1\nchannels=1000000\n",
      "it says it has 1000000 channels, more than 256");
  row("ImageJ lies of slices", "ImageJ=1\nchannels=2\nslices=900\nframes=3\n",
      "it says it has 5400 planes, and holds 2");
  row("QPTIFF without a picture", qpi("Overview", "a", "1,2,3"),
      "it is a QPTIFF without a picture of full resolution");
  std::string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'k'; ++c)
    bomb += fmt::format("<!ENTITY {} \"&{};&{};&{};&{};&{};&{};&{};&{};\">", c, char(c - 1), char(c - 1),
                        char(c - 1), char(c - 1), char(c - 1), char(c - 1), char(c - 1), char(c - 1));
  row("an XML bomb",
      bomb + "]><OME><Image Name=\"&j;\"><Pixels SizeX=\"300\" SizeY=\"210\" SizeC=\"7\"/></Image></OME>",
      "its channel 3 is missing: there is no directory 3 in the file");
  std::string deep = "<OME>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  row("endless nesting", deep, "its description is nested deeper than 64 levels");
}

void ChannelLayoutTest::hostileFilesGetOneSentence() {
  QFETCH(QString, description);
  QFETCH(QString, sentence);
  ChannelRecipe recipe{.directories = 2, .compression = COMPRESSION_LZW};
  recipe.descriptions = {description.toStdString()};
  const auto file = place("hostile.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY(!opened);
  QCOMPARE(QString::fromStdString(opened.error().sentence),
           QStringLiteral("Cannot open '%1': %2.").arg(QString::fromStdString(file.string()), sentence));
}

void ChannelLayoutTest::moreSamplesThanChannelsCanBeAreRefused() {
  TiffPage page;
  page.size = {64, 48};
  page.bits = 16;
  page.samples = 65535;
  page.description = omeXml({.width = 64, .height = 48}, 1);
  const FoundLayout layout = omeLayout({page});
  QVERIFY(!layout);
  QCOMPARE(layout.error().sentence, std::string("its pixels have more than 256 samples"));
  QCOMPARE(samplesOf(page, 0).size(), kMostChannels + 1);
}

}  // namespace geneglass::channel_layout_test

GENEGLASS_TEST(geneglass::channel_layout_test::ChannelLayoutTest)
#include "channel_layout_test.moc"
