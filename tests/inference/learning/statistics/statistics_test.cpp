// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/statistics.h"

#include <QtTest>
#include <cmath>
#include <random>

#include "tests/support/test_program.h"

namespace geneglass::statistics_test {

static bool near(double a, double b, double tolerance = 1e-12) {
  return std::abs(a - b) <= tolerance;
}

class StatisticsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pearsonGivesWhatScipyGives() {
    // scipy.stats.pearsonr(x, y): statistic 0.8944970353608381, pvalue 0.0027084469798476867
    const std::vector<double> x{2.1, 3.4, 1.0, 5.6, 4.4, 3.3, 7.1, 6.0},
        y{1.9, 3.9, 1.5, 4.2, 5.0, 2.0, 8.3, 4.9};
    QVERIFY(near(pearson(x, y), 0.8944970353608381));
    QVERIFY(near(pOfCorrelation(pearson(x, y), 8), 0.0027084469798476867));
  }
  void correlationOfAConstantIsNotDefined() {
    const std::vector<double> constant{2, 2, 2}, rising{1, 2, 3}, one{1};
    QVERIFY(std::isnan(pearson(constant, rising)));
    QVERIFY(std::isnan(spearman(rising, constant)));
    QVERIFY(std::isnan(pearson(one, one)));
    QVERIFY(std::isnan(pearson(one, rising)));
  }
  void spearmanSharesRanksOfTies() {
    // scipy.stats.rankdata(a), scipy.stats.spearmanr(a, b)
    const std::vector<double> a{1, 2, 2, 3, 5, 5, 5, 9}, b{3, 1, 2, 2, 6, 5, 7, 7};
    QCOMPARE(midRanks(a), (std::vector<double>{1, 2.5, 2.5, 4, 6, 6, 6, 8}));
    QVERIFY(near(spearman(a, b), 0.7889568540593018));
  }
  void pOfCorrelationGivesWhatScipyGives_data() {
    QTest::addColumn<double>("r");
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("p");
    // 2 * scipy.stats.t.sf(abs(r) * sqrt((n - 2) / (1 - r * r)), n - 2)
    QTest::newRow("weak") << 0.1 << 100 << 0.32221736303061965;
    QTest::newRow("few") << 0.5 << 10 << 0.14111328125;
    QTest::newRow("negative") << -0.3 << 24 << 0.1543630091360108;
    QTest::newRow("strong") << 0.9 << 24 << 2.1561959170501044e-09;
    QTest::newRow("perfect") << 1.0 << 5 << 0.0;
  }
  void pOfCorrelationGivesWhatScipyGives() {
    QFETCH(double, r);
    QFETCH(int, n);
    QFETCH(double, p);
    QVERIFY(near(pOfCorrelation(r, n), p, 1e-11));
  }
  void steigerFollowsTheFormula() {
    // The formula in numpy, then 2 * scipy.stats.norm.sf(abs(z)).
    QVERIFY(near(pOfSteiger(0.5, 0.3, 0.4, 103), 0.03881924670312227, 1e-10));
    QVERIFY(near(pOfSteiger(0.2, 0.5, 0.1, 315), 1.0092468749169247e-05, 1e-12));
    QVERIFY(near(pOfSteiger(0.5, 0.3, 0.4, 103), pOfSteiger(0.3, 0.5, 0.4, 103)));
    QCOMPARE(pOfSteiger(0.4, 0.4, 0.2, 50), 1.0);
    QVERIFY(std::isnan(pOfSteiger(std::nan(""), 0.4, 0.2, 50)));
  }
  void steigerRejectsEqualPredictorsInOneCaseOfTwenty() {
    // Truth t; predictors t + e1, t + e2 with errors that share a part: equal true correlations.
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    const int trials = 4000, n = 60;
    int rejected = 0;
    std::vector<double> truth(n), first(n), second(n);
    for (int trial = 0; trial < trials; ++trial) {
      for (size_t i = 0; i < size_t(n); ++i) {
        truth[i] = normal(random);
        const double shared = normal(random);
        first[i] = truth[i] + shared + normal(random);
        second[i] = truth[i] + shared + normal(random);
      }
      const double p = pOfSteiger(pearson(truth, first), pearson(truth, second), pearson(first, second), n);
      rejected += p < 0.05;
    }
    QVERIFY2(std::abs(double(rejected) / trials - 0.05) < 0.015, qPrintable(QString::number(rejected)));
  }
  void benjaminiHochbergKeepsTheOrderOfTheInput() {
    const std::vector<double> q = benjaminiHochberg(std::vector<double>{0.01, 0.04, 0.03, 0.005, 0.9});
    const std::vector<double> expected{0.025, 0.05, 0.05, 0.025, 0.9};
    for (size_t i = 0; i < q.size(); ++i) QVERIFY(near(q[i], expected[i]));
    QCOMPARE(benjaminiHochberg(std::vector<double>{std::nan("")}), std::vector<double>{1.0});
  }
  void errorsHaveTheirIdentities() {
    const std::vector<double> truth{1, 2, 3, 6}, mean{3, 3, 3, 3};
    QCOMPARE(rSquared(truth, truth), 1.0);
    QCOMPARE(rSquared(truth, mean), 0.0);
    QCOMPARE(rootMeanSquareError(truth, truth), 0.0);
    QVERIFY(near(rootMeanSquareError(truth, mean), std::sqrt(14.0 / 4)));
    QVERIFY(std::isnan(rSquared(mean, truth)));
  }
  void areaUnderRocCountsTiesHalf() {
    // scipy.stats.mannwhitneyu([.9, .8, .4, .4], [.4, .3, .1, .7, .2]).statistic / 20
    const std::vector<double> values{0.9, 0.8, 0.4, 0.4, 0.4, 0.3, 0.1, 0.7, 0.2};
    const std::vector<bool> positive{true, true, true, true, false, false, false, false, false};
    QVERIFY(near(areaUnderRoc(values, positive), 0.85));
    QCOMPARE(areaUnderRoc(std::vector<double>{1, 1, 1, 1}, {true, false, true, false}), 0.5);
    QVERIFY(std::isnan(areaUnderRoc(std::vector<double>{1, 2}, {true, true})));
  }
  void bootstrapIsSeededAndCoversTheEstimate() {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    std::vector<double> x, y;
    for (int i = 0; i < 100; ++i) {
      x.push_back(normal(random));
      y.push_back(x.back() + normal(random));
    }
    const Interval first = bootstrapPearson(x, y, 1000, 1), again = bootstrapPearson(x, y, 1000, 1);
    QCOMPARE(first.low, again.low);
    QCOMPARE(first.high, again.high);
    const double r = pearson(x, y);
    QVERIFY(first.low < r && r < first.high);
    // Fisher's interval: tanh(atanh(r) -+ 1.96 / sqrt(n - 3)).
    QVERIFY(near(first.low, std::tanh(std::atanh(r) - 1.96 / std::sqrt(97.0)), 0.06));
    QVERIFY(near(first.high, std::tanh(std::atanh(r) + 1.96 / std::sqrt(97.0)), 0.06));
  }
  void quantilesInterpolate() {
    // numpy.quantile([1, 2, 4, 8], [.25, .5, .9])
    const std::vector<double> sorted{1, 2, 4, 8};
    QVERIFY(near(quantileOfSorted(sorted, 0.25), 1.75));
    QVERIFY(near(quantileOfSorted(sorted, 0.9), 6.8));
    QCOMPARE(median({8, 1, 4, 2}), 3.0);
  }
};

}  // namespace geneglass::statistics_test

GENEGLASS_TEST(geneglass::statistics_test::StatisticsTest)
#include "statistics_test.moc"
