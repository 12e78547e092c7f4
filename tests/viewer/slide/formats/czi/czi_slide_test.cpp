// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/czi/made_czi.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::czi_slide_test {

using namespace geneglass::testing;

namespace {

int farthestColour(uint32_t is, uint32_t wanted) {
  int most = 0;
  for (const int shift : {0, 8, 16})
    most = std::max(most, std::abs(int(is >> shift & 0xff) - int(wanted >> shift & 0xff)));
  return most;
}

/// The whole of a level, beside what was painted there.
int worstOfLevel(const OpenedSlide& opened, int level, const std::function<uint32_t(int, int)>& wanted) {
  const Size size = opened.slide->levels[static_cast<size_t>(level)].size;
  const auto image = readLevelRegion(*opened.slide, *opened.source, level, 0, 0, static_cast<int>(size.width),
                                     static_cast<int>(size.height));
  if (!image) return 999;
  int most = 0;
  for (int y = 0; y < image->height; ++y)
    for (int x = 0; x < image->width; ++x)
      most = std::max(most, farthestColour(image->at(x, y), wanted(x, y)));
  return most;
}

}  // namespace

class CziSlideTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPackingShowsItsSourceInEveryLevel_data();
  void everyPackingShowsItsSourceInEveryLevel();
  void ofBlocksThatOverlapTheLastOfTheMosaicLiesOnTop();
  void scenesLieWhereTheyWereScannedAndBareGlassIsBetween();
  void aLevelThatASceneLacksIsNone();
  void ofSeveralFocalPlanesTheMiddleOneIsShownAndSaid();
  void aDamagedBlockCostsTheTilesThatItLiesIn();
  void whatIsNotReadIsRefusedByItsName_data();
  void whatIsNotReadIsRefusedByItsName();
  void aSlideTooWideForAnOverviewIsReducedWhileItIsDecoded();
  void aSlideLargerThanAnyIsRefused();
  void aTornHeadOrDirectoryIsOneSentence_data();
  void aTornHeadOrDirectoryIsOneSentence();
  void aFileThatIsCutShortSaysWhatIsLost();

 private:
  std::filesystem::path place(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  std::string refusalOf(const std::filesystem::path& file) const {
    const auto opened = openSlide(file);
    return opened ? "it opened" : opened.error().sentence;
  }
  QTemporaryDir m_folder;
};

void CziSlideTest::everyPackingShowsItsSourceInEveryLevel_data() {
  QTest::addColumn<int>("packing");
  QTest::addColumn<int>("allowed");
  QTest::newRow("raw") << 0 << 0;
  QTest::newRow("JPEG") << 1 << 4;  // see dicom_jpeg_loss_test
  QTest::newRow("zstd0") << 5 << 0;
  QTest::newRow("zstd1") << 6 << 0;
}

void CziSlideTest::everyPackingShowsItsSourceInEveryLevel() {
  QFETCH(int, packing);
  QFETCH(int, allowed);
  std::vector<MadeCziBlock> blocks = madeCziBlocks(packing);
  for (size_t i = 0; i < blocks.size(); i += 2) blocks[i].zstdHead = 1;
  writeCzi(place("a.czi"), blocks);
  const auto opened = openSlide(place("a.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Slide& slide = *opened->slide;
  QCOMPARE(slide.vendor, std::string("zeiss"));
  QVERIFY(slide.mpp && std::abs(slide.mpp->x - 0.5) < 1e-9 && std::abs(slide.mpp->y - 0.5) < 1e-9);
  QCOMPARE(slide.mppOrigin, MppOrigin::Vendor);
  QCOMPARE(slide.objectivePower, std::optional<double>(20));
  QVERIFY(slide.note.empty() && slide.damage.empty() && !unfitForModels(slide));
  QCOMPARE(slide.levels.size(), size_t{3});
  QCOMPARE(slide.size(), (Size{900, 700}));
  QCOMPARE(slide.levels[2].size, (Size{225, 175}));
  for (int level = 0; level < 3; ++level) {
    const int worst = worstOfLevel(*opened, level, paintedAt);
    QVERIFY2(worst <= allowed, qPrintable(QString::number(worst)));
  }
}

void CziSlideTest::ofBlocksThatOverlapTheLastOfTheMosaicLiesOnTop() {
  const auto grey = [](uint32_t value) { return [value](int, int) { return opaque(value, value, value); }; };
  writeCzi(place("o.czi"), {{.left = 50, .width = 100, .height = 100, .mosaic = 1, .picture = grey(200)},
                            {.left = 0, .width = 100, .height = 100, .mosaic = 0, .picture = grey(10)}});
  const auto opened = openSlide(place("o.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->size(), (Size{150, 100}));
  QCOMPARE(worstOfLevel(*opened, 0,
                        [](int x, int) { return x < 50 ? opaque(10, 10, 10) : opaque(200, 200, 200); }),
           0);
}

void CziSlideTest::scenesLieWhereTheyWereScannedAndBareGlassIsBetween() {
  const auto moved = [](int x, int y) { return paintedAt(x + 3000, y + 40); };
  writeCzi(place("s.czi"),
           {{.left = -3000, .top = -40, .width = 300, .height = 200, .scene = 0, .picture = moved},
            {.left = 2000, .top = 60, .width = 400, .height = 200, .scene = 1, .picture = moved}});
  const auto opened = openSlide(place("s.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->size(), (Size{5400, 300}));
  const auto left = opened->source->read({0, 0, 0}), bare = opened->source->read({0, 5, 0}),
             right = opened->source->read({0, 10, 0});
  QVERIFY(left && bare && right);
  QCOMPARE((*left)->image.at(7, 9), paintedAt(7, 9));
  QCOMPARE(alphaOf((*left)->image.at(301, 9)), 0);
  QCOMPARE(alphaOf((*bare)->image.at(5, 5)), 0);
  QCOMPARE((*right)->image.at(30, 150), paintedAt(5150, 150));
  QCOMPARE(alphaOf((*right)->image.at(30, 50)), 0);
}

void CziSlideTest::aLevelThatASceneLacksIsNone() {
  writeCzi(place("l.czi"), {{.width = 400, .height = 400, .scene = 0},
                            {.left = 1000, .width = 100, .height = 100, .scene = 1},
                            {.width = 200, .height = 200, .factor = 2, .scene = 0},
                            {.left = 1000, .width = 50, .height = 50, .factor = 2, .scene = 1},
                            {.width = 100, .height = 100, .factor = 4, .scene = 0}});
  const auto opened = openSlide(place("l.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->levels.size(), size_t{2});
}

void CziSlideTest::ofSeveralFocalPlanesTheMiddleOneIsShownAndSaid() {
  std::vector<MadeCziBlock> blocks;
  for (const int plane : {-2, 0, 3})
    blocks.push_back({.width = 100, .height = 80, .plane = plane, .picture = [plane](int, int) {
                        const auto grey = static_cast<uint32_t>(100 + plane);
                        return opaque(grey, grey, grey);
                      }});
  writeCzi(place("z.czi"), blocks);
  const auto opened = openSlide(place("z.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->note, std::string("Of 3 focal planes number 2 is shown."));
  QCOMPARE(worstOfLevel(*opened, 0, [](int, int) { return opaque(100, 100, 100); }), 0);
}

void CziSlideTest::aDamagedBlockCostsTheTilesThatItLiesIn() {
  writeCzi(place("d.czi"), {{.width = 600, .height = 500, .packing = 5},
                            {.left = 1100, .width = 600, .height = 500, .packing = 5}});
  FileBytes bytes(place("d.czi"));
  for (size_t at = 0; at < 40; ++at) bytes[544 + 32 + 256 + 11 + at] ^= 0x5a;
  bytes.write(place("d.czi"));
  const auto opened = openSlide(place("d.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto lost = opened->source->read({0, 0, 0});
  QVERIFY(!lost);
  QCOMPARE(lost.error().sentence, "Cannot read tile (level 0, column 0, row 0) of '" +
                                      place("d.czi").string() + "': its Zstandard data are damaged.");
  QVERIFY(opened->source->read({0, 2, 0}));
}

void CziSlideTest::whatIsNotReadIsRefusedByItsName_data() {
  QTest::addColumn<int>("pixelType");
  QTest::addColumn<int>("packing");
  QTest::addColumn<int>("part");
  QTest::addColumn<int>("factor");
  QTest::addColumn<std::string>("reason");
  const std::string convert = ": Bio-Formats' 'bfconvert' makes an OME-TIFF of it";
  QTest::newRow("JPEG XR") << 3 << 4 << 0 << 1
                           << "it is a CZI whose pixels are packed as JPEG XR, which is not read" + convert;
  QTest::newRow("LZW") << 3 << 2 << 0 << 1
                       << "it is a CZI whose pixels are packed in a way that is not read (number 2)" +
                              convert;
  QTest::newRow("fluorescence")
      << 1 << 0 << 0 << 1
      << "it is a CZI whose pixels are Gray16 in 1 channel, not colours of 8 bits, which "
         "is not read" +
             convert;
  QTest::newRow("several files") << 3 << 0 << 1 << 1
                                 << "it is a CZI in several files, which is not read" + convert;
  QTest::newRow("no level 0") << 3 << 0 << 0 << 2
                              << std::string(
                                     "it holds no pixels of full resolution, only smaller pictures of them");
}

void CziSlideTest::whatIsNotReadIsRefusedByItsName() {
  QFETCH(int, pixelType);
  QFETCH(int, packing);
  QFETCH(int, part);
  QFETCH(int, factor);
  QFETCH(std::string, reason);
  writeCzi(place("r.czi"), {{.width = 60,
                             .height = 50,
                             .factor = factor,
                             .packing = packing,
                             .pixelType = pixelType,
                             .part = part}});
  QCOMPARE(QString::fromStdString(refusalOf(place("r.czi"))),
           QString::fromStdString("Cannot open '" + place("r.czi").string() + "': " + reason + "."));
}

void CziSlideTest::aSlideTooWideForAnOverviewIsReducedWhileItIsDecoded() {
  writeCzi(place("w.czi"), {{.width = 512, .height = 512},
                            {.left = 140000, .width = 200, .height = 512, .picture = [](int, int) {
                               return opaque(8, 80, 180);
                             }}});
  const auto opened = openSlide(place("w.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->levels.size() > 4 && opened->slide->levels[1].reduced);
  const auto first = opened->source->read({2, 0, 0});
  QVERIFY2(first, first ? "" : first.error().sentence.c_str());
  uint32_t sum = 0;
  for (int y = 40; y < 44; ++y)
    for (int x = 40; x < 44; ++x) sum += static_cast<uint32_t>(greenOf(paintedAt(x, y)));
  QVERIFY(std::abs(greenOf((*first)->image.at(10, 10)) - int(sum / 16)) <= 1);
}

void CziSlideTest::aSlideLargerThanAnyIsRefused() {
  writeCzi(place("x.czi"), {{.width = 60, .height = 50}, {.left = 1 << 29, .width = 60, .height = 50}});
  QCOMPARE(QString::fromStdString(refusalOf(place("x.czi"))),
           QString::fromStdString("Cannot open '" + place("x.czi").string() +
                                  "': 536870972 x 50 pixels are more than any slide's."));
}

void CziSlideTest::aTornHeadOrDirectoryIsOneSentence_data() {
  QTest::addColumn<int>("at");
  QTest::addColumn<int>("number");
  QTest::addColumn<std::string>("reason");
  QTest::newRow("version") << 32 << 2
                           << std::string("it is a CZI of another version than 1, which is not read");
  QTest::newRow("unfinished") << 84 << 0
                              << std::string("it is a CZI that was not finished: it has no directory");
  QTest::newRow("elsewhere") << 84 << 640 << std::string("no directory lies where its head says");
  QTest::newRow("no entries") << -1 << 0 << std::string("it holds no picture");
  QTest::newRow("too many entries") << -1 << 99 << std::string("its directory is damaged");
}

void CziSlideTest::aTornHeadOrDirectoryIsOneSentence() {
  QFETCH(int, at);
  QFETCH(int, number);
  QFETCH(std::string, reason);
  writeCzi(place("t.czi"), {{.width = 60, .height = 50}});
  FileBytes bytes(place("t.czi"));
  const auto directory = static_cast<size_t>(bytes.number(84, 8));
  bytes.put(at < 0 ? directory + 32 : static_cast<size_t>(at), static_cast<uint64_t>(number), 4);
  bytes.write(place("t.czi"));
  QCOMPARE(QString::fromStdString(refusalOf(place("t.czi"))),
           QString::fromStdString("Cannot open '" + place("t.czi").string() + "': " + reason + "."));
}

/// Its directory first, as some writers have it.
void CziSlideTest::aFileThatIsCutShortSaysWhatIsLost() {
  writeCzi(place("c.czi"), {{.width = 60, .height = 50}, {.left = 60, .width = 60, .height = 50}});
  FileBytes bytes(place("c.czi"));
  const auto directory = static_cast<size_t>(bytes.number(84, 8));
  bytes.put(directory + 32 + 128 + 32 + 120 + 6, uint64_t{1} << 40, 8);
  bytes.write(place("c.czi"));
  const auto opened = openSlide(place("c.czi"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->damage, std::string("1 of 2 blocks of its pixels lie beyond the end of the file."));
  QVERIFY(!opened->source->read({0, 0, 0}));
}

}  // namespace geneglass::czi_slide_test

GENEGLASS_TEST(geneglass::czi_slide_test::CziSlideTest)
#include "czi_slide_test.moc"
