// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/colour_profile.h"

#include <tiffio.h>

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/made_profile.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::colour_profile_test {

using namespace geneglass::testing;

namespace {

// A lossless TIFF of 300 x 210 pixels with these bytes as its profile.
void writeWithProfile(const std::filesystem::path& file, const std::vector<uint8_t>& profile) {
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  if (!profile.empty())
    TIFFSetField(tiff, TIFFTAG_ICCPROFILE, static_cast<uint32_t>(profile.size()), profile.data());
  writeLevel(tiff, {.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB});
  TIFFClose(tiff);
}

}  // namespace

class ColourProfileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSlideCarriesTheProfileOfItsFile();
  void aSlideWithoutAProfileSaysNothing();
  void aProfileThatCannotBeUsedIsRefusedWithItsReason_data();
  void aProfileThatCannotBeUsedIsRefusedWithItsReason();
  void noCutOrDamageOfAProfileStopsASlide();
  void aTagLongerThanTheFileLeavesTheSlideReadable();
  void pixelsThatAreReadDoNotKnowOfTheProfile();
  void theCubeOfSrgbGivesBackItsLight();
  void aScreensProfileThatCannotBeUsedIsRefusedWithItsReason();

 private:
  std::filesystem::path inFolder(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  QTemporaryDir m_folder;
};

void ColourProfileTest::aSlideCarriesTheProfileOfItsFile() {
  const std::vector<uint8_t> profile = wideGamutProfile(Gamut::Adobe);
  const auto file = inFolder("wide.tif");
  writeWithProfile(file, profile);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->colourProfile, profile);
  QCOMPARE(opened->slide->colourProfileName, std::string("made: Adobe"));
  QVERIFY(opened->slide->colourProfileRefusal.empty());
}

void ColourProfileTest::aSlideWithoutAProfileSaysNothing() {
  const auto file = inFolder("plain.tif");
  writeWithProfile(file, {});
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->colourProfile.empty());
  QVERIFY(opened->slide->colourProfileName.empty());
  QVERIFY(opened->slide->colourProfileRefusal.empty());
}

void ColourProfileTest::aProfileThatCannotBeUsedIsRefusedWithItsReason_data() {
  QTest::addColumn<std::vector<uint8_t>>("profile");
  QTest::addColumn<std::string>("reason");
  const std::vector<uint8_t> good = wideGamutProfile(Gamut::Adobe);
  auto withoutTags = good;
  for (size_t at = 128; at < withoutTags.size(); ++at) withoutTags[at] = 0;
  QTest::newRow("grey") << greyProfile() << std::string("it is for grey, not for RGB");
  QTest::newRow("CMYK") << cmykProfile() << std::string("it is for CMYK, not for RGB");
  QTest::newRow("no profile at all") << std::vector<uint8_t>(500, 7) << std::string("it is damaged");
  QTest::newRow("cut short") << std::vector<uint8_t>(good.begin(), good.begin() + 100)
                             << std::string("it is damaged");
  QTest::newRow("without tags") << withoutTags
                                << std::string("it is damaged: it does not say what its colours are");
  QTest::newRow("link") << linkProfile()
                        << std::string("it does not describe a scanner, a screen or a colour space");
  QTest::newRow("huge") << std::vector<uint8_t>(kLargestColourProfile + 1, 7)
                        << std::string("its 16777217 bytes are more than a profile has");
}

void ColourProfileTest::aProfileThatCannotBeUsedIsRefusedWithItsReason() {
  QFETCH(std::vector<uint8_t>, profile);
  QFETCH(std::string, reason);
  const std::string sentence = "The slide's colour profile is not used: " + reason + ".";
  const auto file = inFolder("refused.tif");
  writeWithProfile(file, profile);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->colourProfile.empty());
  QCOMPARE(opened->slide->colourProfileRefusal, sentence);
  const auto cube = displayCube(profile);
  QVERIFY(!cube);
  QCOMPARE(cube.error().sentence, sentence);
}

// Whatever stands there: a cube of finite numbers, or a sentence.
void ColourProfileTest::noCutOrDamageOfAProfileStopsASlide() {
  const std::vector<uint8_t> good = wideGamutProfile(Gamut::ProPhoto);
  const auto check = [](const std::vector<uint8_t>& profile) {
    const auto cube = displayCube(profile, 3);
    return cube ? cube->values.size() == 81 : !cube.error().sentence.empty();
  };
  for (size_t length = 0; length < good.size(); length += 7)
    QVERIFY(check({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)}));
  for (size_t at = 0; at < good.size(); ++at) {
    auto damaged = good;
    damaged[at] ^= 0xff;
    QVERIFY(check(damaged));
  }
}

void ColourProfileTest::aTagLongerThanTheFileLeavesTheSlideReadable() {
  const auto file = inFolder("long.tif");
  writeWithProfile(file, wideGamutProfile(Gamut::Adobe));
  FileBytes bytes(file);
  bytes.put(bytes.entry(TIFFTAG_ICCPROFILE) + 4, 0xfffffff0u, 4);
  bytes.write(file);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->colourProfile.empty());
}

void ColourProfileTest::pixelsThatAreReadDoNotKnowOfTheProfile() {
  std::vector<Image> images;
  for (const auto& profile : {wideGamutProfile(Gamut::ProPhoto), std::vector<uint8_t>()}) {
    const auto file = inFolder(profile.empty() ? "without.tif" : "with.tif");
    writeWithProfile(file, profile);
    const auto opened = openSlide(file);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->colourProfile.empty(), profile.empty());
    auto region = readRegion(*opened->slide, *opened->source, {0, 0, 300, 210}, 300, 210);
    QVERIFY(region);
    images.push_back(std::move(*region));
  }
  QCOMPARE(images[0].pixels, images[1].pixels);
  QCOMPARE(images[0].at(120, 77), paintedAt(120, 77));
}

void ColourProfileTest::theCubeOfSrgbGivesBackItsLight() {
  const auto cube = displayCube(srgbProfile(), 18);
  QVERIFY(cube);
  QCOMPARE(cube->size, 18);
  // Red alone at 10 of 17: 150 of 255, whose light IEC 61966-2-1 gives as 0.30499.
  QVERIFY(std::abs(cube->values[30] - 0.30499f) < 1e-3f);
  QVERIFY(std::abs(cube->values[31]) < 1e-3f);
  QVERIFY(std::abs(cube->values[32]) < 1e-3f);
  // White is the last.
  for (size_t i = cube->values.size() - 3; i < cube->values.size(); ++i)
    QVERIFY(std::abs(cube->values[i] - 1) < 1e-3f);
}

void ColourProfileTest::aScreensProfileThatCannotBeUsedIsRefusedWithItsReason() {
  const std::vector<uint8_t> slide = wideGamutProfile(Gamut::Adobe);
  const auto refusalOf = [&](const std::vector<uint8_t>& screen) {
    const auto name = screenProfileName(screen);
    const auto cube = screenCube(slide, screen, 3);
    return !name && !cube && name.error().sentence == cube.error().sentence ? name.error().sentence
                                                                            : std::string("none");
  };
  auto withoutTags = slide;
  for (size_t at = 128; at < withoutTags.size(); ++at) withoutTags[at] = 0;
  const std::string start = "The screen's colour profile is not used: ";
  QCOMPARE(refusalOf(greyProfile()), start + "it is for grey, not for RGB.");
  QCOMPARE(refusalOf(linkProfile()), start + "it does not describe a screen or a colour space.");
  QCOMPARE(refusalOf(std::vector<uint8_t>(500, 7)), start + "it is damaged.");
  QCOMPARE(refusalOf(withoutTags), start + "it is damaged: it does not say what its colours are.");
  QCOMPARE(screenProfileName({}).error().sentence, start + "it is damaged.");
  QCOMPARE(*screenProfileName(slide), std::string("made: Adobe"));
}

}  // namespace geneglass::colour_profile_test

GENEGLASS_TEST(geneglass::colour_profile_test::ColourProfileTest)
#include "colour_profile_test.moc"
