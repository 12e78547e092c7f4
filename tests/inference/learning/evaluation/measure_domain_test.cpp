// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/measure_domain.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>
#include <random>

#include "inference/features/feature_bag.h"
#include "inference/head/domain_head.h"
#include "inference/learning/statistics/statistics.h"
#include "tests/support/test_program.h"

namespace geneglass::measure_domain_test {
namespace {

constexpr size_t kWidth = 12;

/// Slides of one kind: a common mixing of features, each slide with a small shift of its own (its stain).
class PlantedTissue final {
 public:
  PlantedTissue() {
    for (float& value : m_mixing.values) value = m_normal(m_random);
  }

  /// `foreign`: how far, in deviations, all tiles lie along a direction of their own.
  Matrix slide(size_t tiles, float foreign = 0) {
    Matrix bag(tiles, kWidth);
    std::vector<float> own(kWidth);
    for (float& value : own) value = 0.2F * m_normal(m_random);
    for (size_t tile = 0; tile < tiles; ++tile)
      for (size_t part = 0; part < kWidth; ++part) {
        const float amount = m_normal(m_random) + own[part] + (part == 3 ? foreign : 0);
        for (size_t i = 0; i < kWidth; ++i) bag.at(tile, i) += amount * m_mixing.at(part, i);
      }
    return bag;
  }

 private:
  std::mt19937_64 m_random{17};
  std::normal_distribution<float> m_normal;
  Matrix m_mixing{kWidth, kWidth};
};

DomainCases casesOf(const std::vector<Matrix>& bags, int folds = 5) {
  DomainCases cases{bags, {}, {folds, assignFolds(bags.size(), folds, 4)}, 1};
  for (size_t i = 0; i < bags.size(); ++i) cases.slide.push_back(i);
  return cases;
}

}  // namespace

class MeasureDomainTest final : public QObject {
  Q_OBJECT

  PlantedTissue m_tissue;
  std::vector<Matrix> m_bags;

 private Q_SLOTS:
  void initTestCase() {
    for (int slide = 0; slide < 40; ++slide) m_bags.push_back(m_tissue.slide(60));
  }

  void ofHeldOutTilesOneInAHundredIsOutside() {
    const auto domain = measureDomain(casesOf(m_bags), {});
    QVERIFY(domain.has_value());
    QCOMPARE(domain->heldOutShares.size(), size_t(40));
    QCOMPARE(domain->tiles, 2400);
    double sum = 0;
    for (const float share : domain->heldOutShares) sum += share;
    QVERIFY2(std::abs(sum / 40 - 0.01) < 0.002, qPrintable(QString::number(sum / 40)));
  }

  void otherSlidesOfItsKindAreInsideAndPlantedOutsidersAreNot() {
    const auto domain = measureDomain(casesOf(m_bags), {});
    QVERIFY(domain.has_value());
    const DomainHead head(*domain);
    std::vector<double> distances;
    std::vector<bool> foreign;
    int insideFlagged = 0;
    for (int slide = 0; slide < 60; ++slide) {
      const bool planted = slide % 3 == 0;
      const auto judged = head.judge(m_tissue.slide(60, planted ? 6 : 0));
      QVERIFY(judged);
      insideFlagged += !planted && judged->outside;
      if (planted) QVERIFY2(judged->outside, inWords(*judged).c_str());
      for (const float distance : judged->distance) distances.push_back(distance), foreign.push_back(planted);
    }
    QCOMPARE(insideFlagged, 0);
    const double area = areaUnderRoc(distances, foreign);
    QVERIFY2(area > 0.98, qPrintable(QString::number(area)));
  }

  void theSameSeedGivesTheSameBytes() {
    const auto first = measureDomain(casesOf(m_bags), {}), second = measureDomain(casesOf(m_bags), {});
    QVERIFY(first && second);
    QVERIFY(first->whitening == second->whitening && first->limit == second->limit &&
            first->heldOutShares == second->heldOutShares);
  }

  void aSlideOfManyTilesSaysNoMoreThanOthers() {
    std::vector<Matrix> bags = m_bags;
    bags.push_back(m_tissue.slide(9000, 6));
    const auto domain = measureDomain(casesOf(bags), {});
    QVERIFY(domain.has_value());
    QCOMPARE(domain->tiles, 40 * 60 + 244);  // 10,000 tiles over 41 slides
  }

  void partsOfASectionAreOneSlide() {
    std::vector<Matrix> bags;
    for (int spot = 0; spot < 120; ++spot) bags.push_back(m_tissue.slide(3));
    DomainCases cases{bags, {}, {4, {}}, 1};
    for (size_t spot = 0; spot < bags.size(); ++spot) {
      cases.slide.push_back(spot / 30);
      cases.folds.ofCase.push_back(int(spot / 30));
    }
    const auto domain = measureDomain(cases, {});
    QVERIFY(domain.has_value());
    QCOMPARE(domain->heldOutShares.size(), size_t(4));
  }

  void partsOfASectionAreKnownByTheSlideTheyAreOf() {
    const QTemporaryDir folder;
    Cohort cohort;
    for (int part = 0; part < 4; ++part) {
      FeatureBag bag;
      bag.features = Matrix(1, 2, 1);
      bag.grid = {64, 64, 1, 1, {{0, 0}}};
      bag.slideHash = part == 3 ? "" : part < 2 ? "one" : "two";
      const std::filesystem::path file = folder.path().toStdString() + "/" + std::to_string(part) + ".h5";
      QVERIFY(writeBag(file, bag));
      cohort.cases.push_back({std::to_string(part), Split::Train, {file}, {}});
    }
    cohort.cases.push_back({"slide", Split::Train, {"/nowhere/slide.tif"}, {}});
    QVERIFY(slideOfCase(cohort) == std::vector<size_t>({0, 0, 1, 2, 3}));
  }

  void featuresThatSayNothingGiveNone() {
    const std::vector<Matrix> same(6, Matrix(10, kWidth, 2));
    QVERIFY(!measureDomain(casesOf(same, 3), {}));
    std::vector<Matrix> broken(m_bags.begin(), m_bags.begin() + 6);
    broken[2].at(5, 5) = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!measureDomain(casesOf(broken, 3), {}));
  }

  void aFeatureThatNeverVariedIsBorne() {
    std::vector<Matrix> bags = m_bags;
    for (Matrix& bag : bags)
      for (size_t tile = 0; tile < bag.rows; ++tile) bag.at(tile, 7) = 0;
    const auto domain = measureDomain(casesOf(bags), {});
    QVERIFY(domain.has_value());
    Matrix lively = bags[0];
    for (size_t tile = 0; tile < lively.rows; ++tile) lively.at(tile, 7) = 5;  // what training never saw
    QVERIFY(DomainHead(*domain).judge(lively)->shareOutside >
            DomainHead(*domain).judge(bags[0])->shareOutside);
  }

  void stoppedItGivesNone() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!measureDomain(casesOf(m_bags), stop.get_token()));
  }
};

}  // namespace geneglass::measure_domain_test

GENEGLASS_TEST(geneglass::measure_domain_test::MeasureDomainTest)
#include "measure_domain_test.moc"
