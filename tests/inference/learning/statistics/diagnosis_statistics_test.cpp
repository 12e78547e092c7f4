// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "inference/learning/evaluation/call_scores.h"
#include "inference/learning/statistics/calibration.h"
#include "inference/learning/statistics/roc_curve.h"
#include "tests/support/test_program.h"

namespace geneglass::diagnosis_statistics_test {
namespace {

bool near(double a, double b, double tolerance = 1e-12) {
  return std::abs(a - b) <= tolerance;
}

/// Two normal distributions a deviation apart: the area is Phi(1 / sqrt 2).
struct Binormal {
  static constexpr double kArea = 0.7602499389065233;
  std::vector<double> scores;
  std::vector<bool> positive;
  std::vector<size_t> patient;

  Binormal(size_t patients, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    for (size_t i = 0; i < 2 * patients; ++i) {
      positive.push_back(i % 2 == 1);
      scores.push_back(normal(random) + (i % 2 == 1 ? 1 : 0));
      patient.push_back(i / 2);
    }
  }
};

std::vector<size_t> everyoneApart(size_t count) {
  std::vector<size_t> patient(count);
  std::iota(patient.begin(), patient.end(), size_t{0});
  return patient;
}

}  // namespace

class DiagnosisStatisticsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theCurveStepsThroughEveryScoreAndTiesMakeASlope() {
    const std::vector<RocPoint> curve =
        rocCurve(std::vector<double>{0.9, 0.8, 0.7, 0.7, 0.1}, {true, false, true, false, true});
    const std::vector<std::pair<double, double>> expected{
        {0, 0}, {0, 1.0 / 3}, {0.5, 1.0 / 3}, {1, 2.0 / 3}, {1, 1}};
    QCOMPARE(curve.size(), expected.size());
    for (size_t i = 0; i < curve.size(); ++i)
      QVERIFY(near(curve[i].falsePositives, expected[i].first) &&
              near(curve[i].truePositives, expected[i].second));
    QVERIFY(rocCurve(std::vector<double>{1, 2}, {true, true}).empty());
  }

  void theAreaUnderTheCurveIsTheChanceOfRankingRight() {
    std::mt19937_64 random(3);
    std::vector<double> scores;
    std::vector<bool> positive;
    for (int i = 0; i < 300; ++i) {
      positive.push_back(random() % 3 == 0);
      scores.push_back(double(random() % 20) + (positive.back() ? 4 : 0));
    }
    const std::vector<RocPoint> curve = rocCurve(scores, positive);
    double area = 0;
    for (size_t i = 1; i < curve.size(); ++i)
      area += (curve[i].falsePositives - curve[i - 1].falsePositives) *
              (curve[i].truePositives + curve[i - 1].truePositives) / 2;
    QVERIFY(near(area, areaUnderRoc(scores, positive)));
  }

  void newcombesIntervalEndsWhereTheEquationHolds_data() {
    QTest::addColumn<double>("area");
    QTest::addColumn<double>("positives");
    QTest::addColumn<double>("negatives");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    // The equation solved by bisection in Python, to 1e-12.
    QTest::newRow("middling") << 0.8 << 30.0 << 50.0 << 0.678949638 << 0.879703082;
    QTest::newRow("without error") << 1.0 << 60.0 << 60.0 << 0.967094842 << 1.000000000;
    QTest::newRow("all wrong") << 0.0 << 60.0 << 60.0 << 0.000000000 << 0.032905158;
    QTest::newRow("few") << 0.9 << 5.0 << 8.0 << 0.569031249 << 0.981550542;
  }
  void newcombesIntervalEndsWhereTheEquationHolds() {
    QFETCH(double, area);
    QFETCH(double, positives);
    QFETCH(double, negatives);
    QFETCH(double, low);
    QFETCH(double, high);
    const Interval interval = newcombeInterval(area, positives, negatives);
    QVERIFY2(
        near(interval.low, low, 1e-6) && near(interval.high, high, 1e-6),
        qPrintable(QStringLiteral("%1 to %2").arg(interval.low, 0, 'f', 9).arg(interval.high, 0, 'f', 9)));
  }

  void theIntervalHoldsThePlantedAreaInAboutNineteenOfTwentyCohorts() {
    int within = 0;
    constexpr int kCohorts = 120;
    for (int i = 0; i < kCohorts; ++i) {
      const Binormal cohort(30, 100 + uint64_t(i));
      const Interval interval = aucInterval(cohort.scores, cohort.positive, cohort.patient, 1);
      within += interval.low <= Binormal::kArea && Binormal::kArea <= interval.high;
    }
    QVERIFY2(within >= 109 && within <= 120, qPrintable(QString::number(within)));  // 95 % is 114
  }

  void moreSlidesOfTheSamePatientsMakeNothingMoreCertain() {
    const Binormal cohort(12, 5);
    Binormal often = cohort;
    for (int again = 0; again < 3; ++again) {
      often.scores.insert(often.scores.end(), cohort.scores.begin(), cohort.scores.end());
      often.positive.insert(often.positive.end(), cohort.positive.begin(), cohort.positive.end());
      often.patient.insert(often.patient.end(), cohort.patient.begin(), cohort.patient.end());
    }
    const Interval once = aucInterval(cohort.scores, cohort.positive, cohort.patient, 7),
                   four = aucInterval(often.scores, often.positive, often.patient, 7);
    QVERIFY(near(once.low, four.low) && near(once.high, four.high));
    // Taken for patients of their own they would.
    const Interval apart = aucInterval(often.scores, often.positive, everyoneApart(often.scores.size()), 7);
    QVERIFY(apart.high - apart.low < 0.7 * (once.high - once.low));
  }

  void scoresWithoutErrorStillHaveAnInterval() {
    const std::vector<double> scores{1, 2, 3, 4, 5, 6};
    const std::vector<bool> positive{false, false, false, true, true, true};
    const Interval drawn = bootstrapAuc(scores, positive, everyoneApart(6), 500, 1);
    QCOMPARE(drawn.low, 1.0);
    const Interval told = aucInterval(scores, positive, everyoneApart(6), 1);
    QCOMPARE(told.high, 1.0);
    QVERIFY(told.low < 0.8);
  }

  void plattsScalingGivesWhatLibsvmGives() {
    // scikit-learn's test of its port: AB_lin_libsvm = [-0.20261354391187855, 0.65236314980010512] for these.
    const ProbabilityScale scale = plattCalibration(std::vector<double>{5, -4, 1}, {true, false, false});
    QVERIFY2(near(scale.slope, 0.20261354391187855, 1e-3), qPrintable(QString::number(scale.slope, 'g', 12)));
    QVERIFY(near(scale.offset, -0.65236314980010512, 1e-3));
  }

  void plattsScalingOfTwoScoresMeetsTheirMeanTargets() {
    // Targets 6/7 for 5 positives, 1/5 for 3 negatives; at score 0: 1 and 2 of them, at score 2: 4 and 1.
    const std::vector<double> scores{0, 0, 0, 2, 2, 2, 2, 2};
    const std::vector<bool> positive{true, false, false, true, true, true, true, false};
    const ProbabilityScale scale = plattCalibration(scores, positive);
    QVERIFY(near(scale.probability(0), (6.0 / 7 + 2.0 / 5) / 3, 1e-9));
    QVERIFY(near(scale.probability(2), (4 * 6.0 / 7 + 1.0 / 5) / 5, 1e-9));
  }

  void plattsScalingFindsThePlantedSlopeAndStaysFiniteWithoutError() {
    std::mt19937_64 random(8);
    std::vector<double> scores;
    std::vector<bool> positive;
    const ProbabilityScale planted{1.7, -0.6};
    for (int i = 0; i < 20000; ++i) {
      scores.push_back(double(random() % 1000) / 100 - 5);
      positive.push_back(double(random() % 1000000) / 1e6 < planted.probability(scores.back()));
    }
    const ProbabilityScale found = plattCalibration(scores, positive);
    QVERIFY2(near(found.slope, 1.7, 0.08) && near(found.offset, -0.6, 0.08),
             qPrintable(QStringLiteral("%1 %2").arg(found.slope).arg(found.offset)));
    const ProbabilityScale apart =
        plattCalibration(std::vector<double>{-3, -2, 2, 3}, {false, false, true, true});
    QVERIFY(std::isfinite(apart.slope) && apart.slope > 0 && apart.probability(3) < 0.9);
  }

  void wilsonsIntervalIsThatOfThePublishedExample() {
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 81 of 263 and 0 of 20.
    QVERIFY(near(wilsonInterval(81, 263).low, 0.2553, 5e-5) &&
            near(wilsonInterval(81, 263).high, 0.3662, 5e-5));
    QVERIFY(near(wilsonInterval(0, 20).low, 0, 1e-12) && near(wilsonInterval(0, 20).high, 0.1611, 5e-5));
  }

  void theCalibrationErrorIsTheMeanDistanceOfBins() {
    const std::vector<double> probabilities{0.05, 0.09, 0.55, 0.55, 1.0};
    const std::vector<bool> positive{false, true, true, true, true};
    const std::vector<ReliabilityBin> bins = reliability(probabilities, positive);
    QCOMPARE(bins.size(), size_t(3));
    QCOMPARE(bins[0].count, 2);
    QVERIFY(near(bins[0].predicted, 0.07) && near(bins[0].observed, 0.5));
    QVERIFY(near(bins[2].predicted, 1) && near(bins[2].observed, 1));
    QVERIFY(near(expectedCalibrationError(bins), (2 * 0.43 + 2 * 0.45 + 0) / 5));
  }

  void calibrationOutOfFoldNeverSeesTheFoldItIsUsedOn() {
    std::vector<double> scores{-2, -1, 1, 2, -2, -1.5, 0.5, 3, -1, -3, 2, 0.2};
    std::vector<bool> positive{false, false, true, true, false, false, true, true, false, true, true, false};
    const std::vector<int> folds{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    const std::vector<double> before = calibratedOutOfFold(scores, positive, folds, 3);
    for (size_t i = 0; i < 4; ++i) positive[i] = !positive[i];
    const std::vector<double> after = calibratedOutOfFold(scores, positive, folds, 3);
    for (size_t i = 0; i < 4; ++i) QCOMPARE(after[i], before[i]);
    QVERIFY(after[4] != before[4]);
  }

  void aDiagnosisIsScoredBySlide() {
    const ClassedSlides slides{
        {-1, 0.5, 1, 2}, {0.2, 0.6, 0.7, 0.9}, {false, false, true, true}, {0, 1, 0, 1}};
    const ClassScores scores = scoreClass(slides, 0.5, 1);
    QCOMPARE(scores.slides, 4);
    QCOMPARE(scores.positives, 2);
    QCOMPARE(scores.patients, 2);
    QCOMPARE(scores.auc, 1.0);
    QCOMPARE(scores.accuracy, 0.75);
    QCOMPARE(scoreClass(slides, 0.65, 1).accuracy, 1.0);
  }

  void ofThreeClassesEachIsScoredAgainstTheOthersAndTheLikeliestIsRightOrNot() {
    const CalledSlides slides{
        {{2, 1, -3, -4, -1, 0}, {-2, -1, 3, 1, -2, -1}, {-3, -2, -1, 0, 2, 1}},
        {{0.8, 0.6, 0.1, 0.1, 0.3, 0.4}, {0.1, 0.2, 0.8, 0.5, 0.1, 0.3}, {0.1, 0.2, 0.1, 0.4, 0.6, 0.3}},
        {0, 0, 1, 1, 2, 2},
        {0, 1, 2, 3, 4, 5}};
    const CallScores scores = scoreCall(slides, "CMS", {"CMS1", "CMS2", "CMS4"}, 0.5, 1);
    QCOMPARE(scores.ofClass.size(), size_t(3));
    QCOMPARE(scores.ofClass[0].auc, 1.0);
    QCOMPARE(scores.ofClass[2].auc, 1.0);
    QCOMPARE(scores.ofClass[1].positives, 2);
    QCOMPARE(scores.accuracy, 5.0 / 6);  // the last is called CMS1
    const auto document = nlohmann::json::parse(callAsJson(scores));
    QCOMPARE(document["target"].get<std::string>(), std::string("CMS"));
    QCOMPARE(document["classes"][1]["class"].get<std::string>(), std::string("CMS2"));
    QCOMPARE(document["classes"][1]["positives"].get<int>(), 2);
    QVERIFY(callAsText(scores).starts_with("6 slides of 6 patients\nCMS1"));
  }
};

}  // namespace geneglass::diagnosis_statistics_test

GENEGLASS_TEST(geneglass::diagnosis_statistics_test::DiagnosisStatisticsTest)
#include "diagnosis_statistics_test.moc"
