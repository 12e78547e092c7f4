// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

#include "inference/head/slide_head.h"
#include "inference/learning/packages/train_ensemble.h"
#include "inference/learning/packages/train_regression.h"
#include "tests/inference/learning/heads/gradient_check.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::gated_training_test {

using namespace geneglass::testing;

namespace {

HeadModule makeHead(BagPool pool) {
  torch::manual_seed(11);
  const HeadModule head({HeadKind::GatedAttention, 5, 4, 3, 2, pool});
  const torch::NoGradGuard noGrad;
  for (torch::Tensor& parameter : head.module().parameters())
    if (parameter.abs().max().item<double>() == 0) parameter.uniform_(-1, 1);  // biases too
  head.module().to(torch::kDouble);
  return head;
}

/// Two bags, the second long enough to have ends.
BagBatch makeBatch() {
  torch::manual_seed(12);
  BagBatch batch{
      torch::randn({11 + 205, 5}, torch::kDouble), {11, 205}, torch::randn({2, 2}, torch::kDouble)};
  batch.labels[1][0] = std::nan("");
  return batch;
}

void addPools() {
  QTest::addColumn<bool>("extremes");
  QTest::newRow("pool of attention") << false;
  QTest::newRow("pool of extremes") << true;
}

BagPool poolOf(bool extremes) {
  return extremes ? BagPool::Extremes : BagPool::Attention;
}

/// HistCode's steps, for small bags and few of them.
OneGeneSettings quickHistCode() {
  OneGeneSettings settings = histCodeSettings(BagPool::Attention);
  settings.embedding = 10;
  settings.attention = 5;
  settings.learningRate = 5e-3;
  settings.epochs = 14;
  return settings;
}

}  // namespace

class GatedTrainingTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  PlantedBags m_planted = makePlantedBags(48, 4);
  ModelPackage m_encoder;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  TrainOptions optionsFor(const std::string& name, const char* recipe) const {
    TrainOptions options;
    options.recipe = recipe;
    options.out = path(name);
    options.folds = 3;
    options.threads = 1;
    return options;
  }
  /// The package's heads say of the bags what its held-out scores say it would.
  void checkMaps(const ModelPackage& package) const {
    const Result<SlideHead> head = loadSlideHead(package);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    for (size_t bag = 0; bag < 5; ++bag) {
      const BagPrediction said = *head->predict(m_planted.bags[bag]);
      for (size_t gene = 0; gene < 4; ++gene) {
        const auto contribution = said.contribution.row(gene);
        const double mean =
            std::accumulate(contribution.begin(), contribution.end(), 0.0) / double(contribution.size());
        QVERIFY(std::abs(mean - (said.values[gene] - said.baselines[gene])) < 1e-3);
      }
    }
  }

 private Q_SLOTS:
  void initTestCase() { m_encoder = makePlantedEncoder(path("encoder")); }

  void gradientAgreesWithFiniteDifferences_data() { addPools(); }
  void gradientAgreesWithFiniteDifferences() {
    QFETCH(bool, extremes);
    const HeadModule head = makeHead(poolOf(extremes));
    QVERIFY(largestGradientError(head, head.module(), makeBatch(), {0.1, 0, 500, 1}) < 1e-6);
  }

  void gradientDoesNotDependOnRowsAtOnce_data() { addPools(); }
  void gradientDoesNotDependOnRowsAtOnce() {
    QFETCH(bool, extremes);
    const HeadModule head = makeHead(poolOf(extremes));
    const auto whole = gradientsOf(head, head.module(), makeBatch(), {0.1, 0, 500, 1}),
               parts = gradientsOf(head, head.module(), makeBatch(), {0.1, 0, 30, 1});
    for (size_t i = 0; i < whole.size(); ++i)
      QVERIFY((whole[i] - parts[i]).abs().max().item<double>() < 1e-12);
  }

  void theEndsAreChosenByAnAttentionThatIsLearnt() {
    const HeadModule head = makeHead(BagPool::Extremes);
    (void)gradientsOf(head, head.module(), makeBatch(), {0, 0, 500, 1});
    for (const auto& item : head.module().named_parameters())
      if (item.key() == "attention.out.weight")
        QVERIFY(item.value().grad().abs().max().item<double>() > 1e-4);
  }

  void aModelOfOneGeneHasTheNumbersOfThePaper() {
    const OneGeneSettings paper = histCodeSettings(BagPool::Attention);
    QCOMPARE(parametersOfOneGene(1024, paper), int64_t{788'226});
    QVERIFY(paper.adam && !paper.zScores);
    QCOMPARE(paper.learningRate, 1e-4);
    QCOMPARE(paper.weightDecay, 1e-5);
    QCOMPARE(paper.epochs, 200);
  }

  void theFirstStepIsAdamsOnTheLabelItself() {
    const TrainingCases cases = testing::casesOf(m_planted);
    const size_t one[] = {0}, other[] = {1};
    OneGeneSettings settings = quickHistCode();
    settings.epochs = 1;
    const auto trained = trainOneGene(cases, 1, one, other, settings, 9, {}, {});
    QCOMPARE(trained->scale.mean[0], 0.0);
    QCOMPARE(trained->scale.deviation[0], 1.0);
    const HeadModule head({HeadKind::GatedAttention, 10, settings.embedding, settings.attention, 1});
    QVERIFY(setTensors(head.module(), untrainedOneGene(10, settings, 9)));
    const Matrix& bag = m_planted.bags[0];
    const BagBatch batch{torch::tensor(bag.values).reshape({int64_t(bag.rows), 10}),
                         {int64_t(bag.rows)},
                         torch::full({1, 1}, cases.labels.at(0, 1))};
    addGradientOfBagLoss(head, batch, {});
    for (const auto& item : head.module().named_parameters()) {
      // The first of Adam's steps: the gradient over its own size.
      const torch::Tensor gradient = item.value().grad() + settings.weightDecay * item.value();
      const torch::Tensor after =
          (item.value() - settings.learningRate * gradient / (gradient.abs() + 1e-8)).flatten().contiguous();
      const std::vector<float>& values = trained->weights.at(item.key()).values;
      for (size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::abs(values[i] - after[int64_t(i)].item<float>()) < 2e-5);
    }
  }

  void gatedHeadsOfAllGenesLearnWhatIsPlanted_data() { addPools(); }
  void gatedHeadsOfAllGenesLearnWhatIsPlanted() {
    QFETCH(bool, extremes);
    HeadSettings settings = smallSettings();
    settings.epochs = 25;
    settings.kind = HeadKind::GatedAttention;
    settings.pool = poolOf(extremes);
    const std::string name = extremes ? "extremes" : "gated";
    const Result<TrainedPackage> trained =
        trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor(name, "geneglass"), settings, {},
                    [](const Progress&) {});
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QVERIFY(trained->package.head == HeadKind::GatedAttention);
    QVERIFY(openModelPackage(path(name))->head == HeadKind::GatedAttention);
    QVERIFY2(trained->package.training.find("one model of gated attention") != std::string::npos,
             trained->package.training.c_str());
    for (size_t gene = 0; gene < 4; ++gene) {
      QCOMPARE(trained->scores[gene].wellPredicted, gene < 2);
      if (gene < 2)
        QVERIFY2(trained->scores[gene].r > 0.8, qPrintable(QString::number(trained->scores[gene].r)));
    }
    checkMaps(trained->package);
  }

  void gatedHeadsGoOnToTheSameBytes_data() { addPools(); }
  void gatedHeadsGoOnToTheSameBytes() {
    QFETCH(bool, extremes);
    HeadSettings settings = smallSettings();
    settings.epochs = 4;
    settings.kind = HeadKind::GatedAttention;
    settings.pool = poolOf(extremes);
    const std::string whole = extremes ? "whole extremes" : "whole", parts = whole + " in parts";
    const auto go = [&](const std::string& name, std::stop_token stop, const OnProgress& progress) {
      TrainOptions options = optionsFor(name, "geneglass");
      options.name = "gated";
      return trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, options, settings, stop, progress);
    };
    QVERIFY(go(whole, {}, [](const Progress&) {}));
    std::stop_source stop;
    int reports = 0, afresh = 0;
    const auto stopped = go(parts, stop.get_token(), [&](const Progress&) {
      if (++reports == 6) stop.request_stop();
    });
    QVERIFY(!stopped && std::filesystem::exists(path(parts + ".training")));
    QVERIFY(go(parts, {}, [&](const Progress&) { ++afresh; }));
    for (const char* file : {"head.h5", "out-of-fold.json", "manifest.json"})
      QVERIFY2(bytesOfFile(path(parts) / file) == bytesOfFile(path(whole) / file), file);
    QCOMPARE(bytesOfFile(path(parts + ".curve.csv")), bytesOfFile(path(whole + ".curve.csv")));
  }

  void histCodesModelsLearnWhatIsPlanted() {
    const Result<TrainedPackage> trained = trainEnsembleOnBags(
        {m_planted.cohort, m_planted.bags}, {m_planted.cohort, {}}, m_encoder,
        optionsFor("histcode", "histcode2022"), quickHistCode(), {}, [](const Progress&) {});
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QVERIFY(trained->package.head == HeadKind::GatedAttention);
    QCOMPARE(trained->package.recipe, std::string("histcode2022"));
    QVERIFY(trained->package.training.find("each judged on a fold that neither trained it") !=
            std::string::npos);
    QVERIFY(trained->package.normalisation.ends_with("in their own unit"));
    QVERIFY2(trained->scores[0].r > 0.75 && trained->scores[1].r > 0.75,
             qPrintable(QString::number(trained->scores[0].r)));
    QVERIFY(!trained->scores[2].wellPredicted && !trained->scores[3].wellPredicted);
    checkMaps(trained->package);
  }
};

}  // namespace geneglass::gated_training_test

GENEGLASS_TEST(geneglass::gated_training_test::GatedTrainingTest)
#include "gated_training_test.moc"
