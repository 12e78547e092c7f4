// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/block_bootstrap.h"

#include <QtTest>
#include <cmath>
#include <random>

#include "tests/support/test_program.h"

namespace geneglass::block_bootstrap_test {
namespace {

std::vector<Point> squareOfPlaces(int side) {
  std::vector<Point> places;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) places.push_back({double(x), double(y)});
  return places;
}

/// Independent at each place of a square, or the mean of the square of (2 reach + 1)^2 such about it.
std::vector<double> field(int side, int reach, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  const int wide = side + 2 * reach;
  std::vector<double> noise(size_t(wide * wide)), values;
  for (double& value : noise) value = normal(random);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      double sum = 0;
      for (int dy = 0; dy <= 2 * reach; ++dy)
        for (int dx = 0; dx <= 2 * reach; ++dx) sum += noise[size_t((y + dy) * wide + x + dx)];
      values.push_back(sum);
    }
  return values;
}

struct Coverage {
  double held = 0;   ///< share of pairs of unrelated series whose interval holds 0
  double width = 0;  ///< mean, of the intervals
};

Coverage coverageOf(const BlockBootstrap& bootstrap, int reach, bool ranks, int pairs) {
  std::mt19937_64 random(7);
  Coverage coverage;
  for (int pair = 0; pair < pairs; ++pair) {
    const std::vector<double> x = field(20, reach, random), y = field(20, reach, random);
    const Interval interval = ranks ? bootstrap.interval(spearman(x, y), bootstrap.spearmanDraws(x, y))
                                    : bootstrap.interval(pearson(x, y), bootstrap.pearsonDraws(x, y));
    coverage.held += double(interval.low <= 0 && interval.high >= 0) / pairs;
    coverage.width += (interval.high - interval.low) / pairs;
  }
  return coverage;
}

}  // namespace

class BlockBootstrapTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void unrelatedNoiseIsFoundUnrelatedInAbout95OfHundred() {
    const BlockBootstrap squares(squareOfPlaces(20), 5, 300, 1);
    const Coverage byPearson = coverageOf(squares, 0, false, 400),
                   byRanks = coverageOf(squares, 0, true, 200);
    QVERIFY2(byPearson.held >= 0.92 && byPearson.held <= 0.99, qPrintable(QString::number(byPearson.held)));
    QVERIFY2(byRanks.held >= 0.91 && byRanks.held <= 0.995, qPrintable(QString::number(byRanks.held)));
  }

  void whereNeighboursResembleEachOtherSquaresGiveTheWiderAndTruerInterval() {
    const BlockBootstrap squares(squareOfPlaces(20), 5, 300, 1), places(squareOfPlaces(20), 0.5, 300, 1);
    QCOMPARE(places.squares(), 400.0);
    for (const bool ranks : {false, true}) {
      const Coverage bySquares = coverageOf(squares, 1, ranks, 150),
                     byPlaces = coverageOf(places, 1, ranks, 150);
      QVERIFY(bySquares.width > 1.5 * byPlaces.width);
      QVERIFY(bySquares.held > 0.85);
      QVERIFY(byPlaces.held < 0.8);
    }
  }

  void pairsThatAreCountedDrawAsIfEachStoodForItself() {
    const std::vector<Point> places = squareOfPlaces(12);
    const BlockBootstrap squares(places, 3, 200, 4);
    std::mt19937_64 random(9);
    const std::vector<double> x = field(12, 0, random), y = field(12, 1, random);
    PlacedPairs once, counted;
    std::vector<Point> spots;  // a second one at every third place
    std::vector<double> spotX, spotY;
    for (size_t i = 0; i < places.size(); ++i) {
      once.x.push_back(x[i]), once.y.push_back(y[i]), once.place.push_back(uint32_t(i)),
          once.times.push_back(1);
      for (int again = 0; again < (i % 3 == 0 ? 2 : 1); ++again)
        spots.push_back(places[i]), spotX.push_back(x[i]), spotY.push_back(y[i]);
    }
    QCOMPARE(squares.pearsonDraws(once), squares.pearsonDraws(x, y));
    QCOMPARE(squares.spearmanDraws(once), squares.spearmanDraws(x, y));
    counted = once;
    for (size_t i = 0; i < places.size(); i += 3) counted.times[i] = 2;
    const BlockBootstrap ofSpots(spots, 3, 200, 4);
    const auto alike = [](const std::vector<double>& one, const std::vector<double>& other) {
      for (size_t draw = 0; draw < one.size(); ++draw)
        if (std::abs(one[draw] - other[draw]) > 1e-12) return false;
      return one.size() == other.size();
    };
    QVERIFY(alike(squares.pearsonDraws(counted), ofSpots.pearsonDraws(spotX, spotY)));
    QVERIFY(alike(squares.spearmanDraws(counted), ofSpots.spearmanDraws(spotX, spotY)));
  }

  void seriesThatAreOneTheOtherCorrelateInEachDraw() {
    std::mt19937_64 random(3);
    const std::vector<double> x = field(20, 0, random);
    std::vector<double> line, curve;
    for (const double value : x) line.push_back(5 - 3 * value), curve.push_back(std::exp(value));
    const BlockBootstrap bootstrap(squareOfPlaces(20), 5, 50, 1);
    for (const double draw : bootstrap.pearsonDraws(x, line)) QVERIFY(std::abs(draw + 1) < 1e-9);
    for (const double draw : bootstrap.spearmanDraws(x, curve)) QVERIFY(std::abs(draw - 1) < 1e-9);
    for (const double draw : bootstrap.pearsonDraws(x, curve)) QVERIFY(draw < 0.95);
    const Interval interval = bootstrap.interval(1, bootstrap.spearmanDraws(x, curve));
    QVERIFY(interval.low > 0.99999 && interval.high <= 1);
  }

  void ranksOfADrawAreThoseOfItsPlacesWrittenOut() {
    // Four places far apart, one square each: a draw is four of them, some several times, some never.
    const std::vector<Point> places{{0, 0}, {10, 0}, {0, 10}, {10, 10}};
    const std::vector<double> x{1, 2, 2, 5}, y{3, 1, 4, 4};
    std::vector<double> possible;
    for (int a = 0; a < 256; ++a) {
      std::vector<double> drawnX, drawnY;
      for (int i = 0; i < 4; ++i) {
        drawnX.push_back(x[size_t(a >> (2 * i) & 3)]);
        drawnY.push_back(y[size_t(a >> (2 * i) & 3)]);
      }
      possible.push_back(spearman(drawnX, drawnY));
    }
    int defined = 0;
    for (const double draw : BlockBootstrap(places, 1, 200, 1).spearmanDraws(x, y)) {
      if (std::isnan(draw)) continue;
      ++defined;
      QVERIFY(std::any_of(possible.begin(), possible.end(),
                          [&](double value) { return std::abs(value - draw) < 1e-9; }));
    }
    QVERIFY(defined > 100);
  }

  void theSameSeedGivesTheSameIntervalAndAnotherDoesNot() {
    std::mt19937_64 random(5);
    const std::vector<double> x = field(20, 1, random), y = field(20, 1, random);
    const auto low = [&](uint64_t seed) {
      const BlockBootstrap bootstrap(squareOfPlaces(20), 5, 100, seed);
      return bootstrap.interval(pearson(x, y), bootstrap.pearsonDraws(x, y)).low;
    };
    QCOMPARE(low(1), low(1));
    QVERIFY(low(1) != low(2));
  }

  void whereNothingIsKnownThereIsNoInterval() {
    std::mt19937_64 random(5);
    const std::vector<double> x = field(20, 0, random), flat(400, 2.0);
    const BlockBootstrap few(squareOfPlaces(20), 30, 100, 1), many(squareOfPlaces(20), 5, 100, 1);
    QVERIFY(few.squares() < 4 && std::isnan(few.interval(1, few.pearsonDraws(x, x)).low));
    for (const double draw : many.pearsonDraws(x, flat)) QVERIFY(std::isnan(draw));
    QVERIFY(std::isnan(many.interval(0.5, many.pearsonDraws(x, flat)).low));
    QVERIFY(std::isnan(many.interval(std::nan(""), many.pearsonDraws(x, x)).high));
  }
};

}  // namespace geneglass::block_bootstrap_test

GENEGLASS_TEST(geneglass::block_bootstrap_test::BlockBootstrapTest)
#include "block_bootstrap_test.moc"
