// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/survival.h"

#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"

// The numbers are those of R's package survival, which tests/benchmark/survival.R prints: ties of times and
// of scores, censoring at times of events.
namespace geneglass::survival_test {
namespace {

struct Fixture {
  std::vector<FollowUp> patients;
  std::vector<double> score, coarse;
  std::vector<size_t> thirds, high;
  Fixture() {
    for (int i = 0; i < 60; ++i) {
      const double time = (i * 17 + i * i) % 41 + 1;
      patients.push_back({time, i * 7 % 5 > 1});
      score.push_back(i * 13 % 10 - 0.2 * time);
      coarse.push_back(std::nearbyint(score.back() / 3));
      thirds.push_back(size_t(i % 3));
      high.push_back(score.back() > 0);
    }
  }
};

bool isNear(double value, double expected, double most = 1e-11) {
  return std::abs(value - expected) <= most;
}

bool areNear(const std::vector<double>& values, const std::vector<double>& expected) {
  if (values.size() != expected.size()) return false;
  for (size_t i = 0; i < values.size(); ++i)
    if (!isNear(values[i], expected[i])) return false;
  return true;
}

}  // namespace

class SurvivalTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theCurveIsThatOfSurvfit() {
    const std::vector<SurvivalStep> curve = kaplanMeier(Fixture().patients);
    QCOMPARE(curve.size(), size_t(21));
    std::vector<double> survival, low, high;
    for (const size_t at : {0, 4, 9, 15, 20}) {
      survival.push_back(curve[at].survival);
      low.push_back(curve[at].ci.low);
      high.push_back(curve[at].ci.high);
    }
    QVERIFY(
        areNear(survival, {0.966666666667, 0.858899140856, 0.683806135221, 0.448419023289, 0.070659967306}));
    QVERIFY(areNear(low, {0.922296898240, 0.772665318661, 0.569206497018, 0.324163565055, 0.013155286951}));
    QVERIFY(areNear(high, {1.000000000000, 0.954757145619, 0.821478379139, 0.620302964688, 0.379530374233}));
    QCOMPARE(curve[9].time, 20.0);
    QCOMPARE(curve[9].atRisk, size_t(35));
    QCOMPARE(curve[9].events, size_t(2));
    QCOMPARE(curve[9].censored, size_t(1));
    QCOMPARE(medianSurvival(curve), 29.0);
  }

  void theMedianLiesHalfWayThroughAStepOfOneHalf() {
    const std::vector<FollowUp> four{{1, true}, {2, true}, {3, true}, {4, true}};
    QCOMPARE(medianSurvival(kaplanMeier(four)), 2.5);
    const std::vector<FollowUp> censored{{1, true}, {2, false}, {3, false}};
    QVERIFY(std::isnan(medianSurvival(kaplanMeier(censored))));
    QVERIFY(kaplanMeier({}).empty());
    const std::vector<SurvivalStep> all = kaplanMeier(four);
    QCOMPARE(all.back().survival, 0.0);
    QVERIFY(std::isnan(all.back().ci.low));
  }

  void theTestOfTwoAndThreeGroupsIsThatOfSurvdiff() {
    const Fixture fixture;
    const LogRank thirds = logRank(fixture.patients, fixture.thirds, 3);
    QCOMPARE(thirds.freedom, 2);
    QVERIFY(areNear(thirds.observed, {12, 12, 12}));
    QVERIFY(areNear(thirds.expected, {9.825170571017, 14.249165979160, 11.925663449822}));
    QVERIFY(isNear(thirds.chiSquared, 0.919880690400));
    QVERIFY(isNear(thirds.p, 6.313213057299e-01));
    const LogRank high = logRank(fixture.patients, fixture.high, 2);
    QVERIFY(areNear(high.observed, {17, 19}));
    QVERIFY(areNear(high.expected, {23.512922246412, 12.487077753588}));
    QVERIFY(isNear(high.chiSquared, 5.851342038316));
    QVERIFY(isNear(high.p, 1.556517672039e-02));
  }

  void aGroupWithoutPatientsDoesNotCount() {
    const Fixture fixture;
    std::vector<size_t> apart;
    for (const size_t one : fixture.high) apart.push_back(one == 1 ? 3 : 1);
    const LogRank found = logRank(fixture.patients, apart, 5);
    QCOMPARE(found.freedom, 1);
    QVERIFY(isNear(found.chiSquared, 5.851342038316));
  }

  /// R's survdiff() drops them likewise.
  void aGroupWhoseFollowUpEndedBeforeTheFirstEventDoesNotCount() {
    Fixture fixture;
    fixture.patients.push_back({0.5, false});
    fixture.high.push_back(2);
    const LogRank found = logRank(fixture.patients, fixture.high, 3);
    QCOMPARE(found.freedom, 1);
    QVERIFY(isNear(found.chiSquared, 5.851342038316));
    QVERIFY(isNear(found.p, 1.556517672039e-02));
    QCOMPARE(found.expected[2], 0.0);
  }

  void whereNothingCanBeComparedNothingIsSaid() {
    const Fixture fixture;
    QVERIFY(std::isnan(logRank(fixture.patients, std::vector<size_t>(60, 0), 2).p));
    const std::vector<FollowUp> none{{1, false}, {2, false}, {3, false}};
    QVERIFY(std::isnan(logRank(none, std::vector<size_t>{0, 1, 1}, 2).p));
    const Concordance found = concordance(none, std::vector<double>{1, 2, 3});
    QCOMPARE(found.pairs, size_t(0));
    QVERIFY(std::isnan(found.c) && std::isnan(found.ci.low));
  }

  void theConcordanceAndItsDeviationAreThoseOfR() {
    const Fixture fixture;
    const Concordance found = concordance(fixture.patients, fixture.score);
    QCOMPARE(found.pairs, size_t(1063));
    QVERIFY(isNear(found.c, 0.672154280339));
    QVERIFY(isNear(found.deviation, 0.041476997782));
    QVERIFY(isNear(found.ci.low, 0.672154280339 - 1.959963984540 * 0.041476997782));
    const Concordance coarse = concordance(fixture.patients, fixture.coarse);
    QVERIFY(isNear(coarse.c, 0.659924741298));
    QVERIFY(isNear(coarse.deviation, 0.041794297728));
  }

  void aScoreThatKnowsAllHasOneAndItsOppositeNone() {
    const std::vector<FollowUp> patients{{1, true}, {2, true}, {3, false}};
    QCOMPARE(concordance(patients, std::vector<double>{3, 2, 1}).c, 1.0);
    QCOMPARE(concordance(patients, std::vector<double>{1, 2, 3}).c, 0.0);
    QCOMPARE(concordance(patients, std::vector<double>{5, 5, 5}).c, 0.5);
    QCOMPARE(concordance(patients, std::vector<double>{3, 2, 1}).ci.high, 1.0);
  }
};

}  // namespace geneglass::survival_test

GENEGLASS_TEST(geneglass::survival_test::SurvivalTest)
#include "survival_test.moc"
