// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/head_members.h"

#include <QTemporaryDir>
#include <QtTest>
#include <numeric>

#include "inference/head/head_ensemble.h"
#include "inference/head/slide_head.h"
#include "inference/learning/packages/train_regression.h"
#include "inference/learning/packages/training_preparation.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_program.h"

namespace geneglass::head_members_test {

using namespace geneglass::testing;

class HeadMembersTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  PlantedBags m_planted = makePlantedBags(40, 3);

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  static HeadSettings shortSettings(int members) {
    HeadSettings settings = smallSettings();
    settings.epochs = settings.patience = 4;
    settings.members = members;
    return settings;
  }
  HeadMembers membersOf(int count) const {
    std::vector<size_t> all(m_planted.bags.size());
    std::iota(all.begin(), all.end(), size_t{0});
    return *trainMembers(casesOf(m_planted), all, {}, shortSettings(count), 7, {},
                         [](int, const EpochReport&) {});
  }
  static std::string refusalOf(TrainOptions options) {
    const Result<HeadChoice> head = chosenHead(options);
    return head ? "it was taken" : head.error().sentence;
  }

 private Q_SLOTS:
  void membersDifferInTheirSeedsAndTheirMeanIsPredicted() {
    const HeadMembers three = membersOf(3), one = membersOf(1);
    QCOMPARE(three.size(), size_t(3));
    QVERIFY(three[0].weights.at("value.weight").values == one[0].weights.at("value.weight").values);
    QVERIFY(three[1].weights.at("value.weight").values != three[2].weights.at("value.weight").values);
    const std::vector<const Matrix*> bags{&m_planted.bags[0], &m_planted.bags[5]};
    const Matrix mean = applyMembers(three, bags);
    for (size_t i = 0; i < mean.values.size(); ++i) {
      double sum = 0;
      for (const TrainedHead& head : three) sum += applyHead(head, bags).values[i];
      QVERIFY(std::abs(mean.values[i] - sum / 3) < 1e-5);
    }
  }

  void thePackagePredictsTheMeanToo() {
    const ModelPackage encoder = makePlantedEncoder(path("encoder"));
    TrainOptions options;
    options.out = path("members");
    options.folds = 4;
    options.threads = 1;
    options.name = "planted";
    options.statement = "a test";
    const Result<TrainedPackage> trained = trainOnBags(m_planted.cohort, m_planted.bags, encoder, options,
                                                       shortSettings(3), {}, [](const Progress&) {});
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QVERIFY2(trained->package.training.starts_with("geneglass: the mean of 3 models of attention regression"),
             trained->package.training.c_str());
    QCOMPARE(trained->package.foldModels, 0);
    const TensorFile stored = readTensors(trained->package.folder / "head.h5").value();
    QVERIFY(isEnsemble(stored));
    const Result<SlideHead> head = loadSlideHead(trained->package);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    QCOMPARE(head->models(), 3);
    const BagPrediction said = head->predict(m_planted.bags[3]).value();
    const std::vector<const Matrix*> bag{&m_planted.bags[3]};
    HeadMembers members;
    const std::vector<HeadMember> all = geneglass::membersOf(stored).value();
    for (const HeadMember& one : all) members.push_back({one.weights, {one.mean, one.deviation}, 0, 0});
    const Matrix mean = applyMembers(members, bag);
    for (size_t gene = 0; gene < said.values.size(); ++gene)
      QVERIFY(std::abs(said.values[gene] - mean.at(0, gene)) < 1e-3);
  }

  void headsWithoutChanceHaveNoMembersAndDropNothing() {
    TrainOptions linear;
    linear.head = HeadChoice::Linear;
    linear.members = 3;
    QCOMPARE(refusalOf(linear),
             std::string("Linear heads have no members: they are fitted in one step, without chance."));
    linear.members = 1;
    linear.dropout = 0.5;
    QCOMPARE(
        refusalOf(linear),
        std::string("Linear heads have no dropped features: they are fitted in one step, without chance."));
    TrainOptions paper;
    paper.recipe = "graziani2022";
    paper.members = 2;
    QCOMPARE(refusalOf(paper),
             std::string("The recipe 'graziani2022' has no members: its numbers are a paper's."));
    TrainOptions better = linear;
    better.head = HeadChoice::Better;
    better.members = 2;
    QCOMPARE(refusalOf(better), std::string("it was taken"));
    TrainingRequest diagnosis;
    diagnosis.task = Task::Diagnosis;
    diagnosis.options.members = 2;
    const Result<PreparedTraining> prepared = prepareTraining(diagnosis);
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().sentence,
             std::string("A diagnosis is learnt by one head from all features: it has no members and drops "
                         "none."));
  }
};

}  // namespace geneglass::head_members_test

GENEGLASS_TEST(geneglass::head_members_test::HeadMembersTest)
#include "head_members_test.moc"
