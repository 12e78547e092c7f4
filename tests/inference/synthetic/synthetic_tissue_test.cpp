// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <array>
#include <cmath>
#include <numeric>

#include "inference/synthetic/class_map.h"
#include "inference/synthetic/slide_painter.h"
#include "tests/support/test_program.h"

namespace geneglass::synthetic_tissue_test {
namespace {

constexpr Size kSize{4096, 4096};
constexpr int kCell = 128;

/// Means over the cells of one class, in this slide's own stains.
struct Look {
  double brightness = 0;    ///< green and red, 0 to 255
  double haematoxylin = 0;  ///< amount
  int cells = 0;
};

/// Amount of haematoxylin of a pixel: Beer and Lambert's law solved for two stains in red and green.
double haematoxylinOf(uint32_t pixel, const Stain& stain) {
  const double red = std::log(stain.glass[0] / (redOf(pixel) + 1.0)),
               green = std::log(stain.glass[1] / (greenOf(pixel) + 1.0));
  const Rgb &h = stain.haematoxylin, &e = stain.eosin;
  return (red * e[1] - green * e[0]) / (h[0] * e[1] - h[1] * e[0]);
}

/// The class of a cell that is of one class all over, else Background.
TissueClass pureClass(const TissueLayout& layout, int x, int y) {
  const TissueClass first = layout.classAt(static_cast<float>(x), static_cast<float>(y));
  for (int j = 0; j <= kCell; j += 32)
    for (int i = 0; i <= kCell; i += 32)
      if (layout.classAt(static_cast<float>(x + i), static_cast<float>(y + j)) != first)
        return TissueClass::Background;
  return first;
}

std::array<Look, kTissueClasses> lookAtSlides() {
  std::array<Look, kTissueClasses> looks{};
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const SlidePainter painter(seed, kSize);
    for (int y = 0; y + kCell <= kSize.height; y += 3 * kCell)
      for (int x = 0; x + kCell <= kSize.width; x += 3 * kCell) {
        Look& look = looks[static_cast<size_t>(pureClass(painter.layout(), x, y))];
        if (look.cells++ > 40) continue;
        const Image image = painter.render(x, y, kCell, kCell);
        double light = 0, haematoxylin = 0;
        for (uint32_t pixel : image.pixels) {
          light += (redOf(pixel) + greenOf(pixel)) / 2.0;
          haematoxylin += haematoxylinOf(pixel, painter.stain());
        }
        look.brightness += light / static_cast<double>(image.pixels.size());
        look.haematoxylin += haematoxylin / static_cast<double>(image.pixels.size());
      }
  }
  for (Look& look : looks) {
    const int used = std::min(look.cells, 41);
    if (used > 0) look.brightness /= used, look.haematoxylin /= used;
  }
  return looks;
}

double meanGreen(const Image& image) {
  double sum = 0;
  for (uint32_t pixel : image.pixels) sum += greenOf(pixel);
  return sum / static_cast<double>(image.pixels.size());
}

}  // namespace

class SyntheticTissueTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsPaintedFitsTheClassMap() {
    const auto looks = lookAtSlides();
    const auto look = [&](TissueClass tissue) { return looks[static_cast<size_t>(tissue)]; };
    for (TissueClass tissue : {TissueClass::Stroma, TissueClass::Tumour, TissueClass::Mucin,
                               TissueClass::Lymphoid, TissueClass::Fat})
      QVERIFY2(look(tissue).cells >= 3, toString(tissue));
    QVERIFY(look(TissueClass::Fat).brightness > look(TissueClass::Stroma).brightness + 20);
    QVERIFY(look(TissueClass::Mucin).brightness > look(TissueClass::Tumour).brightness + 10);
    QVERIFY(look(TissueClass::Lymphoid).haematoxylin > 2 * look(TissueClass::Stroma).haematoxylin);
    QVERIFY(look(TissueClass::Tumour).haematoxylin > 1.5 * look(TissueClass::Stroma).haematoxylin);
  }

  void everyClassAppearsWithinThirtySlides() {
    std::array<bool, kTissueClasses> seen{};
    for (uint64_t seed = 1; seed <= 30; ++seed) {
      const TissueLayout layout(seed, kSize);
      for (int64_t row = 0; row < mapCells(kSize.height); row += 2)
        for (uint8_t most : mostOf(mapRow(layout, kSize, row))) seen[most] = true;
    }
    for (TissueClass tissue : kAllTissueClasses)
      QVERIFY2(seen[static_cast<size_t>(tissue)], toString(tissue));
  }

  void aTileIsTheSameWhoeverAsksForIt() {
    const SlidePainter painter(5, kSize), again(5, kSize);
    const Image whole = painter.render(1700, 1900, 300, 280);
    const Image part = again.render(1811, 1955, 97, 83);
    for (int y = 0; y < part.height; ++y)
      for (int x = 0; x < part.width; ++x) QCOMPARE(part.at(x, y), whole.at(111 + x, 55 + y));
  }

  void anotherSeedIsAnotherSlide() {
    const Image one = SlidePainter(5, kSize).render(2000, 2000, 128, 128);
    const Image other = SlidePainter(6, kSize).render(2000, 2000, 128, 128);
    QVERIFY(one.pixels != other.pixels);
  }

  void theCornerIsEmptyGlass() {
    for (uint64_t seed = 1; seed <= 5; ++seed) {
      const SlidePainter painter(seed, kSize);
      QVERIFY(std::abs(meanGreen(painter.render(0, 0, 64, 64)) -
                       static_cast<double>(painter.stain().glass[1])) < 1);
    }
  }

  void theFractionsOfEveryCellAddUpToOne() {
    const Size odd{1111, 999};
    const TissueLayout layout(3, odd);
    const auto columns = static_cast<size_t>(mapCells(odd.width));
    for (int64_t row = 0; row < mapCells(odd.height); ++row) {
      const std::vector<float> fractions = mapRow(layout, odd, row);
      for (size_t column = 0; column < columns; ++column) {
        float sum = 0;
        for (size_t k = 0; k < kTissueClasses; ++k) sum += fractions[k * columns + column];
        QVERIFY(std::abs(sum - 1) < 1e-5f);
      }
    }
  }

  void aStainShiftTurnsTheVectorsFurther() {
    const auto turn = [](const Rgb& a, const Rgb& b) {
      const double dot = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
      return std::acos(std::min(1.0, dot / (std::hypot(a[0], a[1], a[2]) * std::hypot(b[0], b[1], b[2]))));
    };
    double usual = 0, shifted = 0;
    for (uint64_t seed = 1; seed <= 100; ++seed) {
      usual += turn(drawStain(seed, 0).haematoxylin, drawStain(seed + 1, 0).haematoxylin);
      shifted += turn(drawStain(seed, 1).haematoxylin, drawStain(seed + 1, 1).haematoxylin);
    }
    QVERIFY(usual > 0);
    QVERIFY(shifted > 2 * usual);
  }

  void slidesDifferInWhatTheyAreMadeOf() {
    double least = 1, most = 0;
    for (uint64_t seed = 1; seed <= 12; ++seed) {
      const TissueLayout layout(seed, kSize);
      double lymphoid = 0, tissue = 0;
      for (int y = 0; y < kSize.height; y += 64)
        for (int x = 0; x < kSize.width; x += 64) {
          const TissueClass here = layout.classAt(static_cast<float>(x), static_cast<float>(y));
          tissue += isTissue(here), lymphoid += here == TissueClass::Lymphoid;
        }
      QVERIFY(tissue > 0.2 * 64 * 64);
      least = std::min(least, lymphoid / tissue), most = std::max(most, lymphoid / tissue);
    }
    QVERIFY(most - least > 0.2);
  }
};

}  // namespace geneglass::synthetic_tissue_test

GENEGLASS_TEST(geneglass::synthetic_tissue_test::SyntheticTissueTest)
#include "synthetic_tissue_test.moc"
