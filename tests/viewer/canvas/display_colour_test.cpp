// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiffio.h>

#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "tests/support/made_profile.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/off_screen/snapshot.h"
#include "viewer/canvas/overview_map.h"
#include "viewer/canvas/painting/shown_picture.h"

namespace geneglass::display_colour_test {

using namespace geneglass::testing;

namespace {

constexpr int kSide = 512;  // of the slide of patches
constexpr int kPatch = 6;   // pixels a side, each of one colour

// 17 steps of each channel, then every grey.
std::vector<uint32_t> patches() {
  std::vector<uint32_t> colours;
  for (uint32_t r = 0; r < 17; ++r)
    for (uint32_t g = 0; g < 17; ++g)
      for (uint32_t b = 0; b < 17; ++b)
        colours.push_back(opaque(std::min(255u, r * 16), std::min(255u, g * 16), std::min(255u, b * 16)));
  for (uint32_t grey = 0; grey < 256; ++grey) colours.push_back(opaque(grey, grey, grey));
  return colours;
}

Point middleOf(size_t index) {
  constexpr size_t kColumns = kSide / kPatch;
  return {static_cast<double>(index % kColumns * kPatch + kPatch / 2),
          static_cast<double>(index / kColumns * kPatch + kPatch / 2)};
}

// Deflated, so that every patch has the colour it was given.
void writePatches(const std::filesystem::path& file, const std::vector<uint8_t>& profile) {
  const std::vector<uint32_t> colours = patches();
  constexpr int kColumns = kSide / kPatch;
  std::vector<uint8_t> bytes;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const auto index = static_cast<size_t>(y / kPatch * kColumns + std::min(x / kPatch, kColumns - 1));
      const uint32_t colour = colours[std::min(index, colours.size() - 1)];
      for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<uint8_t>(colour >> shift));
    }
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  for (const auto tag : {TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH, TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH})
    TIFFSetField(tiff, tag, kSide);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_ICCPROFILE, static_cast<uint32_t>(profile.size()), profile.data());
  TIFFWriteTile(tiff, bytes.data(), 0, 0, 0, 0);
  TIFFClose(tiff);
}

// lcms2's own way from a profile to sRGB, in floats, and from sRGB to Lab.
struct Reference {
  explicit Reference(const std::vector<uint8_t>& bytes)
      : profile(cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size()))),
        srgb(cmsCreate_sRGBProfile()),
        lab(cmsCreateLab4Profile(nullptr)),
        toSrgb(cmsCreateTransform(profile, TYPE_RGB_FLT, srgb, TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
                                  cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE)),
        toLab(cmsCreateTransform(srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                                 cmsFLAGS_NOOPTIMIZE)) {}
  ~Reference() {
    for (cmsHTRANSFORM transform : {toSrgb, toLab}) cmsDeleteTransform(transform);
    for (cmsHPROFILE closed : {profile, srgb, lab}) cmsCloseProfile(closed);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  cmsCIELab labOf(const double* screen) const {
    cmsCIELab found;
    cmsDoTransform(toLab, screen, &found, 1);
    return found;
  }
  cmsCIELab wanted(uint32_t colour) const {
    const float device[] = {static_cast<float>(redOf(colour)) / 255,
                            static_cast<float>(greenOf(colour)) / 255,
                            static_cast<float>(blueOf(colour)) / 255};
    float light[3];
    cmsDoTransform(toSrgb, device, light, 1);
    double screen[3];
    for (int i = 0; i < 3; ++i) screen[i] = std::clamp(static_cast<double>(light[i]), 0.0, 1.0);
    return labOf(screen);
  }
  cmsCIELab seen(QRgb pixel) const {
    const double screen[] = {qRed(pixel) / 255.0, qGreen(pixel) / 255.0, qBlue(pixel) / 255.0};
    return labOf(screen);
  }

  cmsHPROFILE profile;
  cmsHPROFILE srgb;
  cmsHPROFILE lab;
  cmsHTRANSFORM toSrgb;
  cmsHTRANSFORM toLab;
};

// A pixel that so much of a stain leaves of white light.
uint32_t stained(const StainVector& stain, double amount) {
  const auto light = [&](size_t i) {
    return static_cast<uint32_t>(std::lround(255 * std::exp(-amount * stain[i])));
  };
  return opaque(light(0), light(1), light(2));
}

// The middle of a slide of one colour.
QRgb shownAs(uint32_t colour, const DisplayColour& display) {
  const OpenedSlide opened = painted(pyramid({600, 600}, 2, 1), [colour](TileKey) { return colour; });
  const auto picture = renderView(opened, view(300, 300, 1), {}, display);
  return picture ? picture->pixel(kScreenWidth / 2, kScreenHeight / 2) : 0;
}

}  // namespace

class DisplayColourTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aWideGamutProfileIsShownAsLcms2ShowsIt_data();
  void aWideGamutProfileIsShownAsLcms2ShowsIt();
  void theProfileSwitchedOffShowsThePixelsAsTheyAre();
  void identityLeavesEveryPixelAsItIs();
  void theViewOfAStainKeepsItAndClearsTheOther();
  void stainsOfOneDirectionFallBackToTheKnownOnes();
  void brightnessContrastAndGammaFollowTheirFormula();
  void transparentPixelsStayEmptyGlass();
  void movingASliderUploadsAndReadsNothing();
  void aScreenWithAProfileIsSentWhatLcms2WouldSend_data();
  void aScreenWithAProfileIsSentWhatLcms2WouldSend();
  void theScreensProfileStaysWhenTheSlidesIsOff();
  void aPictureMadeWithoutGraphicsIsThatOfTheShader();
  void theOverviewHasTheColoursOfTheView();
};

void DisplayColourTest::aWideGamutProfileIsShownAsLcms2ShowsIt_data() {
  QTest::addColumn<Gamut>("gamut");
  QTest::newRow("Adobe RGB") << Gamut::Adobe;
  QTest::newRow("ProPhoto") << Gamut::ProPhoto;
}

void DisplayColourTest::aWideGamutProfileIsShownAsLcms2ShowsIt() {
  QFETCH(Gamut, gamut);
  const std::vector<uint8_t> profile = wideGamutProfile(gamut);
  const QTemporaryDir folder;
  const auto file = std::filesystem::path(folder.path().toStdString()) / "patches.tif";
  writePatches(file, profile);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto picture = renderView(*opened, {{kSide / 2.0, kSide / 2.0}, 1, 0, kSide, kSide}, {},
                                  defaultColour(*opened->slide));
  QVERIFY2(picture, picture ? "" : picture.error().sentence.c_str());
  const Reference reference(profile);
  const std::vector<uint32_t> colours = patches();
  double largest = 0;
  double withoutProfile = 0;
  for (size_t i = 0; i < colours.size(); ++i) {
    const auto [x, y] = middleOf(i);
    const cmsCIELab wanted = reference.wanted(colours[i]);
    const cmsCIELab seen = reference.seen(picture->pixel(static_cast<int>(x), static_cast<int>(y)));
    const cmsCIELab raw = reference.seen(colours[i]);
    largest = std::max(largest, cmsCIE2000DeltaE(&seen, &wanted, 1, 1, 1));
    withoutProfile = std::max(withoutProfile, cmsCIE2000DeltaE(&raw, &wanted, 1, 1, 1));
  }
  std::printf("%s: largest Delta E 2000 of %zu patches %.3f (without the profile %.1f)\n",
              QTest::currentDataTag(), colours.size(), largest, withoutProfile);
  QVERIFY(largest <= 1);
  QVERIFY(withoutProfile > 5);
}

void DisplayColourTest::theProfileSwitchedOffShowsThePixelsAsTheyAre() {
  DisplayColour colour;
  colour.profile = std::make_shared<const ColourCube>(*displayCube(wideGamutProfile(Gamut::ProPhoto), 9));
  QVERIFY(differenceOf(shownAs(purple, colour), purple) > 5);
  colour.useProfile = false;
  QCOMPARE(shownAs(purple, colour), purple);
}

void DisplayColourTest::identityLeavesEveryPixelAsItIs() {
  QVERIFY(DisplayColour{}.isIdentity());
  for (uint32_t i = 0; i < 16; ++i) {
    const uint32_t colour = opaque(i * 17, 255 - i * 17, i * 53 % 256);
    QCOMPARE(shownAs(colour, {}), colour);
  }
}

void DisplayColourTest::theViewOfAStainKeepsItAndClearsTheOther() {
  const StainVectors stains;
  for (const double amount : {0.2, 0.7, 1.5}) {
    DisplayColour colour;
    const uint32_t blue = stained(stainOf(stains, StainView::Haematoxylin), amount);
    const uint32_t pink = stained(stainOf(stains, StainView::Eosin), amount);
    colour.stain = StainView::Haematoxylin;
    QVERIFY(differenceOf(shownAs(blue, colour), blue) <= 2);
    QVERIFY(differenceOf(shownAs(pink, colour), qRgb(255, 255, 255)) <= 3);
    colour.stain = StainView::Eosin;
    QVERIFY(differenceOf(shownAs(pink, colour), pink) <= 2);
    QVERIFY(differenceOf(shownAs(blue, colour), qRgb(255, 255, 255)) <= 3);
  }
}

void DisplayColourTest::stainsOfOneDirectionFallBackToTheKnownOnes() {
  const StainVectors same{{0.6, 0.7, 0.3}, {0.6, 0.7, 0.3}};
  const StainVectors nothing{{0, 0, 0}, {0, 0, 0}};
  for (const StainView view : {StainView::Haematoxylin, StainView::Eosin}) {
    QCOMPARE(unmixing(same, view), unmixing({}, view));
    QCOMPARE(unmixing(nothing, view), unmixing({}, view));
  }
}

void DisplayColourTest::brightnessContrastAndGammaFollowTheirFormula() {
  DisplayColour colour;
  colour.brightness = 0.1;
  colour.contrast = 1.3;
  colour.gamma = 1.8;
  const auto toned = [&](int value) {
    const double light = std::clamp((value / 255.0 - 0.5) * 1.3 + 0.5 + 0.1, 0.0, 1.0);
    return static_cast<int>(std::lround(255 * std::pow(light, 1 / 1.8)));
  };
  QVERIFY(differenceOf(shownAs(purple, colour), qRgb(toned(150), toned(60), toned(170))) <= 1);
}

void DisplayColourTest::transparentPixelsStayEmptyGlass() {
  DisplayColour colour;
  colour.brightness = 0.3;
  colour.stain = StainView::Eosin;
  QCOMPARE(shownAs(0, colour), emptyGlass());
}

void DisplayColourTest::movingASliderUploadsAndReadsNothing() {
  const auto slide = std::make_shared<const Slide>(pyramid({4000, 3000}, 2, 4));
  const auto source = std::make_shared<ColouredSource>(slide, [](TileKey) { return purple; });
  Window window(OpenedSlide{slide, source});
  QVERIFY2(window.works, "no OpenGL 3.3: run the tests under a screen or xvfb-run");
  const Viewport viewport = view(2000, 1500, 1.5);
  QVERIFY(window.drawUntilSharp(viewport).plan.sharp);
  const int reads = source->reads;
  DisplayColour colour;
  colour.profile = std::make_shared<const ColourCube>(*displayCube(wideGamutProfile(Gamut::Adobe), 9));
  QCOMPARE(window.renderer->draw(viewport, {}, colour).uploadedProfiles, 1);
  QRgb before = window.picture().pixel(9, 9);
  for (int i = 0; i < 20; ++i) {
    colour.brightness = 0.02 * (i % 5) + 0.01;
    colour.contrast = 1 + 0.05 * (i % 3);
    colour.gamma = 1 + 0.1 * (i % 2);
    colour.stain = static_cast<StainView>(i % 3);
    colour.useProfile = i % 4 != 0;
    const FrameReport report = window.renderer->draw(viewport, {}, colour);
    QCOMPARE(report.uploadedTiles + report.uploadedHeatmaps + report.uploadedProfiles, 0);
    QVERIFY(report.plan.want.empty() && report.plan.sharp);
    const QRgb now = window.picture().pixel(9, 9);
    QVERIFY(now != before);
    before = now;
  }
  QCOMPARE(int(source->reads), reads);
}

void DisplayColourTest::aScreenWithAProfileIsSentWhatLcms2WouldSend_data() {
  QTest::addColumn<std::vector<uint8_t>>("slide");
  QTest::addColumn<std::vector<uint8_t>>("screen");
  QTest::newRow("sRGB to Adobe RGB") << std::vector<uint8_t>() << wideGamutProfile(Gamut::Adobe);
  QTest::newRow("Adobe RGB to ProPhoto")
      << wideGamutProfile(Gamut::Adobe) << wideGamutProfile(Gamut::ProPhoto);
  QTest::newRow("ProPhoto to Adobe RGB")
      << wideGamutProfile(Gamut::ProPhoto) << wideGamutProfile(Gamut::Adobe);
}

void DisplayColourTest::aScreenWithAProfileIsSentWhatLcms2WouldSend() {
  QFETCH(std::vector<uint8_t>, slide);
  QFETCH(std::vector<uint8_t>, screen);
  const auto open = [](const std::vector<uint8_t>& bytes) {
    return bytes.empty() ? cmsCreate_sRGBProfile()
                         : cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size()));
  };
  cmsHPROFILE from = open(slide), to = open(screen), lab = cmsCreateLab4Profile(nullptr);
  constexpr cmsUInt32Number kFlags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE;
  cmsHTRANSFORM toScreen =
      cmsCreateTransform(from, TYPE_RGB_FLT, to, TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC, kFlags);
  cmsHTRANSFORM toLab = cmsCreateTransform(to, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                                           cmsFLAGS_NOOPTIMIZE);
  const auto labOf = [&](const std::array<double, 3>& sent) {
    cmsCIELab seen;
    cmsDoTransform(toLab, sent.data(), &seen, 1);
    return seen;
  };
  const auto cube = screenCube(slide, screen);
  QVERIFY2(cube, cube ? "" : cube.error().sentence.c_str());
  DisplayColour colour;
  (slide.empty() ? colour.screen : colour.profile) = std::make_shared<const ColourCube>(*cube);
  double largest = 0, unchanged = 0, limit = 0;
  const std::vector<uint32_t> all = patches();
  QImage picture(static_cast<int>(all.size()), 1, QImage::Format_RGB32);
  for (int x = 0; x < picture.width(); ++x) picture.setPixel(x, 0, all[static_cast<size_t>(x)]);
  picture = shownAs(picture, colour);
  for (size_t place = 0; place < all.size(); ++place) {
    const uint32_t patch = all[place];
    const QRgb shown = picture.pixel(static_cast<int>(place), 0);
    const float device[] = {static_cast<float>(redOf(patch)) / 255, static_cast<float>(greenOf(patch)) / 255,
                            static_cast<float>(blueOf(patch)) / 255};
    float sent[3];
    cmsDoTransform(toScreen, device, sent, 1);
    std::array<double, 3> clipped{}, rounded{};
    for (size_t i = 0; i < 3; ++i) {
      clipped[i] = std::clamp(static_cast<double>(sent[i]), 0.0, 1.0);
      rounded[i] = std::round(255 * clipped[i]) / 255;
    }
    const cmsCIELab best = labOf(rounded);
    const cmsCIELab wanted = labOf(clipped);
    const cmsCIELab seen = labOf({qRed(shown) / 255.0, qGreen(shown) / 255.0, qBlue(shown) / 255.0});
    const cmsCIELab raw = labOf({redOf(patch) / 255.0, greenOf(patch) / 255.0, blueOf(patch) / 255.0});
    largest = std::max(largest, cmsCIE2000DeltaE(&seen, &wanted, 1, 1, 1));
    unchanged = std::max(unchanged, cmsCIE2000DeltaE(&raw, &wanted, 1, 1, 1));
    limit = std::max(limit, cmsCIE2000DeltaE(&best, &wanted, 1, 1, 1));
  }
  std::printf("%s: largest Delta E 2000 %.3f (8 bits alone %.3f, unchanged %.1f)\n", QTest::currentDataTag(),
              largest, limit, unchanged);
  for (cmsHTRANSFORM transform : {toScreen, toLab}) cmsDeleteTransform(transform);
  for (cmsHPROFILE profile : {from, to, lab}) cmsCloseProfile(profile);
  QVERIFY(largest <= std::max(1.0, limit + 0.5));  // ProPhoto's 8 bits alone are coarser than 1
  QVERIFY(unchanged > 5);
}

void DisplayColourTest::theScreensProfileStaysWhenTheSlidesIsOff() {
  const auto cubeOf = [](Gamut gamut) {
    return std::make_shared<const ColourCube>(*displayCube(wideGamutProfile(gamut), 9));
  };
  DisplayColour colour;
  colour.profile = cubeOf(Gamut::ProPhoto);
  colour.screen = cubeOf(Gamut::Adobe);
  QCOMPARE(colour.cube(), colour.profile);
  colour.useProfile = false;
  QCOMPARE(colour.cube(), colour.screen);
  QVERIFY(!colour.isIdentity() && !colour.showsProfile());
  QVERIFY(differenceOf(shownAs(purple, colour), purple) > 2);
}

void DisplayColourTest::aPictureMadeWithoutGraphicsIsThatOfTheShader() {
  DisplayColour colour;
  colour.profile = std::make_shared<const ColourCube>(*displayCube(wideGamutProfile(Gamut::Adobe), 9));
  for (int i = 0; i < 12; ++i) {
    colour.stain = static_cast<StainView>(i % 3);
    colour.useProfile = i % 2;
    colour.brightness = i % 4 == 1 ? 0.1 : 0;
    colour.gamma = i % 4 == 2 ? 1.7 : 1;
    const uint32_t pixel =
        opaque(250 - 17 * static_cast<uint32_t>(i), 90, 60 + 13 * static_cast<uint32_t>(i));
    QImage one(1, 1, QImage::Format_RGB32);
    one.setPixel(0, 0, pixel);
    QVERIFY(differenceOf(shownAs(one, colour).pixel(0, 0), shownAs(pixel, colour)) <= 1);
  }
}

void DisplayColourTest::theOverviewHasTheColoursOfTheView() {
  QImage thumbnail(100, 80, QImage::Format_RGB32);
  thumbnail.fill(purple);
  OverviewMap map;
  map.resize(200, 160);
  map.showSlide(std::make_shared<const Slide>(pyramid({1000, 800}, 2, 2)), thumbnail);
  Viewport corner = view(100, 100, 0.1);
  map.setViewport(corner);
  for (const StainView stain : {StainView::All, StainView::Haematoxylin, StainView::Eosin}) {
    DisplayColour colour;
    colour.stain = stain;
    colour.contrast = stain == StainView::All ? 1.4 : 1;
    map.setDisplayColour(colour);
    const QRgb seen = map.grab().toImage().pixel(150, 120);
    QVERIFY(differenceOf(seen, shownAs(purple, colour)) <= 1);
  }
}

}  // namespace geneglass::display_colour_test

GENEGLASS_WINDOW_TEST(geneglass::display_colour_test::DisplayColourTest)
#include "display_colour_test.moc"
