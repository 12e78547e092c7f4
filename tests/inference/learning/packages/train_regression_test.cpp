// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/train_regression.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <numeric>

#include "inference/head/domain_head.h"
#include "inference/head/head_ensemble.h"
#include "inference/head/slide_head.h"
#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/statistics/statistics.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::train_regression_test {

using namespace geneglass::testing;

namespace {

QString sentence(const Error& error) {
  return QString::fromStdString(error.sentence);
}

}  // namespace

class TrainRegressionTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  PlantedBags m_planted = makePlantedBags(60, 1);
  ModelPackage m_encoder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  TrainOptions optionsFor(const char* name) const {
    TrainOptions options;
    options.out = path(name);
    options.folds = 4;
    options.threads = 1;
    options.name = "planted";
    options.statement = "a test";
    return options;
  }
  Result<TrainedPackage> train(const char* name, std::stop_token stop = {}) const {
    return trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor(name), smallSettings(), stop,
                       [](const Progress&) {});
  }

 private Q_SLOTS:
  void initTestCase() { m_encoder = makePlantedEncoder(path("encoder")); }

  void plantedGenesAreRecoveredAndGenesThatFollowNothingAreRefused() {
    const Result<TrainedPackage> trained = train("first");
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    for (size_t gene = 0; gene < 4; ++gene) {
      const GeneFacts& facts = trained->package.genes[gene];
      QCOMPARE(facts.symbol, m_planted.cohort.genes[gene]);
      QCOMPARE(facts.wellPredicted, gene < 2);
      if (gene < 2) QVERIFY2(facts.heldOutR > 0.85, qPrintable(QString::number(facts.heldOutR)));
      if (gene < 2)
        QVERIFY(facts.ciLow > 0.7 && facts.ciLow < facts.heldOutR && facts.heldOutR < facts.ciHigh);
    }
  }

  void thePackageKnowsTheTissueItWasTrainedOn() {
    const Result<ModelPackage> read = openModelPackage(path("first"));
    QVERIFY(read && read->domain);
    QCOMPARE(read->domain->slides, int(m_planted.bags.size()));
    const Result<DomainHead> domain = loadDomainHead(*read);
    QVERIFY2(domain, domain ? "" : domain.error().sentence.c_str());
    const PlantedBags fresh = makePlantedBags(10, 5);  // mixed otherwise: another tissue
    for (size_t slide = 0; slide < 10; ++slide) {
      QVERIFY(!domain->judge(m_planted.bags[slide])->outside);
      QVERIFY2(domain->judge(fresh.bags[slide])->outside, inWords(*domain->judge(fresh.bags[slide])).c_str());
    }
  }

  void thePackageCarriesThePanelOfTheEncodersPackageAndItsGenesAreGroupedByIt() {
    ModelPackage encoder = m_encoder;
    encoder.panel.groups = {{"planted", "Planted", 0xFF112233, {{m_planted.cohort.genes[1]}}}};
    const Result<TrainedPackage> trained =
        trainOnBags(m_planted.cohort, m_planted.bags, encoder, optionsFor("panel"), smallSettings(), {},
                    [](const Progress&) {});
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    const Result<ModelPackage> read = openModelPackage(path("panel"));
    QVERIFY(read);
    QCOMPARE(read->panel.groups.size(), size_t(1));
    QCOMPARE(read->panel.groups[0].title, std::string("Planted"));
    QCOMPARE(read->genes[0].group, -1);
    QCOMPARE(read->genes[1].group, 0);
    QCOMPARE(openModelPackage(path("first"))->panel.groups.size(), size_t(5));
  }

  void expressionMapsFollowWhatTheTilesHold() {
    const Result<SlideHead> head = loadSlideHead(*openModelPackage(path("first")));
    QVERIFY(head);
    const PlantedBags fresh = makePlantedBags(1, 1);
    const BagPrediction prediction = *head->predict(fresh.bags[0]);
    for (size_t gene = 0; gene < 2; ++gene) {
      std::vector<double> hidden,
          map(prediction.expression.row(gene).begin(), prediction.expression.row(gene).end());
      for (size_t tile = 0; tile < fresh.bags[0].rows; ++tile)
        hidden.push_back(fresh.hidden[0].at(tile, gene));
      QVERIFY(pearson(hidden, map) > 0.8);
    }
  }

  void theLoadedPackageSaysWhatTheTrainerSaid() {
    const TrainingCases cases = casesOf(m_planted);
    std::vector<size_t> all(cases.bags.size());
    std::iota(all.begin(), all.end(), size_t{0});
    const auto folds =
        crossValidate(cases, smallSettings(), assignFolds(60, 4, 1), 4, 1, {}, [](const Progress&) {}, {});
    HeadSettings settings = smallSettings();
    settings.stopAfter = int(std::lround(median({folds->bestEpochs.begin(), folds->bestEpochs.end()})));
    const Matrix expected = applyHead(*trainHead(cases, all, {}, settings, 1, {}, {}), cases.bags);
    const Result<SlideHead> head = loadSlideHead(*openModelPackage(path("first")));
    QVERIFY(head);
    for (size_t i = 0; i < 5; ++i) {
      const BagPrediction prediction = *head->predict(m_planted.bags[i]);
      for (size_t gene = 0; gene < 4; ++gene)
        QVERIFY(std::abs(prediction.values[gene] - expected.at(i, gene)) < 1e-4);
    }
  }

  void eachFoldsHeadsAreKeptAndSayWhatWasHeldOut() {
    for (const HeadKind kind : {HeadKind::AttentionRegression, HeadKind::Linear}) {
      HeadSettings settings = smallSettings();
      settings.kind = kind;
      const std::string name = std::string("folds-") + toString(kind);
      const Result<TrainedPackage> trained =
          trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor(name.c_str()), settings, {},
                      [](const Progress&) {});
      QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
      const int folds = trained->package.foldModels;
      QVERIFY(folds >= 3);
      const auto members = membersOf(*readTensors(path(name.c_str()) / kFoldHeads));
      QVERIFY2(members, members ? "" : members.error().sentence.c_str());
      QCOMPARE(members->size(), size_t(folds));
      std::vector<const Matrix*> bags;
      for (const Matrix& bag : m_planted.bags) bags.push_back(&bag);
      const std::vector<int> foldOfCase = assignFolds(bags.size(), folds, 1);
      std::vector<double> said, truth;
      for (size_t i = 0; i < bags.size(); ++i) {
        const HeadMember& judge = (*members)[size_t(foldOfCase[i])];
        const TrainedHead head{judge.weights, {judge.mean, judge.deviation}};
        said.push_back(double(applyHead(head, std::span<const Matrix* const>(&bags[i], 1)).at(0, 0)));
        truth.push_back(double(m_planted.cohort.cases[i].labels[0]));
      }
      QVERIFY2(std::abs(pearson(truth, said) - trained->scores[0].r) < 1e-4,
               qPrintable(QString::number(pearson(truth, said) - trained->scores[0].r)));
    }
  }

  void theSameSeedGivesTheSameBytes() {
    QVERIFY(train("second"));
    QCOMPARE(bytesOfFile(path("first") / "head.h5"), bytesOfFile(path("second") / "head.h5"));
    QCOMPARE(bytesOfFile(path("first") / "out-of-fold.json"),
             bytesOfFile(path("second") / "out-of-fold.json"));
    QCOMPARE(openModelPackage(path("first"))->hash, openModelPackage(path("second"))->hash);
  }

  void aTrainingThatWasEndedGoesOnToTheSameBytes() {
    for (const int64_t epochs : {3, 20, 90}) {  // in the first fold, and in later ones
      std::filesystem::remove_all(path("again"));
      std::stop_source stop;
      int64_t seen = 0;
      const Result<TrainedPackage> ended =
          trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor("again"), smallSettings(),
                      stop.get_token(), [&](const Progress&) {
                        if (++seen == epochs) stop.request_stop();
                      });
      QVERIFY(!ended && std::filesystem::exists(path("again.training")));
      int64_t afresh = 0;
      const Result<TrainedPackage> whole =
          trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor("again"), smallSettings(), {},
                      [&](const Progress&) { ++afresh; });
      QVERIFY2(whole, whole ? "" : whole.error().sentence.c_str());
      QCOMPARE(bytesOfFile(path("again") / "head.h5"), bytesOfFile(path("first") / "head.h5"));
      QCOMPARE(bytesOfFile(path("again") / "out-of-fold.json"),
               bytesOfFile(path("first") / "out-of-fold.json"));
      QCOMPARE(bytesOfFile(path("again.curve.csv")), bytesOfFile(path("first.curve.csv")));
      QVERIFY(!std::filesystem::exists(path("again.training")));
    }
  }

  void whatAnotherTrainingKeptIsNotTaken() {
    const TrainingMemory memory(path("memory"), "one");
    memory.keep("fold0",
                {{{"steps", {3}}}, {{"weights", {{"a", {{2}, {1.5f, -2}}}}}}, {{1, 2, 0.5, 0.25, 0.125}}});
    const std::optional<KeptState> found = memory.find("fold0");
    QVERIFY(found);
    QCOMPARE(found->numbers.at("steps"), std::vector<double>{3});
    QCOMPARE(found->tensors.at("weights").at("a").values, (std::vector<float>{1.5f, -2}));
    QCOMPARE(found->reports[0].validationR, 0.125);
    QVERIFY(!memory.find("fold1"));
    QVERIFY(!TrainingMemory(path("memory"), "other").find("fold0"));
    std::filesystem::resize_file(path("memory") / "fold0.state", 40);
    QVERIFY(!memory.find("fold0"));
  }

  void missingLabelsAreLeftOut() {
    PlantedBags planted = makePlantedBags(24, 3);
    for (size_t i = 0; i < 6; ++i) planted.cohort.cases[i].labels[0] = std::nanf("");
    const Result<TrainedPackage> trained =
        trainOnBags(planted.cohort, planted.bags, m_encoder, optionsFor("missing"), smallSettings(), {},
                    [](const Progress&) {});
    QVERIFY(trained);
    QCOMPARE(trained->scores[0].cases, 18);
    QCOMPARE(trained->scores[1].cases, 24);
    QVERIFY(trained->scores[0].r > 0.7);
  }

  void aCancelledTrainingLeavesNothing() {
    std::stop_source stop;
    stop.request_stop();
    const Result<TrainedPackage> trained = train("cancelled", stop.get_token());
    QVERIFY(!trained);
    QVERIFY(sentence(trained.error()).endsWith(QStringLiteral("cancelled' was cancelled.")));
    QVERIFY(!std::filesystem::exists(path("cancelled")));
    QVERIFY(!std::filesystem::exists(path("cancelled.partial")));
  }

  void aPackageThatExistsIsNotOverwritten() {
    const Result<TrainedPackage> trained = train("encoder");
    QVERIFY(!trained);
    QVERIFY(sentence(trained.error())
                .endsWith(QStringLiteral("it exists already; remove it or choose another name.")));
  }

  void aSecondTrainingIntoOneFolderIsRefusedBeforeItLearns() {
    bool began = false;
    const Result<TrainedPackage> first =
        trainOnBags(m_planted.cohort, m_planted.bags, m_encoder, optionsFor("shared"), smallSettings(), {},
                    [&](const Progress&) {
                      if (std::exchange(began, true)) return;
                      const Result<TrainedPackage> second = train("shared");
                      QCOMPARE(sentence(second.error()),
                               QStringLiteral("Cannot write '%1': another call is making it now.")
                                   .arg(QString::fromStdString(path("shared").string())));
                    });
    QVERIFY(first && began);
    QVERIFY(!std::filesystem::exists(path("shared.1.part")) &&
            !std::filesystem::exists(path("shared.partial")));
  }

  void otherRecipesAreRefusedWithTheReason() {
    const auto asked = [](const char* recipe, HeadChoice head = HeadChoice::RecipesOwn,
                          BagPool pool = BagPool::Attention) {
      TrainOptions options;
      options.recipe = recipe;
      options.head = head;
      options.pool = pool;
      return chosenHead(options);
    };
    for (const char* recipe : {"geneglass", "graziani2022", "histcode2022"}) QVERIFY(asked(recipe));
    QVERIFY(asked("geneglass", HeadChoice::GatedAttention, BagPool::Extremes));
    const std::pair<Result<HeadChoice>, const char*> refused[] = {
        {asked("unheard-of"),
         "There is no recipe 'unheard-of'; 'geneglass', 'histcode2022' and 'graziani2022' are there."},
        {asked("graziani2022", HeadChoice::GatedAttention),
         "The recipe 'graziani2022' has no heads of gated attention."},
        {asked("histcode2022", HeadChoice::AttentionRegression),
         "The recipe 'histcode2022' has no heads of attention regression."},
        {asked("geneglass", HeadChoice::RecipesOwn, BagPool::Extremes),
         "Attention regression pools by attention alone; a pool of extremes needs gated heads."}};
    for (const auto& [known, reason] : refused) {
      QVERIFY2(!known, reason);
      QCOMPARE(sentence(known.error()), QString::fromUtf8(reason));
    }
  }

  void foldsAreEvenAndSeeded() {
    const std::vector<int> folds = assignFolds(23, 5, 9);
    for (int fold = 0; fold < 5; ++fold) {
      const auto count = std::count(folds.begin(), folds.end(), fold);
      QVERIFY(count == 4 || count == 5);
    }
    QCOMPARE(folds, assignFolds(23, 5, 9));
    QVERIFY(folds != assignFolds(23, 5, 10));
  }
};

}  // namespace geneglass::train_regression_test

GENEGLASS_TEST(geneglass::train_regression_test::TrainRegressionTest)
#include "train_regression_test.moc"
