// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/colour_wand.h"

#include <QTest>
#include <cmath>
#include <numbers>

#include "tests/support/test_program.h"
#include "viewer/annotation/shape_algebra.h"

namespace geneglass::colour_wand_test {

namespace {

constexpr uint32_t kPink = 0xffe0a0c0, kBlue = 0xff5040a0;
constexpr Rect kPlace{1000, 2000, 800, 800};  ///< 4 level-0 pixels each

/// 200 x 200 pink pixels with what `isBlue` says.
template <typename IsBlue>
Image tissue(IsBlue isBlue) {
  Image picture(200, 200, kPink);
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 200; ++x)
      if (isBlue(x + 0.5, y + 0.5)) picture.at(x, y) = kBlue;
  return picture;
}

bool isInDisc(double x, double y, double radius) {
  return std::hypot(x - 100, y - 100) < radius;
}

}  // namespace

class ColourWandTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDiscIsTakenWithItsArea();
  void aRingHasAHoleAndSpecksAreFilled();
  void whatIsAlikeButApartStaysOut();
  void moreToleranceTakesMore();
  void outsideThePictureAndWhereNothingWasScannedThereIsNothing();
};

void ColourWandTest::aDiscIsTakenWithItsArea() {
  const Image picture = wandPicture(tissue([](double x, double y) { return isInDisc(x, y, 60); }));
  const Area disc = alikeAround(picture, kPlace, {1400, 2400}, 40);
  QCOMPARE(disc.parts.size(), size_t{1});
  QVERIFY(disc.parts.front().holes.empty());
  const double expected = std::numbers::pi * 240 * 240;
  QVERIFY2(std::abs(squarePixels(disc) / expected - 1) < 0.04,
           qPrintable(QString::number(squarePixels(disc) / expected)));
  const Rect bounds = boundsOf(disc);
  QVERIFY(std::abs(bounds.x - 1160) <= 8 && std::abs(bounds.bottom() - 2640) <= 8);
}

void ColourWandTest::aRingHasAHoleAndSpecksAreFilled() {
  const Image picture = wandPicture(tissue([](double x, double y) {
    const bool isSpeck = std::hypot(x - 155, y - 100) < 2;
    return isInDisc(x, y, 80) && !isInDisc(x, y, 30) && !isSpeck;
  }));
  const Area ring = alikeAround(picture, kPlace, {1400, 2400 + 4 * 55}, 40);
  QCOMPARE(ring.parts.size(), size_t{1});
  QCOMPARE(ring.parts.front().holes.size(), size_t{1});
  QVERIFY(!holds(ring, {1400, 2400}));
  QVERIFY(holds(ring, {1000 + 4 * 155, 2400}));
}

void ColourWandTest::whatIsAlikeButApartStaysOut() {
  const Image picture = wandPicture(tissue([](double x, double) { return x < 80 || x > 120; }));
  const Area left = alikeAround(picture, kPlace, {1100, 2400}, 40);
  QVERIFY(holds(left, {1200, 2100}));
  QVERIFY(!holds(left, {1700, 2400}));
}

void ColourWandTest::moreToleranceTakesMore() {
  Image slope(200, 200);
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 200; ++x) slope.at(x, y) = 0xff000000u | static_cast<uint32_t>(x) * 0x010101u;
  const Image picture = wandPicture(slope);
  double last = 0;
  for (const double tolerance : {2.0, 10.0, 30.0, 120.0}) {
    const double taken = squarePixels(alikeAround(picture, kPlace, {1400, 2400}, tolerance));
    QVERIFY2(taken > last, qPrintable(QString::number(tolerance)));
    last = taken;
  }
}

void ColourWandTest::outsideThePictureAndWhereNothingWasScannedThereIsNothing() {
  Image half(200, 200, kPink);
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 100; ++x) half.at(x, y) = 0;
  const Image picture = wandPicture(half);
  QVERIFY(alikeAround(picture, kPlace, {1100, 2400}, 40).parts.empty());
  QVERIFY(alikeAround(picture, kPlace, {999, 2400}, 40).parts.empty());
  QVERIFY(alikeAround(Image(), kPlace, {1100, 2400}, 40).parts.empty());
  const Area right = alikeAround(picture, kPlace, {1700, 2400}, 255);
  QVERIFY(boundsOf(right).x >= 1400);
}

}  // namespace geneglass::colour_wand_test

GENEGLASS_TEST(geneglass::colour_wand_test::ColourWandTest)
#include "colour_wand_test.moc"
