// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/stain_estimate.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::stain_estimate_test {
namespace {

const std::string kTooLittle =
    "There is too little stained tissue to estimate the stains from: the standard ones are used.";

/// Reinhard-like vectors, some way from the standard ones.
const StainVectors kPlanted{{0.5626, 0.7201, 0.4062}, {0.2159, 0.8012, 0.5581}};

/// Pixels of both stains in all proportions, a fifth of them of one stain alone; with `noise`, grey levels
/// are off by so many (standard deviation) and half of the picture is white glass.
Image mixtures(const StainVectors& stains, double noise) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> share(0, 1);
  std::normal_distribution<double> error(0, 1);
  Image picture(300, 300);
  for (uint32_t& pixel : picture.pixels) {
    const double kind = share(random);
    const double blue = kind < 0.1 ? 0 : 0.5 + 0.9 * share(random);
    const double pink = kind >= 0.1 && kind < 0.2 ? 0 : 0.5 + 0.9 * share(random);
    const bool glass = noise > 0 && share(random) < 0.5;
    const auto level = [&](size_t i) {
      const double light =
          glass ? 248 : 255 * std::exp(-blue * stains.haematoxylin[i] - pink * stains.eosin[i]);
      return static_cast<uint32_t>(std::clamp(std::lround(light + noise * error(random)), 0l, 255l));
    };
    const uint32_t red = level(0), green = level(1);
    pixel = opaque(red, green, level(2));
  }
  return picture;
}

}  // namespace

class StainEstimateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void plantedStainsAreFoundAgain_data();
  void plantedStainsAreFoundAgain();
  void haematoxylinIsTheOneThatAbsorbsMoreRed();
  void aPictureWithoutTwoStainsGetsTheStandardOnesAndASentence_data();
  void aPictureWithoutTwoStainsGetsTheStandardOnesAndASentence();
  void transparentPixelsDoNotCount();
  void dustAndInkDoNotCount();
  void coloursOfNoStainAreRefused();
  void realSlidesHaveStainsNearTheStandardOnes_data();
  void realSlidesHaveStainsNearTheStandardOnes();
};

void StainEstimateTest::plantedStainsAreFoundAgain_data() {
  QTest::addColumn<double>("noise");
  QTest::addColumn<double>("allowed");
  QTest::newRow("without noise") << 0.0 << 1.0;
  QTest::newRow("with noise on half white glass") << 2.0 << 3.0;
}

void StainEstimateTest::plantedStainsAreFoundAgain() {
  QFETCH(double, noise);
  QFETCH(double, allowed);
  for (const StainVectors& stains : {kPlanted, StainVectors{}}) {
    const StainEstimate found = estimateStains(mixtures(stains, noise));
    QCOMPARE(found.refusal, std::string());
    const double blue = degreesBetween(found.stains.haematoxylin, stains.haematoxylin);
    const double pink = degreesBetween(found.stains.eosin, stains.eosin);
    std::printf("noise %.0f: haematoxylin off by %.2f degrees, eosin by %.2f\n", noise, blue, pink);
    QVERIFY(blue <= allowed && pink <= allowed);
  }
}

void StainEstimateTest::haematoxylinIsTheOneThatAbsorbsMoreRed() {
  const StainVectors swapped{kPlanted.eosin, kPlanted.haematoxylin};
  const StainEstimate found = estimateStains(mixtures(swapped, 0));
  QVERIFY(degreesBetween(found.stains.haematoxylin, kPlanted.haematoxylin) <= 1);
  QVERIFY(degreesBetween(found.stains.eosin, kPlanted.eosin) <= 1);
}

void StainEstimateTest::aPictureWithoutTwoStainsGetsTheStandardOnesAndASentence_data() {
  QTest::addColumn<uint32_t>("colour");
  QTest::addColumn<std::string>("sentence");
  QTest::newRow("white") << opaque(255, 255, 255) << kTooLittle;
  QTest::newRow("glass") << opaque(240, 241, 243) << kTooLittle;
  QTest::newRow("black") << opaque(0, 0, 0) << kTooLittle;
  QTest::newRow("one colour") << opaque(150, 60, 170)
                              << std::string(
                                     "The colours of this slide are no two stains (0 degrees between them): "
                                     "the standard ones are used.");
}

void StainEstimateTest::aPictureWithoutTwoStainsGetsTheStandardOnesAndASentence() {
  QFETCH(uint32_t, colour);
  QFETCH(std::string, sentence);
  const StainEstimate found = estimateStains(Image(200, 100, colour));
  QCOMPARE(found.refusal, sentence);
  QCOMPARE(found.stains, StainVectors{});
  QCOMPARE(estimateStains(Image()).refusal, kTooLittle);
}

void StainEstimateTest::transparentPixelsDoNotCount() {
  Image picture = mixtures(kPlanted, 0);
  for (uint32_t& pixel : picture.pixels) pixel &= 0x7fffffff;
  QCOMPARE(estimateStains(picture).refusal, kTooLittle);
}

void StainEstimateTest::dustAndInkDoNotCount() {
  Image picture = mixtures(kPlanted, 0);
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 300; ++x) picture.at(x, y) = y < 30 ? opaque(90, 92, 91) : opaque(180, 160, 40);
  const StainEstimate found = estimateStains(picture);
  QCOMPARE(found.refusal, std::string());
  QVERIFY(degreesBetween(found.stains.haematoxylin, kPlanted.haematoxylin) <= 1);
  QVERIFY(degreesBetween(found.stains.eosin, kPlanted.eosin) <= 1);
}

void StainEstimateTest::coloursOfNoStainAreRefused() {
  const StainEstimate found = estimateStains(mixtures({{0.97, 0.05, 0.24}, {0.75, 0.2, 0.63}}, 0));
  QCOMPARE(found.stains, StainVectors{});
  QVERIFY2(found.refusal.starts_with("The colours of this slide do not look like haematoxylin and eosin ("),
           found.refusal.c_str());
}

void StainEstimateTest::realSlidesHaveStainsNearTheStandardOnes_data() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"CMU-1-Small-Region.svs", "colon-section.tif", "tcga-cr-7395-no-mpp.svs"})
    QTest::newRow(name) << QString::fromLatin1(name);
}

void StainEstimateTest::realSlidesHaveStainsNearTheStandardOnes() {
  QFETCH(QString, name);
  const auto file = testing::dataFile(std::filesystem::path("slides") / name.toStdString());
  if (file.empty()) QSKIP("no such slide in GENEGLASS_DATA (../shared/data)");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Size size = opened->slide->size();
  const double shrink = 640.0 / static_cast<double>(std::max(size.width, size.height));
  const auto picture = readRegion(*opened->slide, *opened->source,
                                  {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)},
                                  static_cast<int>(static_cast<double>(size.width) * shrink),
                                  static_cast<int>(static_cast<double>(size.height) * shrink));
  QVERIFY(picture);
  const StainEstimate found = estimateStains(*picture);
  const auto& [blue, pink] = found.stains;
  std::printf(
      "%s: H %.3f %.3f %.3f, E %.3f %.3f %.3f, from the standard %.1f and %.1f degrees, apart %.1f %s\n",
      qPrintable(name), blue[0], blue[1], blue[2], pink[0], pink[1], pink[2],
      degreesBetween(blue, StainVectors{}.haematoxylin), degreesBetween(pink, StainVectors{}.eosin),
      degreesBetween(blue, pink), found.refusal.c_str());
  QCOMPARE(found.refusal, std::string());
  QVERIFY(degreesBetween(blue, StainVectors{}.haematoxylin) < 35);
  QVERIFY(degreesBetween(pink, StainVectors{}.eosin) < 35);
}

}  // namespace geneglass::stain_estimate_test

GENEGLASS_TEST(geneglass::stain_estimate_test::StainEstimateTest)
#include "stain_estimate_test.moc"
