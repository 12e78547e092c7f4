// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/channels/shown_values.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "tests/viewer/slide/formats/zarr/made_zarr.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::zarr_slide_test {

using namespace geneglass::testing;

namespace {

constexpr const char* kRgbWords =
    R"({"channels":[{"color":"FF0000"},{"color":"00FF00"},{"color":"0000FF"}]})";

/// How far the whole of a level of a colour slide is from what was written.
int worstColour(const OpenedSlide& opened, int level, int plane) {
  const Size size = opened.slide->levels[static_cast<size_t>(level)].size;
  const auto image = readLevelRegion(*opened.slide, *opened.source, level, 0, 0, static_cast<int>(size.width),
                                     static_cast<int>(size.height));
  if (!image) return 999;
  int most = 0;
  for (int y = 0; y < image->height; ++y)
    for (int x = 0; x < image->width; ++x)
      for (int channel = 0; channel < 3; ++channel)
        most = std::max(most, std::abs(int(image->at(x, y) >> (16 - 8 * channel) & 0xff) -
                                       int(zarrValueAt(channel, plane, level, x, y) & 0xff)));
  return most;
}

/// Of one channel, values from 1024 on; those beyond 255 steps are white.
int worstValue(const OpenedSlide& opened, const ZarrRecipe& recipe, int channel, int level) {
  const uint32_t mask = recipe.type[2] == '1' ? 0xff : 0xffff;
  const double low = recipe.type[2] == '1' ? 0 : 1024;
  const auto source = alone(opened, static_cast<size_t>(channel), low);
  const Level& facts = opened.slide->levels[static_cast<size_t>(level)];
  int most = 0;
  for (int row = 0; row < facts.rows(); ++row)
    for (int column = 0; column < facts.columns(); ++column) {
      const auto tile = source->read({level, column, row});
      if (!tile) return 999;
      const Image& image = (*tile)->image;
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
          const double value = zarrValueAt(channel, recipe.planes / 2, level, column * recipe.tile + x,
                                           row * recipe.tile + y) &
                               mask;
          const int wanted = static_cast<int>(std::lround(std::clamp(value - low, 0.0, 255.0)));
          most = std::max(most, std::abs(int(image.at(x, y) & 0xff) - wanted));
        }
    }
  return most;
}

}  // namespace

class ZarrSlideTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPackingAndTypeGivesTheValuesThatWereWritten_data();
  void everyPackingAndTypeGivesTheValuesThatWereWritten();
  void threeChannelsOfBytesAreAStainedSlide_data();
  void threeChannelsOfBytesAreAStainedSlide();
  void omerosWordsAreItsChannels();
  void theFirstPictureOfBioformats2rawIsShown();
  void whatWasNeverWrittenIsBareGlass();
  void anotherLevelIsAnotherIdentity();
  void whatIsNotReadIsRefusedByItsName_data();
  void whatIsNotReadIsRefusedByItsName();
  void aDamagedChunkCostsItsTile();
  void aFolderDamagedAtRandomIsASentenceOrASlide();

 private:
  std::filesystem::path place(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  QTemporaryDir m_folder;
};

void ZarrSlideTest::everyPackingAndTypeGivesTheValuesThatWereWritten_data() {
  QTest::addColumn<ZarrRecipe>("recipe");
  for (const char* packing : {"raw", "zlib", "gzip", "zstd", "blosc"})
    for (const char* type : {"<u2", ">u2", "|u1"})
      for (const int together : {1, 2}) {
        ZarrRecipe recipe;
        recipe.packing = packing;
        recipe.type = type;
        recipe.channelsAChunk = together;
        recipe.separator = together == 1 ? "/" : ".";
        recipe.version = together == 1 ? "0.4" : "0.1";
        recipe.planes = 3;
        QTest::addRow("%s, %s, %d channels a chunk", packing, type, together) << recipe;
      }
}

void ZarrSlideTest::everyPackingAndTypeGivesTheValuesThatWereWritten() {
  QFETCH(ZarrRecipe, recipe);
  const auto folder = place("values.ome.zarr");
  writeZarr(folder, recipe);
  const auto opened = openSlide(folder);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QCOMPARE(slide.vendor, std::string("ome-zarr"));
  QCOMPARE(slide.size(), (Size{300, 210}));
  QCOMPARE(slide.levels.size(), size_t{2});
  QCOMPARE(slide.channels.size(), size_t{2});
  QVERIFY(unfitForModels(slide));
  QVERIFY2(slide.note.starts_with("Plane 2 of 3 is shown."), slide.note.c_str());
  QCOMPARE(slide.mpp.has_value(), recipe.version == "0.4");
  if (slide.mpp) QVERIFY(slide.mpp->x == 0.5 && slide.mpp->y == 0.5);
  for (int level = 0; level < 2; ++level)
    for (int channel = 0; channel < 2; ++channel) QCOMPARE(worstValue(*opened, recipe, channel, level), 0);
}

void ZarrSlideTest::threeChannelsOfBytesAreAStainedSlide_data() {
  QTest::addColumn<int>("together");
  QTest::addColumn<std::string>("omero");
  QTest::newRow("a chunk each") << 1 << std::string(kRgbWords);
  QTest::newRow("in one chunk") << 3 << std::string(kRgbWords);
  QTest::newRow("nobody says so") << 1 << std::string();
}

void ZarrSlideTest::threeChannelsOfBytesAreAStainedSlide() {
  QFETCH(int, together);
  QFETCH(std::string, omero);
  writeZarr(place("stained.zarr"),
            {.channels = 3, .channelsAChunk = together, .levels = 3, .type = "|u1", .omero = omero});
  const auto opened = openSlide(place("stained.zarr"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->channels.empty() && !unfitForModels(*opened->slide));
  QCOMPARE(opened->slide->note,
           omero.empty() ? std::string("Its three channels of bytes are taken for red, green and blue.")
                         : std::string());
  for (int level = 0; level < 3; ++level) QCOMPARE(worstColour(*opened, level, 0), 0);
}

void ZarrSlideTest::omerosWordsAreItsChannels() {
  writeZarr(place("named.zarr"),
            {.omero = R"({"channels":[{"label":"DAPI","color":"0000FF",)"
                      R"("window":{"start":100,"end":900}},{"label":"CD8","color":"FF8000"}]})"});
  const auto opened = openSlide(place("named.zarr"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto& channels = opened->slide->channels;
  QCOMPARE(channels[0].name, std::string("DAPI"));
  QCOMPARE(channels[0].colour, 0x0000ffu);
  QVERIFY(channels[0].low == 100 && channels[0].high == 900);
  QCOMPARE(channels[1].name, std::string("CD8"));
  QCOMPARE(channels[1].colour, 0xff8000u);
  QVERIFY(channels[1].high > channels[1].low);
}

void ZarrSlideTest::theFirstPictureOfBioformats2rawIsShown() {
  const auto folder = place("raw.zarr");
  writeZarr(folder / "0", {});
  writeZarr(folder / "1", {.width = 100, .height = 90});
  std::ofstream(folder / ".zattrs") << R"({"bioformats2raw.layout":3})";
  const auto opened = openSlide(folder);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->size(), (Size{300, 210}));
  QVERIFY2(opened->slide->note.starts_with("The first of its pictures is shown."),
           opened->slide->note.c_str());
}

void ZarrSlideTest::whatWasNeverWrittenIsBareGlass() {
  writeZarr(place("bare.zarr"), {.channels = 3, .type = "|u1", .omero = kRgbWords, .leaveOutTheFirst = true});
  const auto opened = openSlide(place("bare.zarr"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto bare = opened->source->read({0, 0, 0}), next = opened->source->read({0, 1, 0});
  QVERIFY(bare && next);
  QCOMPARE(alphaOf((*bare)->image.at(5, 5)), 0);
  QCOMPARE(alphaOf((*next)->image.at(5, 5)), 255);
}

void ZarrSlideTest::anotherLevelIsAnotherIdentity() {
  writeZarr(place("a.zarr"), {});
  const std::string first = openSlide(place("a.zarr"))->slide->hash;
  QCOMPARE(openSlide(place("a.zarr"))->slide->hash, first);
  writeZarr(place("a.zarr"), {.packing = "zlib"});
  QVERIFY(openSlide(place("a.zarr"))->slide->hash != first);
}

void ZarrSlideTest::whatIsNotReadIsRefusedByItsName_data() {
  QTest::addColumn<std::string>("file");
  QTest::addColumn<std::string>("from");
  QTest::addColumn<std::string>("to");
  QTest::addColumn<std::string>("reason");
  const auto row = [](const char* file, const char* from, const char* to, const char* reason) {
    QTest::newRow(reason) << std::string(file) << std::string(from) << std::string(to) << std::string(reason);
  };
  row("0/.zarray", "\"blosc\"", "\"lz9\"", "its chunks are packed in a way that is not read (lz9)");
  row("0/.zarray", "<u2", "<c8", "its numbers are of a type that is not read (<c8)");
  row("0/.zarray", "\"C\"", "\"F\"", "its numbers lie in the order of Fortran, which is not read");
  row("0/.zarray", "\"filters\":null", "\"filters\":[{\"id\":\"delta\"}]",
      "its chunks are filtered, which is not read");
  row("0/.zarray", "\"zarr_format\":2", "\"zarr_format\":9", "its '.zarray' is not of Zarr 2");
  row("0/.zarray", "300]", "0]", "its '.zarray' says no sizes");
  row("0/.zarray", "{", "[", "its '.zarray' is not valid JSON");
  row("0/.zarray", "128,128]", "99999999,99999999]", "a chunk of it does not fit into memory");
  row(".zattrs", "\"path\":\"0\"", "\"path\":\"../0\"", "it lists a level outside its folder");
  row(".zattrs", "\"path\":\"0\"", "\"path\":\"0/../../0\"", "it lists a level outside its folder");
  row(".zattrs", "\"path\":\"1\"", "\"path\":\"7\"", "its level '7' is not there");
  row(".zattrs", "\"name\":\"z\"", "\"name\":\"q\"", "its axis 'q' is not read");
  row(".zattrs", "multiscales", "nothing", "it is a folder of Zarr that holds no OME-Zarr picture");
  row(".zattrs", "{\"multiscales\"", "{\"plate\":{},\"multiscales\"",
      "it is a plate of many wells: open the picture in one of them");
}

void ZarrSlideTest::whatIsNotReadIsRefusedByItsName() {
  QFETCH(std::string, file);
  QFETCH(std::string, from);
  QFETCH(std::string, to);
  QFETCH(std::string, reason);
  const auto folder = place("refused.zarr");
  writeZarr(folder, {});
  std::stringstream held;
  held << std::ifstream(folder / file).rdbuf();
  std::string text = held.str();
  QVERIFY(text.find(from) != std::string::npos);
  text.replace(text.find(from), from.size(), to);
  std::ofstream(folder / file) << text;
  const auto opened = openSlide(folder);
  QVERIFY(!opened);
  QCOMPARE(QString::fromStdString(opened.error().sentence),
           QString::fromStdString("Cannot open '" + folder.string() + "': " + reason + "."));
}

void ZarrSlideTest::aDamagedChunkCostsItsTile() {
  writeZarr(place("d.zarr"), {.channels = 3, .packing = "zlib", .type = "|u1", .omero = kRgbWords});
  std::ofstream(place("d.zarr") / "0" / "0" / "1" / "0" / "0" / "1") << "no chunk";
  const auto opened = openSlide(place("d.zarr"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto lost = opened->source->read({0, 1, 0});
  QVERIFY(!lost);
  QCOMPARE(lost.error().sentence, "Cannot read tile (level 0, column 1, row 0) of '" +
                                      place("d.zarr").string() + "': its chunk is damaged.");
  QVERIFY(opened->source->read({0, 0, 0}));
}

/// The same way each time.
void ZarrSlideTest::aFolderDamagedAtRandomIsASentenceOrASlide() {
  std::mt19937 random(5);
  for (int round = 0; round < 120; ++round) {
    ZarrRecipe recipe{.width = 90, .height = 70, .tile = 32};
    if (round % 2 == 0) recipe = {.width = 90, .height = 70, .tile = 32, .channels = 3, .type = "|u1"};
    recipe.packing = std::array{"raw", "zlib", "gzip", "zstd", "blosc"}[size_t(round) % 5];
    writeZarr(place("f.zarr"), recipe);
    const char* file =
        std::array{".zattrs", "0/.zarray", "1/.zarray", "0/0/0/0/0/0", "1/0/0/0/0/0"}[random() % 5];
    FileBytes bytes(place("f.zarr") / file);
    for (size_t i = 0; i < 1 + random() % 4; ++i)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 5 == 0) bytes.resize(random() % bytes.size());
    bytes.write(place("f.zarr") / file);
    const auto opened = openSlide(place("f.zarr"));
    if (!opened) {
      QVERIFY2(opened.error().sentence.starts_with("Cannot "), opened.error().sentence.c_str());
      continue;
    }
    for (int level = 0; level < static_cast<int>(opened->slide->levels.size()); ++level) {
      const Level& facts = opened->slide->levels[static_cast<size_t>(level)];
      for (int row = 0; row < std::min<int64_t>(3, facts.rows()); ++row)
        for (int column = 0; column < std::min<int64_t>(3, facts.columns()); ++column)
          (void)opened->source->read({level, column, row});
    }
  }
}

}  // namespace geneglass::zarr_slide_test

GENEGLASS_TEST(geneglass::zarr_slide_test::ZarrSlideTest)
#include "zarr_slide_test.moc"
