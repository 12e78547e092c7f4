// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_lattice.h"

#include <QtTest>
#include <cmath>
#include <random>

#include "inference/learning/spots/read_spots.h"
#include "tests/support/shipped_section.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::spot_lattice_test {
namespace {

/// Places at i first + j second, each moved by normal noise; every seventh is missing.
std::vector<Point> placesOn(Point first, Point second, int side, double noise) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> draw(0, noise);
  std::vector<Point> places;
  for (int i = 0; i < side; ++i)
    for (int j = 0; j < side; ++j)
      if ((5 * i + 3 * j) % 7 != 0)
        places.push_back({500 + i * first.x + j * second.x + draw(random),
                          700 + i * first.y + j * second.y + draw(random)});
  return places;
}

bool isNear(double one, double other, double within) {
  return std::abs(one - other) <= within;
}

}  // namespace

class SpotLatticeTest final : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theStepsOfSquareTurnedAndHexagonalLatticesAreFound_data() {
    QTest::addColumn<Point>("first");
    QTest::addColumn<Point>("second");
    QTest::newRow("square") << Point{289.8, 0} << Point{0, 291.5};
    QTest::newRow("turned") << Point{276, 90} << Point{-90, 276};
    QTest::newRow("hexagonal") << Point{137, 0} << Point{68.5, 118.6};
  }
  void theStepsOfSquareTurnedAndHexagonalLatticesAreFound() {
    QFETCH(Point, first);
    QFETCH(Point, second);
    const double pitch = (std::hypot(first.x, first.y) + std::hypot(second.x, second.y)) / 2;
    for (const double noise : {0.0, 0.07 * pitch}) {
      const auto lattice = fitLattice(placesOn(first, second, 14, noise));
      QVERIFY(lattice.has_value());
      QVERIFY2(isNear(lattice->pitch(), pitch, noise == 0 ? 1e-6 : 0.006 * pitch),
               qPrintable(QString::number(lattice->pitch())));
      QVERIFY(isNear(lattice->residual, std::sqrt(2) * noise, 0.02 * pitch));
    }
  }

  void noiseShortensTheNearestNeighbourButNotTheLattice() {
    const std::vector<Point> places = placesOn({200, 0}, {0, 200}, 14, 14);
    QVERIFY2(isNear(spotPitch(places), 200, 1.2), qPrintable(QString::number(spotPitch(places))));
  }

  void whatLiesOnNoLatticeHasThePitchOfItsNeighbours() {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> draw(0, 1000);
    std::vector<Point> places;
    for (int i = 0; i < 150; ++i) places.push_back({draw(random), draw(random)});
    QVERIFY(!fitLattice(places).has_value());
    QVERIFY(spotPitch(places) > 10 && spotPitch(places) < 60);
    QVERIFY(!fitLattice({{0, 0}, {1, 0}, {2, 0}}).has_value());
    QVERIFY(!fitLattice(std::vector<Point>(20, Point{5, 5})).has_value());
    QCOMPARE(spotPitch({{0, 0}, {3, 4}}), 5.0);
    QVERIFY(std::isnan(spotPitch({{0, 0}})));
  }

  void realSpotsLieTwoHundredMicrometresApart() {
    std::vector<std::filesystem::path> folders{testing::shippedSection()};
    for (const char* name : {"st/her2st-C2", "st/her2st-C3", "st/her2st-C4"})
      if (const auto folder = testing::dataFile(name); !folder.empty()) folders.push_back(folder);
    for (const std::filesystem::path& folder : folders) {
      const Result<SpotTable> table = readSpots(folder / "counts.tsv.gz", folder / "spots.tsv");
      QVERIFY2(table.has_value(), table ? "" : table.error().sentence.c_str());
      const double micrometres = 0.688 * spotPitch(table->centres);
      QVERIFY2(isNear(micrometres, 200, 2), qPrintable(QString::number(micrometres)));
    }
  }
};

}  // namespace geneglass::spot_lattice_test

GENEGLASS_TEST(geneglass::spot_lattice_test::SpotLatticeTest)
#include "spot_lattice_test.moc"
