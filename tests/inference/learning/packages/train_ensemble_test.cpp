// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/train_ensemble.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "inference/head/slide_head.h"
#include "inference/learning/heads/bag_loss.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::train_ensemble_test {

using namespace geneglass::testing;

namespace {

/// Small and quick; the paper's steps are too short for forty cases.
OneGeneSettings quickSettings() {
  OneGeneSettings settings;
  settings.embedding = 8;
  settings.attention = 4;
  settings.learningRate = 2e-3;
  settings.epochs = 14;
  return settings;
}

LabelledBags part(const PlantedBags& planted, size_t first, size_t count) {
  LabelledBags chosen{{planted.cohort.file, planted.cohort.genes, {}}, {}};
  for (size_t i = first; i < first + count; ++i) {
    chosen.cohort.cases.push_back(planted.cohort.cases[i]);
    chosen.bags.push_back(planted.bags[i]);
  }
  return chosen;
}

}  // namespace

class TrainEnsembleTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  PlantedBags m_planted = makePlantedBags(60, 4);
  ModelPackage m_encoder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<TrainedPackage> train(
      const char* name, size_t testCases, int threads, std::stop_token stop = {},
      const OnProgress& progress = [](const Progress&) {}) const {
    TrainOptions options;
    options.recipe = "graziani2022";
    options.out = path(name);
    options.folds = 3;
    options.threads = threads;
    return trainEnsembleOnBags(part(m_planted, 0, 40), part(m_planted, 40, testCases), m_encoder, options,
                               quickSettings(), stop, progress);
  }

 private Q_SLOTS:
  void initTestCase() { m_encoder = makePlantedEncoder(path("encoder")); }

  void aModelOfOneGeneHasTheNumbersOfThePaper() {
    QCOMPARE(parametersOfOneGene(512, {}), int64_t{74'114});
    const OneGeneSettings paper;
    QCOMPARE(paper.learningRate, 1e-4);
    QCOMPARE(paper.momentum, 0.9);
    QCOMPARE(paper.weightDecay, 0.01);
    QCOMPARE(paper.epochs, 100);
    QCOMPARE(paper.patience, 12);
  }

  void theFirstStepIsNesterovsWithWeightDecay() {
    const TrainingCases cases = testing::casesOf(m_planted);
    const size_t one[] = {0}, other[] = {1};
    OneGeneSettings settings = quickSettings();
    settings.epochs = 1;
    const auto trained = trainOneGene(cases, 1, one, other, settings, 9, {}, {});
    const HeadModule head({HeadKind::AttentionRegression, 10, settings.embedding, settings.attention, 1});
    torch::nn::Module& module = head.module();
    QVERIFY(setTensors(module, untrainedOneGene(10, settings, 9)));
    module.train();
    const Matrix& bag = m_planted.bags[0];
    const BagBatch batch{torch::tensor(bag.values).reshape({int64_t(bag.rows), 10}),
                         {int64_t(bag.rows)},
                         torch::zeros({1, 1})};  // the z-score of the only label
    addGradientOfBagLoss(head, batch, {.dropoutSeed = 10});
    for (const auto& item : module.named_parameters()) {
      const torch::Tensor velocity = item.value().grad() + settings.weightDecay * item.value();
      const torch::Tensor after =
          (item.value() - settings.learningRate * (1 + settings.momentum) * velocity).flatten().contiguous();
      const std::vector<float>& values = trained->weights.at(item.key()).values;
      for (size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::abs(values[i] - after[int64_t(i)].item<float>()) < 1e-6);
    }
  }

  void trainingEndsTwelveEpochsAfterTheBest() {
    OneGeneSettings settings = quickSettings();
    settings.learningRate = 0.05;
    settings.epochs = 100;
    std::vector<size_t> training(30), validation(10);
    std::iota(training.begin(), training.end(), size_t{0});
    std::iota(validation.begin(), validation.end(), size_t{30});
    std::vector<EpochReport> reports;
    const auto head = trainOneGene(testing::casesOf(m_planted), 2, training, validation, settings, 1, {},
                                   [&](const EpochReport& report) { reports.push_back(report); });
    QVERIFY(head && reports.size() < 100);
    QCOMPARE(int(reports.size()), head->bestEpoch + 12);
    for (const EpochReport& report : reports) QVERIFY(report.validationLoss >= head->validationLoss);
  }

  void theMeanOfTheSplitsIsJudgedOnTheTestSplit() {
    const Result<TrainedPackage> trained = train("judged", 20, 2);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    for (size_t gene = 0; gene < 4; ++gene) {
      QCOMPARE(trained->scores[gene].cases, 20);
      QCOMPARE(trained->scores[gene].wellPredicted, gene < 2);
      if (gene < 2)
        QVERIFY2(trained->scores[gene].r > 0.85, qPrintable(QString::number(trained->scores[gene].r)));
    }
    QVERIFY(trained->package.training.find("3 splits, their mean judged on the 20 cases") !=
            std::string::npos);
    QVERIFY(trained->package.training.find("neither flipped nor turned") != std::string::npos);
    QVERIFY(trained->package.normalisation.find("z-scores") != std::string::npos);
    const Result<SlideHead> head = loadSlideHead(trained->package);
    QVERIFY(head);
    std::vector<double> truth, predicted;
    for (size_t i = 40; i < 60; ++i) {
      truth.push_back(m_planted.cohort.cases[i].labels[0]);
      predicted.push_back(head->predict(m_planted.bags[i])->values[0]);
    }
    QVERIFY(std::abs(pearson(truth, predicted) - trained->scores[0].r) < 1e-5);
  }

  void withoutATestSplitEachCaseIsJudgedByTheSplitThatNeverSawIt() {
    const Result<TrainedPackage> trained = train("folds", 0, 2);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->scores[0].cases, 40);
    QVERIFY(trained->scores[0].r > 0.85 && trained->scores[1].r > 0.85);
    QVERIFY(!trained->scores[2].wellPredicted && !trained->scores[3].wellPredicted);
    QVERIFY(trained->package.training.find("neither trained it nor chose its epoch") != std::string::npos);
  }

  void neitherThreadsNorAnEndBetweenChangeABit() {
    std::stop_source stop;
    QVERIFY(!train("alone", 20, 1, stop.get_token(), [&](const Progress& progress) {
      if (progress.done == 5) stop.request_stop();
    }));
    QVERIFY(std::filesystem::exists(path("alone.training") / "split1-gene0.state"));
    QVERIFY(train("alone", 20, 1));
    for (const char* file : {"head.h5", "out-of-fold.json", "folds.csv"})
      QVERIFY2(bytesOfFile(path("alone") / file) == bytesOfFile(path("judged") / file), file);
    QCOMPARE(bytesOfFile(path("alone.curve.csv")), bytesOfFile(path("judged.curve.csv")));
    QVERIFY(!std::filesystem::exists(path("alone.training")));
  }

  void theCurveHasARowAnEpoch() {
    std::ifstream stream(path("judged.curve.csv"));
    std::string line;
    std::getline(stream, line);
    QCOMPARE(line, std::string("fold,gene,epoch,training_loss,validation_loss,validation_r"));
    std::getline(stream, line);
    QVERIFY(line.starts_with("0,APC,1,"));
    int rows = 1;
    while (std::getline(stream, line)) ++rows;
    QVERIFY(rows >= 3 * 4 * 12 && rows <= 3 * 4 * 14);
  }
};

}  // namespace geneglass::train_ensemble_test

GENEGLASS_TEST(geneglass::train_ensemble_test::TrainEnsembleTest)
#include "train_ensemble_test.moc"
