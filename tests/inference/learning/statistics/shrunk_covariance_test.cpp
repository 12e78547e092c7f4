// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/shrunk_covariance.h"

#include <QtTest>
#include <cmath>
#include <random>

#include "tests/support/test_program.h"

namespace geneglass::shrunk_covariance_test {
namespace {

Matrix matrixOf(const std::vector<std::vector<float>>& rows) {
  Matrix matrix(rows.size(), rows.front().size());
  for (size_t row = 0; row < rows.size(); ++row) std::ranges::copy(rows[row], matrix.row(row).begin());
  return matrix;
}

Matrix gaussian(size_t rows, size_t columns, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  Matrix matrix(rows, columns);
  for (float& value : matrix.values) value = normal(random);
  return matrix;
}

/// |W (x - mean)|^2
double distanceOf(const ShrunkCovariance& distribution, const std::vector<double>& whitening,
                  std::span<const float> x) {
  double sum = 0;
  size_t at = 0;
  for (size_t row = 0; row < distribution.dimension(); ++row) {
    double value = 0;
    for (size_t i = 0; i <= row; ++i) value += whitening[at++] * (double(x[i]) - distribution.mean[i]);
    sum += value * value;
  }
  return sum;
}

#define GENEGLASS_NEAR(actual, expected)                                               \
  QVERIFY2(std::abs((actual) - (expected)) < 1e-6 * std::max(1.0, std::abs(expected)), \
           qPrintable(QString::number(actual)))

}  // namespace

class ShrunkCovarianceTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// The numbers are those of scikit-learn's formula (covariance.ledoit_wolf), computed in Python on the same
  /// rows.
  void itIsLedoitAndWolfsClosedForm() {
    Matrix rows(40, 3);
    for (int i = 0; i < 40; ++i)
      std::ranges::copy(
          std::vector<float>{float(i % 7) + 0.5F * float(i % 3), float((i * i) % 11), float((i * 5) % 13)},
          rows.row(size_t(i)).begin());
    const ShrunkCovariance found = shrunkCovariance(rows);
    GENEGLASS_NEAR(found.mean[0], 3.3625);
    GENEGLASS_NEAR(found.mean[2], 5.85);
    GENEGLASS_NEAR(found.shrinkage, 0.27735743411195113);
    const double expected[] = {5.294767282848483,    -0.4862029513615527, -0.23169727268785567,
                               -0.4862029513615527,  8.163319530721274,   0.13639878431136915,
                               -0.23169727268785567, 0.13639878431136915, 12.938631936430237};
    for (size_t i = 0; i < 9; ++i) GENEGLASS_NEAR(found.covariance[i], expected[i]);
  }

  void fewerRowsThanFeaturesStillHaveADistance() {
    const ShrunkCovariance found = shrunkCovariance(matrixOf({{1, 0, 2, 0}, {0, 1, 1, 0}, {3, 1, 0, 0}}));
    GENEGLASS_NEAR(found.shrinkage, 0.38969404186795503);
    GENEGLASS_NEAR(found.covariance[0], 1.1875111826802647);
    GENEGLASS_NEAR(found.covariance[15], 0.23814635891930588);  // a feature that never varied
    QVERIFY(whiteningOf(found).has_value());
  }

  void rowsThatSayNothingOfDirectionsBecomeASphere() {
    const ShrunkCovariance found = shrunkCovariance(matrixOf({{1, 2}, {3, 1}, {2, 4}, {5, 6}, {4, 3}}));
    QCOMPARE(found.shrinkage, 1.0);
    GENEGLASS_NEAR(found.covariance[0], 2.48);
    GENEGLASS_NEAR(found.covariance[1], 0.0);
    GENEGLASS_NEAR(found.covariance[3], 2.48);
  }

  void manyRowsAreHardlyShrunk() {
    Matrix rows = gaussian(20'000, 4, 3);
    for (size_t row = 0; row < rows.rows; ++row) rows.at(row, 2) = 3 * rows.at(row, 2) + rows.at(row, 0);
    const ShrunkCovariance found = shrunkCovariance(rows);
    QVERIFY2(found.shrinkage < 0.001, qPrintable(QString::number(found.shrinkage)));
    QVERIFY(std::abs(found.covariance[2 * 4 + 2] - 10) < 0.3);
    QVERIFY(std::abs(found.covariance[2 * 4 + 0] - 1) < 0.1);
  }

  void theWhiteningGivesTheMahalanobisDistance() {
    ShrunkCovariance distribution;  // covariance 4 2 / 2 3, whose inverse is 3 -2 / -2 4 over 8
    distribution.mean = {1, -1};
    distribution.covariance = {4, 2, 2, 3};
    const auto whitening = whiteningOf(distribution);
    QVERIFY(whitening.has_value());
    const std::vector<float> x{3, 2};  // d = (2, 3): (3 4 - 4 2 3 + 4 9) / 8 = 24 / 8
    GENEGLASS_NEAR(distanceOf(distribution, *whitening, x), 3.0);
  }

  void fifteenHundredFeaturesAreWhitened() {
    const Matrix rows = gaussian(300, 1500, 8);
    const ShrunkCovariance found = shrunkCovariance(rows);
    const auto whitening = whiteningOf(found);
    QVERIFY(whitening.has_value());
    QCOMPARE(whitening->size(), size_t(1500 * 1501 / 2));
    const Matrix others = gaussian(20, 1500, 9);
    for (size_t row = 0; row < others.rows; ++row) {
      const double distance = distanceOf(found, *whitening, others.row(row));
      QVERIFY2(distance > 1100 && distance < 1900, qPrintable(QString::number(distance)));
    }
  }

  void rowsThatAreAllTheSameHaveNoWhitening() {
    const ShrunkCovariance found = shrunkCovariance(matrixOf({{1, 2}, {1, 2}, {1, 2}}));
    QCOMPARE(found.shrinkage, 0.0);
    QVERIFY(!whiteningOf(found).has_value());
  }
};

}  // namespace geneglass::shrunk_covariance_test

GENEGLASS_TEST(geneglass::shrunk_covariance_test::ShrunkCovarianceTest)
#include "shrunk_covariance_test.moc"
