// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/linear_training.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "inference/head/slide_head.h"
#include "inference/learning/heads/ridge_path.h"
#include "inference/learning/packages/train_regression.h"
#include "inference/learning/statistics/statistics.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_program.h"

namespace geneglass::linear_training_test {

using namespace geneglass::testing;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

Matrix drawn(size_t rows, size_t columns, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  Matrix matrix(rows, columns);
  for (float& value : matrix.values) value = normal(random);
  return matrix;
}

/// Whether (X'X + penalty I) B = X'Y holds for standardised features and centred targets.
double largestResidual(const Matrix& features, const Matrix& targets, double penalty) {
  const LinearModel model = RidgePath(features, targets).at(penalty);
  const Matrix fitted = model.predict(features);
  double largest = 0;
  for (size_t k = 0; k < features.columns; ++k) {
    double mean = 0, squares = 0;
    for (size_t row = 0; row < features.rows; ++row)
      mean += double(features.at(row, k)) / double(features.rows);
    for (size_t row = 0; row < features.rows; ++row)
      squares += std::pow(double(features.at(row, k)) - mean, 2);
    const double deviation = std::sqrt(squares / double(features.rows));
    for (size_t g = 0; g < targets.columns; ++g) {
      double pull = -penalty * double(model.weights.at(g, k)) * deviation;
      for (size_t row = 0; row < features.rows; ++row)
        pull +=
            (double(features.at(row, k)) - mean) / deviation * double(targets.at(row, g) - fitted.at(row, g));
      largest = std::max(largest, std::abs(pull));
    }
  }
  return largest;
}

std::vector<int> foldsInTurn(size_t cases, int folds) {
  std::vector<int> ofCase;
  for (size_t i = 0; i < cases; ++i) ofCase.push_back(int(i) % folds);
  return ofCase;
}

std::vector<size_t> allOf(size_t cases) {
  std::vector<size_t> all(cases);
  std::iota(all.begin(), all.end(), size_t{0});
  return all;
}

}  // namespace

class LinearTrainingTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<TrainedPackage> train(const PlantedBags& planted, const char* name, HeadChoice head) const {
    TrainOptions options;
    options.out = path(name);
    options.folds = 4;
    options.threads = 1;
    options.head = head;
    HeadSettings settings = smallSettings();
    settings.kind = kindOf(head);
    return trainOnBags(planted.cohort, planted.bags, makePlantedEncoder(path("encoder")), options, settings,
                       {}, [](const Progress&) {});
  }

 private Q_SLOTS:
  void oneFeatureIsTheClosedForm() {
    Matrix features(2, 1), targets(2, 1);
    features.values = {3, 5};  // standardised -1 and 1, X'X = 2
    targets.values = {10, 30};
    const LinearModel model = RidgePath(features, targets).at(0.5);
    const Matrix fitted = model.predict(features);
    QVERIFY(std::abs(fitted.at(1, 0) - (20 + 20 / 2.5)) < 1e-5);
    QVERIFY(std::abs(model.weights.at(0, 0) - 8) < 1e-5);
    QVERIFY(std::abs(model.bias[0] - (20 - 4 * 8)) < 1e-5);
  }

  void theNormalEquationsHoldWithMoreRowsThanFeaturesAndWithFewer() {
    for (const size_t rows : {40, 7})
      for (const double penalty : {0.1, 10.0, 3000.0})
        QVERIFY2(largestResidual(drawn(rows, 12, 1), drawn(rows, 3, 2), penalty) < 2e-3,
                 qPrintable(QStringLiteral("%1 rows, penalty %2").arg(rows).arg(penalty)));
  }

  void aHugePenaltyLeavesTheMeanAndAFeatureThatDoesNotVaryDoesNothing() {
    Matrix features = drawn(20, 4, 3);
    const Matrix targets = drawn(20, 2, 4);
    for (size_t row = 0; row < 20; ++row) features.at(row, 2) = 7;
    const RidgePath path(features, targets);
    const Matrix flat = path.at(1e12).predict(features);
    for (size_t g = 0; g < 2; ++g) {
      double mean = 0;
      for (size_t row = 0; row < 20; ++row) mean += double(targets.at(row, g)) / 20;
      for (size_t row = 0; row < 20; ++row) QVERIFY(std::abs(flat.at(row, g) - mean) < 1e-5);
    }
    Matrix moved = features;
    for (size_t row = 0; row < 20; ++row) moved.at(row, 2) = 7.001f;
    const Matrix one = path.at(1).predict(features), other = path.at(1).predict(moved);
    for (size_t i = 0; i < one.values.size(); ++i) QCOMPARE(one.values[i], other.values[i]);
  }

  void theLargestPenaltyWithinAStandardErrorIsChosen() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    // Behind the best by 0.01 and 0 (mean 0.005, error 0.005), and by 0.01 and 0.005 (0.0075, 0.0025).
    QCOMPARE(chosenPenalty({{1, {0, 0}}, {10, {0.3, 0.5}}, {100, {0.29, 0.5}}, {1000, {0.29, 0.495}}}),
             100.0);
    // Behind by 0.1 and -0.02: within its error of 0.06, but more than a fiftieth of 0.4.
    QCOMPARE(chosenPenalty({{10, {0.3, 0.5}}, {100, {0.2, 0.52}}}), 10.0);
    QCOMPARE(chosenPenalty({{1, {0.3}}, {10, {0.3}}, {100, {0.2}}}), 10.0);
    QCOMPARE(chosenPenalty({{1, {nan}}, {10, {0.1}}, {100, {nan}}}), 10.0);
    QCOMPARE(chosenPenalty({{1, {nan}}, {10, {nan}}}), 10.0);
  }

  void withinFoldsCountsAndNotTheLevelOfAPlace() {
    Matrix truth(8, 1), said(8, 1);
    truth.values = {0, 1, 2, 3, 10, 11, 12, 13};
    said.values = {3, 2, 1, 0, 13, 12, 11, 10};  // the wrong way round in each place, at its level
    const std::vector<size_t> all = allOf(8);
    for (const double r : meanFoldR(truth, said, all, {0, 0, 0, 0, 1, 1, 1, 1})) QCOMPARE(r, -1.0);
    // Too few cases of each fold for an r of their own.
    const std::vector<double> together = meanFoldR(truth, said, all, {0, 1, 2, 3, 4, 5, 6, 7});
    QCOMPARE(together.size(), size_t(1));
    QVERIFY(together[0] > 0.8);
  }

  void aGeneWithMissingLabelsLearnsFromTheCasesThatHaveIt() {
    PlantedBags planted = makePlantedBags(40, 5);
    TrainingCases whole = casesOf(planted);
    std::vector<size_t> known;
    for (size_t i = 0; i < 40; ++i)
      if (i % 3 == 0)
        whole.labels.at(i, 1) = kMissing;
      else
        known.push_back(i);
    const std::vector<int> oneFold(40, 0);  // no inner folds: the penalty is the largest, for both
    const auto some = trainLinear(whole, allOf(40), oneFold, {});
    TrainingCases few = casesOf(planted);
    const auto only = trainLinear(few, known, oneFold, {});
    QVERIFY(some && only);
    QCOMPARE(some->penalty, ridgePenalties().back());
    const Matrix a = applyHead(some->head, whole.bags), b = applyHead(only->head, few.bags);
    for (size_t i = 0; i < 40; ++i) QVERIFY(std::abs(a.at(i, 1) - b.at(i, 1)) < 1e-4);
  }

  void aFoldIsPredictedWithoutItsLabels() {
    const PlantedBags planted = makePlantedBags(40, 6);
    TrainingCases cases = casesOf(planted);
    const std::vector<int> folds = foldsInTurn(40, 4);
    const auto before = crossValidateLinear(cases, folds, 4, {}, [](const Progress&) {});
    for (size_t i = 0; i < 40; ++i)
      if (folds[i] == 2)
        for (size_t g = 0; g < 4; ++g) cases.labels.at(i, g) = 1000 * float(i);
    const auto after = crossValidateLinear(cases, folds, 4, {}, [](const Progress&) {});
    QVERIFY(before && after);
    for (size_t i = 0; i < 40; ++i)
      if (folds[i] == 2)
        for (size_t g = 0; g < 4; ++g) QCOMPARE(after->predicted.at(i, g), before->predicted.at(i, g));
    QCOMPARE(after->penalties[2], before->penalties[2]);
  }

  void plantedGenesAreRecoveredAndThePackageSaysTheSame() {
    const PlantedBags planted = makePlantedBags(80, 7);
    const Result<TrainedPackage> trained = train(planted, "linear", HeadChoice::Linear);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QVERIFY(trained->package.head == HeadKind::Linear);
    for (const size_t gene : {0, 1})
      QVERIFY2(trained->scores[gene].r > 0.9,
               qPrintable(QStringLiteral("%1: %2, %3")
                              .arg(gene)
                              .arg(trained->scores[gene].r)
                              .arg(QString::fromStdString(trained->package.training))));
    QVERIFY(trained->scores[0].wellPredicted && trained->scores[1].wellPredicted);
    QVERIFY(!trained->scores[2].wellPredicted && !trained->scores[3].wellPredicted);
    QVERIFY(trained->package.training.find("ridge regression") != std::string::npos);

    const Result<ModelPackage> opened = openModelPackage(path("linear"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QVERIFY(opened->head == HeadKind::Linear);
    const Result<SlideHead> head = loadSlideHead(*opened);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    QVERIFY(!head->weighsTiles());
    const Matrix& bag = planted.bags[3];
    const Result<BagPrediction> said = head->predict(bag);
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    std::vector<double> values, labels;
    for (size_t i = 0; i < planted.bags.size(); ++i) {
      values.push_back(double(head->predict(planted.bags[i])->values[0]));
      labels.push_back(double(planted.cohort.cases[i].labels[0]));
    }
    QVERIFY(pearson(values, labels) > 0.9);
    for (size_t g = 0; g < 4; ++g) {
      double mean = 0, contribution = 0;
      for (size_t i = 0; i < bag.rows; ++i) {
        QVERIFY(std::abs(said->attention.at(g, i) * float(bag.rows) - 1) < 1e-5);
        mean += double(said->expression.at(g, i)) / double(bag.rows);
        contribution += double(said->contribution.at(g, i)) / double(bag.rows);
        QVERIFY(std::abs(said->contribution.at(g, i) - said->expression.at(g, i) + said->baselines[g]) <
                1e-4);
      }
      QVERIFY(std::abs(mean - double(said->values[g])) < 1e-4);
      QVERIFY(std::abs(contribution - double(said->values[g] - said->baselines[g])) < 1e-4);
      QVERIFY(std::abs(double(said->baselines[g]) - opened->genes[g].trainingMean) < 1e-4);
    }
  }

  void theBetterHeadIsChosenByTheOtherFoldsAndSaysWhy() {
    const PlantedBags planted = makePlantedBags(48, 8);
    const Result<TrainedPackage> better = train(planted, "better", HeadChoice::Better);
    QVERIFY2(better, better ? "" : better.error().sentence.c_str());
    QVERIFY(better->package.head == HeadKind::Linear);  // the mean of linear tiles is what was planted
    const QString words = QString::fromStdString(better->package.training);
    QVERIFY2(words.contains(QStringLiteral("; chosen since its mean r within folds is ")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("where attention regression has ")), qPrintable(words));
    const Result<TrainedPackage> linear = train(planted, "alone", HeadChoice::Linear);
    QVERIFY(linear);
    if (words.endsWith(QStringLiteral("linear in 4 of 4")))
      QCOMPARE(better->scores[0].r, linear->scores[0].r);
    QCOMPARE(better->package.genes[0].predictionQuantiles.size(),
             linear->package.genes[0].predictionQuantiles.size());
  }

  void scoresOfSpotsDoNotCountTheLevelOfASection() {
    PlantedBags planted = makePlantedBags(60, 10);
    TrainOptions options;
    options.folds = 4;
    options.threads = 1;
    options.head = HeadChoice::Linear;
    const std::vector<int> folds = assignFolds(planted.cohort, 4, options.seed);
    for (size_t i = 0; i < 60; ++i) planted.cohort.cases[i].labels[0] += 4 * float(folds[i]);
    HeadSettings settings = smallSettings();
    settings.kind = HeadKind::Linear;
    const auto r = [&](const char* name, bool within) {
      options.out = path(name);
      options.ofSpots = within;
      const auto trained = trainOnBags(planted.cohort, planted.bags, makePlantedEncoder(path("encoder")),
                                       options, settings, {}, [](const Progress&) {});
      return trained ? trained->scores[0].r : -9;
    };
    const double together = r("levels", false), within = r("within", true);
    QVERIFY2(within > 0.3 && within > together + 0.5,
             qPrintable(QStringLiteral("%1 within, %2 together").arg(within).arg(together)));
  }

  void aStoppedTrainingOfLinearHeadsLeavesNoPackage() {
    const PlantedBags planted = makePlantedBags(24, 9);
    TrainOptions options;
    options.out = path("stopped");
    options.folds = 4;
    options.head = HeadChoice::Linear;
    std::stop_source stop;
    stop.request_stop();
    HeadSettings settings = smallSettings();
    settings.kind = HeadKind::Linear;
    const Result<TrainedPackage> trained =
        trainOnBags(planted.cohort, planted.bags, makePlantedEncoder(path("encoder")), options, settings,
                    stop.get_token(), [](const Progress&) {});
    QVERIFY(!trained);
    QCOMPARE(trained.error().sentence, "The training of '" + path("stopped").string() + "' was cancelled.");
    QVERIFY(!std::filesystem::exists(path("stopped")));
  }
};

}  // namespace geneglass::linear_training_test

GENEGLASS_TEST(geneglass::linear_training_test::LinearTrainingTest)
#include "linear_training_test.moc"
