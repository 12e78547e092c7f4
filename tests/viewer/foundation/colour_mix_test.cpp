// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/colour_mix.h"

#include <QTest>
#include <vector>

#include "tests/support/test_program.h"

namespace geneglass::colour_mix_test {

class ColourMixTest final : public QObject {
  Q_OBJECT

  static uint32_t mixOf(std::vector<double> places, ColourMix mix) { return mixed(places, kMixColours, mix); }
  static uint32_t alphaOf(uint32_t colour) { return colour >> 24; }

 private Q_SLOTS:
  void lowIsTransparentAndHighIsTheColour() {
    for (const ColourMix mix : {ColourMix::Sum, ColourMix::Highest}) {
      QCOMPARE(mixOf({0, 0}, mix), 0u);
      QCOMPARE(mixOf({1, 0}, mix), kMixColours[0]);
      QCOMPARE(mixOf({0, 1}, mix), kMixColours[1]);
      QCOMPARE(mixOf({-3, 7}, mix), kMixColours[1]);
    }
  }

  void coloursAreAddedOrTheHighestIsShown() {
    const std::vector<uint32_t> redAndBlue{0xFFFF0000, 0xFF0000FF};
    const std::vector<double> both{1, 0.5};
    QCOMPARE(mixed(both, redAndBlue, ColourMix::Sum), 0xFFFF0080u);
    QCOMPARE(mixed(both, redAndBlue, ColourMix::Highest), 0xFFFF0000u);
  }

  void noPartOfThePremultipliedColourIsAboveItsAlpha() {
    const std::vector<uint32_t> alike(5, 0xFFFFFFFF);
    const uint32_t colour = mixed(std::vector<double>(5, 0.3), alike, ColourMix::Sum);
    for (const int shift : {16, 8, 0}) QVERIFY((colour >> shift & 255) <= alphaOf(colour));
  }

  void twoWayHasFourCornersAndIsOpaque() {
    const auto at = [](double first, double second) { return mixOf({first, second}, ColourMix::TwoWay); };
    QCOMPARE(at(0, 0), 0xFFE8E8E8u);
    QCOMPARE(at(1, 0), kTwoWayColours[0]);
    QCOMPARE(at(0, 1), kTwoWayColours[1]);
    QCOMPARE(at(1, 1), 0xFF3B4994u);
    QCOMPARE(alphaOf(at(0.4, 0.7)), 255u);
    QCOMPARE(mixOf({1, 1, 1}, ColourMix::TwoWay), 0u);
  }
};

}  // namespace geneglass::colour_mix_test

GENEGLASS_TEST(geneglass::colour_mix_test::ColourMixTest)
#include "colour_mix_test.moc"
