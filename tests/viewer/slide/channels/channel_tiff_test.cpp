// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_tiff.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/channels/shown_values.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/channels/channel_source.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::channel_tiff_test {

using namespace geneglass::testing;

class ChannelTiffTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyCompressionAndLayoutGivesTheValuesThatWereWritten_data();
  void everyCompressionAndLayoutGivesTheValuesThatWereWritten();
  void omeColoursThatNobodyElseDecodesAreExact_data();
  void omeColoursThatNobodyElseDecodesAreExact();
  void theRealQptiffOpensWithThreeChannels();
  void theRealFluorescenceNdpiHasChannelsAndTheSamePicture();
  void aColourPictureOfSixteenBitsIsStretchedByWhatItHolds_data();
  void aColourPictureOfSixteenBitsIsStretchedByWhatItHolds();
  void theLastColumnOfAGreyAperioSlideOfSixteenBitsIsRight();
  void whatIsOffIsNotShown();
  void anotherChoiceSharesWhatWasDecoded();
  void decodedChannelsTakeAShareOfTheSlides();
  void aDamagedTileIsAHoleInAReducedLevel();
  void channelsOfDifferentSizesAreRefused();

 private:
  std::filesystem::path place(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  const QTemporaryDir m_folder;
};

void ChannelTiffTest::everyCompressionAndLayoutGivesTheValuesThatWereWritten_data() {
  QTest::addColumn<ChannelRecipe>("recipe");
  const auto row = [](const QString& name, const ChannelRecipe& recipe) {
    QTest::newRow(qPrintable(name)) << recipe;
  };
  const std::pair<const char*, uint16_t> codecs[] = {{"raw", COMPRESSION_NONE},
                                                     {"PackBits", COMPRESSION_PACKBITS},
                                                     {"LZW", COMPRESSION_LZW},
                                                     {"zstd", COMPRESSION_ZSTD},
                                                     {"deflate", COMPRESSION_ADOBE_DEFLATE}};
  for (const auto& [name, compression] : codecs)
    for (const bool bigEndian : {false, true})
      for (const int tile : {128, 0}) {
        ChannelRecipe recipe{.tile = tile, .directories = 3, .levels = 3, .compression = compression};
        recipe.bigEndian = bigEndian;
        recipe.big = tile == 0;
        const QString kind =
            QStringLiteral("%1, %2 first, %3")
                .arg(QString::fromLatin1(name), bigEndian ? QStringLiteral("high") : QStringLiteral("low"),
                     tile ? QStringLiteral("tiles") : QStringLiteral("strips"));
        row(kind, recipe);
        const bool predicts = compression == COMPRESSION_LZW || compression == COMPRESSION_ZSTD ||
                              compression == COMPRESSION_ADOBE_DEFLATE;
        if (predicts) {
          recipe.predictor = PREDICTOR_HORIZONTAL;
          row(kind + QStringLiteral(", predictor 2"), recipe);
        }
        recipe.bits = 32;
        recipe.format = SAMPLEFORMAT_IEEEFP;
        // libtiff 4.5 itself writes predictor 3 wrongly where the high byte comes first.
        recipe.predictor = predicts && !bigEndian ? PREDICTOR_FLOATINGPOINT : PREDICTOR_NONE;
        row(kind + QStringLiteral(", floating point"), recipe);
      }
  for (const uint16_t planes : {PLANARCONFIG_CONTIG, PLANARCONFIG_SEPARATE})
    for (const int tile : {128, 0}) {
      ChannelRecipe recipe{.tile = tile, .samples = 5, .planes = planes, .compression = COMPRESSION_LZW};
      row(QStringLiteral("five samples, planes %1, tile %2").arg(planes).arg(tile), recipe);
      recipe.compression = COMPRESSION_NONE;
      row(QStringLiteral("five samples, raw, planes %1, tile %2").arg(planes).arg(tile), recipe);
      recipe.samples = 2;
      recipe.bits = 12;
      row(QStringLiteral("12 bits, planes %1, tile %2").arg(planes).arg(tile), recipe);
    }
  row(QStringLiteral("bytes"), {.directories = 2, .bits = 8, .compression = COMPRESSION_LZW});
}

void ChannelTiffTest::everyCompressionAndLayoutGivesTheValuesThatWereWritten() {
  QFETCH(ChannelRecipe, recipe);
  const int channels = recipe.directories * recipe.samples;
  recipe.descriptions = {omeXml(recipe, channels, "PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.5\"")};
  const auto file = place("values.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QCOMPARE(slide.driver, std::string("channel-tiff"));
  QCOMPARE(static_cast<int>(slide.channels.size()), channels);
  QVERIFY(slide.mpp && slide.mpp->x == 0.5);
  QVERIFY(unfitForModels(slide));
  int fileLevel = 0;
  for (int level = 0; level < static_cast<int>(slide.levels.size()); ++level) {
    if (slide.levels[static_cast<size_t>(level)].reduced) continue;
    for (int channel = 0; channel < channels; ++channel)
      QCOMPARE(worstOf(*opened, recipe, static_cast<size_t>(channel), level, fileLevel), 0);
    ++fileLevel;
  }
  QCOMPARE(fileLevel, recipe.levels);
}

void ChannelTiffTest::omeColoursThatNobodyElseDecodesAreExact_data() {
  QTest::addColumn<int>("compression");
  QTest::addColumn<int>("planes");
  QTest::newRow("WebP") << int{COMPRESSION_WEBP} << int{PLANARCONFIG_CONTIG};
  QTest::newRow("zstd") << int{COMPRESSION_ZSTD} << int{PLANARCONFIG_CONTIG};
  QTest::newRow("zstd, planes apart") << int{COMPRESSION_ZSTD} << int{PLANARCONFIG_SEPARATE};
  QTest::newRow("PackBits") << int{COMPRESSION_PACKBITS} << int{PLANARCONFIG_CONTIG};
}

void ChannelTiffTest::omeColoursThatNobodyElseDecodesAreExact() {
  QFETCH(int, compression);
  QFETCH(int, planes);
  ChannelRecipe recipe{.levels = 2, .samples = 3, .bits = 8, .photometric = PHOTOMETRIC_RGB};
  recipe.compression = static_cast<uint16_t>(compression);
  recipe.planes = static_cast<uint16_t>(planes);
  recipe.descriptions = {omeXml(recipe, 3, "", "<Channel SamplesPerPixel=\"3\"/>")};
  const auto file = place("colours.ome.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file, 0.5);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(!unfitForModels(*opened->slide) && opened->slide->note.empty());
  QCOMPARE(opened->slide->levels.size(), size_t{2});
  for (int level = 0; level < 2; ++level) {
    const auto tile = opened->source->read({level, 1, 0});
    QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
    const Image& image = (*tile)->image;
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int sample = 0; sample < 3; ++sample)
          QCOMPARE(int(image.at(x, y) >> (16 - 8 * sample) & 0xff),
                   int(valueAt(recipe, sample, level, 128 + x, y)));
  }
}

void ChannelTiffTest::theRealQptiffOpensWithThreeChannels() {
  GENEGLASS_NEED(file, "slides/unsupported-vectra.qptiff");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QCOMPARE(slide.size(), (Size{1920, 1440}));
  QCOMPARE(slide.channels.size(), size_t{3});
  QCOMPARE(slide.channels[0].name, std::string("DAPI"));
  QVERIFY(slide.mpp && std::abs(slide.mpp->x - 0.4965) < 1e-3);
  QCOMPARE(slide.associatedImages.size(), size_t{3});
  for (const AssociatedImage& image : slide.associatedImages) {
    QCOMPARE(image.mayIdentifyPatient, image.name != "thumbnail");
    const auto read = opened->source->readAssociatedImage(image.name);
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->width, static_cast<int>(image.size.width));
  }
  QVERIFY(!opened->source->readAssociatedImage("ghost"));
}

void ChannelTiffTest::theRealFluorescenceNdpiHasChannelsAndTheSamePicture() {
  GENEGLASS_NEED(file, "slides/fluorescence.ndpi");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->channels.size(), size_t{3});
  QCOMPARE(opened->slide->note, std::string("Scanned as fluorescence: DAPI 2 (387), emission 455 nm."));
  const int level = static_cast<int>(opened->slide->levels.size()) - 1;
  const auto shown = opened->source->read({level, 0, 0});
  QVERIFY2(shown, shown ? "" : shown.error().sentence.c_str());
  std::vector<Channel> blue = opened->slide->channels;
  blue[0].shown = blue[1].shown = false;
  const auto onlyBlue = opened->source->showing(blue)->read({level, 0, 0});
  QVERIFY(onlyBlue);
  uint32_t brightest = 0;
  for (size_t i = 0; i < (*shown)->image.pixels.size(); ++i) {
    QCOMPARE((*onlyBlue)->image.pixels[i], (*shown)->image.pixels[i] & 0xff0000ffu);
    brightest = std::max(brightest, (*shown)->image.pixels[i] & 0xff);
  }
  QVERIFY(brightest > 30);
}

void ChannelTiffTest::aColourPictureOfSixteenBitsIsStretchedByWhatItHolds_data() {
  QTest::addColumn<uint32_t>("most");
  QTest::addColumn<double>("white");
  QTest::newRow("all") << 65535u << 65535.0;
  QTest::newRow("12 in 16") << 4095u << 4095.0;
  QTest::newRow("10 in 16") << 1000u << 1023.0;
  QTest::newRow("bytes in 16") << 255u << 255.0;
}

void ChannelTiffTest::aColourPictureOfSixteenBitsIsStretchedByWhatItHolds() {
  QFETCH(uint32_t, most);
  QFETCH(double, white);
  for (const uint16_t planes : {PLANARCONFIG_CONTIG, PLANARCONFIG_SEPARATE})
    for (const int tile : {128, 0}) {
      ChannelRecipe recipe{.tile = tile,
                           .samples = 3,
                           .planes = planes,
                           .photometric = PHOTOMETRIC_RGB,
                           .compression = COMPRESSION_ADOBE_DEFLATE};
      recipe.most = most;
      const auto file = place("colour.tif");
      writeChannels(file, recipe);
      const auto opened = openSlide(file, 0.5);
      QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
      QVERIFY(opened->slide->channels.empty() && !unfitForModels(*opened->slide));
      QVERIFY2(opened->slide->note.starts_with(fmt::format("Values from 0 to {:.0f} ", white)),
               opened->slide->note.c_str());
      const auto tileRead = opened->source->read({0, 0, 0});
      QVERIFY(tileRead);
      const Image& image = (*tileRead)->image;
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
          for (int sample = 0; sample < 3; ++sample)
            QCOMPARE(int(image.at(x, y) >> (16 - 8 * sample) & 0xff),
                     int(std::floor(valueAt(recipe, sample, 0, x, y) * 255 / white + 0.5)));
    }
}

void ChannelTiffTest::theLastColumnOfAGreyAperioSlideOfSixteenBitsIsRight() {
  ChannelRecipe recipe{.width = 333, .height = 270, .tile = 128, .levels = 2, .compression = COMPRESSION_LZW};
  recipe.levelsBehind = true;
  recipe.descriptions = {"Aperio Image Library v12\r\n333x270 (128x128) LZW|AppMag = 20|MPP = 0.4990"};
  const auto file = place("grey.svs");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->vendor, std::string("aperio"));
  QVERIFY(opened->slide->mpp && opened->slide->mpp->x == 0.499);
  QCOMPARE(opened->slide->channels.size(), size_t{1});
  QCOMPARE(worstOf(*opened, recipe, 0, 0, 0), 0);
  QCOMPARE(worstOf(*opened, recipe, 0, 1, 1), 0);
}

void ChannelTiffTest::whatIsOffIsNotShown() {
  const ChannelRecipe recipe{.directories = 2, .compression = COMPRESSION_LZW};
  const auto file = place("off.tif");
  ChannelRecipe described = recipe;
  described.descriptions = {omeXml(recipe, 2)};
  writeChannels(file, described);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  std::vector<Channel> channels = opened->slide->channels;
  for (Channel& channel : channels) channel.shown = false;
  const auto dark = opened->source->showing(channels)->read({0, 2, 1});
  QVERIFY(dark);
  QCOMPARE((*dark)->image.width, 300 - 2 * 128);
  QVERIFY(std::ranges::all_of((*dark)->image.pixels, [](uint32_t pixel) { return pixel == 0xff000000u; }));
  QVERIFY(!opened->source->showing(channels)->read({0, 3, 0}));
  QVERIFY(!opened->source->showing(channels)->read({7, 0, 0}));
  QVERIFY(!opened->source->showing({}));
  channels[1].shown = true;
  channels[1].colour = 0x00ff00;
  const auto green = opened->source->showing(channels)->read({0, 0, 0});
  QVERIFY(green);
  QVERIFY(
      std::ranges::all_of((*green)->image.pixels, [](uint32_t pixel) { return (pixel & 0xff00ff) == 0; }));
}

/// The file may even be gone: nothing is decoded again.
void ChannelTiffTest::anotherChoiceSharesWhatWasDecoded() {
  ChannelRecipe recipe{.compression = COMPRESSION_LZW};
  const auto file = place("shared.tif");
  writeChannels(file, recipe);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->source->read({0, 0, 0}));
  std::filesystem::resize_file(file, 8);
  std::filesystem::remove(file);
  std::vector<Channel> channels = opened->slide->channels;
  channels[0].high = 5;
  const auto brighter = opened->source->showing(channels)->read({0, 0, 0});
  QVERIFY2(brighter, brighter ? "" : brighter.error().sentence.c_str());
}

void ChannelTiffTest::decodedChannelsTakeAShareOfTheSlides() {
  PlaneCache cache;
  const size_t bytes = Plane(100, 100).bytes();
  for (int channel = 0; channel < 5; ++channel)
    cache.insert({0, 0, 0}, channel, std::make_shared<const Plane>(100, 100));
  cache.setLimit(3 * bytes);
  QCOMPARE(cache.bytes(), 3 * bytes);
  QVERIFY(cache.find({0, 0, 0}, 4) && !cache.find({0, 0, 0}, 1));
  const auto file = place("share.tif");
  writeChannels(file, {});
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(shareOfPlanes(*opened->source, size_t{20} << 20), size_t{10} << 20);
  QCOMPARE(shareOfPlanes(*opened->source, size_t{2} << 30), PlaneCache::kLimit);
  QCOMPARE(shareOfPlanes(*opened->source->showing(opened->slide->channels), 100), size_t{50});
  TiffRecipe colours;
  writeTiff(place("colours.tif"), colours);
  QCOMPARE(shareOfPlanes(*openSlide(place("colours.tif"))->source, size_t{20} << 20), size_t{0});
}

void ChannelTiffTest::aDamagedTileIsAHoleInAReducedLevel() {
  ChannelRecipe recipe{.width = 3000, .height = 1200, .tile = 256, .compression = COMPRESSION_LZW};
  const auto file = place("damaged.tif");
  writeChannels(file, recipe);
  TIFF* tiff = TIFFOpen(file.c_str(), "r");
  const auto at = static_cast<long>(TIFFGetStrileOffset(tiff, 0));
  TIFFClose(tiff);
  FILE* stream = std::fopen(file.c_str(), "r+b");
  std::fseek(stream, at, SEEK_SET);
  for (int i = 0; i < 64; ++i) std::fputc(0xff, stream);
  std::fclose(stream);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto lost = opened->source->read({0, 0, 0});
  QVERIFY(!lost);
  QVERIFY(QString::fromStdString(lost.error().sentence)
              .startsWith(QStringLiteral("Cannot read tile (level 0, column 0, row 0) of '")));
  QVERIFY(opened->slide->levels[2].reduced);
  const auto part = opened->source->read({2, 0, 0});
  QVERIFY2(part, part ? "" : part.error().sentence.c_str());
  QVERIFY((*part)->damaged && !(*part)->damage.empty());
  QCOMPARE((*part)->image.at(0, 0), 0u);
  QCOMPARE((*part)->image.at(63, 63), 0u);
  QCOMPARE((*part)->image.at(64, 64) >> 24, 255u);
}

/// Rows of the narrow one would be read beyond its end.
void ChannelTiffTest::channelsOfDifferentSizesAreRefused() {
  ChannelRecipe recipe{.tile = 0, .rows = 210, .directories = 4};
  recipe.descriptions = {"ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\n"};
  const auto file = place("sizes.tif");
  writeChannels(file, recipe);
  testing::FileBytes bytes(file);
  size_t entry = bytes.number(4, 4) + 2;
  while (bytes.number(entry, 2) != TIFFTAG_IMAGEWIDTH) entry += 12;
  bytes.put(entry + 8, 65535, 2);
  bytes.write(file);
  const auto opened = openSlide(file);
  QVERIFY(!opened);
  QCOMPARE(opened.error().sentence,
           "Cannot open '" + file.string() +
               "': its channels are not of one size (65535 x 210 and 300 x 210 pixels).");
}

}  // namespace geneglass::channel_tiff_test

GENEGLASS_TEST(geneglass::channel_tiff_test::ChannelTiffTest)
#include "channel_tiff_test.moc"
