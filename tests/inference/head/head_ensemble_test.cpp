// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/head_ensemble.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

#include "inference/head/slide_head.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::head_ensemble_test {

using namespace geneglass::testing;

namespace {

constexpr size_t kGenes = 3, kSplits = 2, kTiles = 40;

/// One head a gene and split, each with a scale of its own.
std::vector<HeadMember> headsOfOneGene() {
  std::vector<HeadMember> members;
  for (size_t split = 0; split < kSplits; ++split)
    for (size_t gene = 0; gene < kGenes; ++gene) {
      const double number = double(split * kGenes + gene);
      members.push_back(
          {split, gene, 1, madeHead(6, 5, 4, 1, 7 + unsigned(number)), {4 + number}, {0.5 + 0.1 * number}});
    }
  return members;
}

/// One head of all genes a split.
std::vector<HeadMember> headsOfAllGenes() {
  std::vector<HeadMember> members;
  for (size_t split = 0; split < kSplits; ++split)
    members.push_back({split,
                       0,
                       kGenes,
                       madeHead(6, 5, 4, int(kGenes), 30 + unsigned(split)),
                       {4, 5, double(split)},
                       {1, 2, 3}});
  return members;
}

Matrix madeFeatures() {
  Matrix features(kTiles, 6);
  features.values = madeNumbers(kTiles * 6, 5);
  return features;
}

}  // namespace

class HeadEnsembleTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  ModelPackage packageOf(const std::string& name, const TensorFile& head, int genes = int(kGenes),
                         HeadKind kind = HeadKind::AttentionRegression) const {
    ModelPackage package = madeModel(path(name), genes);
    package.head = kind;
    (void)writeTensors(path(name) / "head.h5", head);
    return *writeManifest(package);
  }
  /// One member as a package of its own.
  BagPrediction alone(const HeadMember& member, const std::string& name, HeadKind kind) const {
    ModelPackage package = packageOf(name, member.weights, int(member.genes), kind);
    for (size_t gene = 0; gene < member.genes; ++gene) {
      package.genes[gene].trainingMean = member.mean[gene];
      package.genes[gene].trainingDeviation = member.deviation[gene];
    }
    return *loadSlideHead(package)->predict(madeFeatures());
  }

  void compareWithMean(const std::vector<HeadMember>& members, const std::string& name,
                       HeadKind kind = HeadKind::AttentionRegression) const {
    const ModelPackage package = packageOf(name, stackMembers(members), int(kGenes), kind);
    const BagPrediction together = *loadSlideHead(package)->predict(madeFeatures());
    std::vector<double> value(kGenes);
    Matrix attention(kGenes, kTiles), expression(kGenes, kTiles);
    for (size_t i = 0; i < members.size(); ++i) {
      const BagPrediction one = alone(members[i], name + std::to_string(i), kind);
      for (size_t gene = 0; gene < members[i].genes; ++gene) {
        const size_t target = members[i].firstGene + gene;
        value[target] += one.values[gene] / double(kSplits);
        for (size_t tile = 0; tile < kTiles; ++tile) {
          attention.at(target, tile) += one.attention.at(gene, tile) / float(kSplits);
          expression.at(target, tile) += one.expression.at(gene, tile) / float(kSplits);
        }
      }
    }
    for (size_t gene = 0; gene < kGenes; ++gene) {
      QVERIFY(std::abs(together.values[gene] - value[gene]) < 1e-4);
      for (size_t tile = 0; tile < kTiles; ++tile) {
        QVERIFY(std::abs(together.attention.at(gene, tile) - attention.at(gene, tile)) < 1e-6);
        QVERIFY(std::abs(together.expression.at(gene, tile) - expression.at(gene, tile)) < 1e-4);
      }
    }
    checkIdentities(together);
    for (size_t gene = 0; gene < kGenes; ++gene)
      QVERIFY(kind == HeadKind::GatedAttention ||
              std::abs(together.baselines[gene] - package.genes[gene].trainingMean) < 1e-4);
  }

  static void checkIdentities(const BagPrediction& prediction) {
    for (size_t gene = 0; gene < kGenes; ++gene) {
      const auto attention = prediction.attention.row(gene), contribution = prediction.contribution.row(gene);
      const double sum = std::accumulate(attention.begin(), attention.end(), 0.0);
      const double mean = std::accumulate(contribution.begin(), contribution.end(), 0.0) / double(kTiles);
      QVERIFY(std::abs(sum - 1) < 1e-5);
      QVERIFY(std::abs(mean - (prediction.values[gene] - prediction.baselines[gene])) < 1e-4);
    }
  }

 private Q_SLOTS:
  void stackedMembersComeBack() {
    for (const auto& members : {headsOfOneGene(), headsOfAllGenes()}) {
      const TensorFile stacked = stackMembers(members);
      QVERIFY(isEnsemble(stacked));
      const Result<std::vector<HeadMember>> back = membersOf(stacked);
      QVERIFY(back && back->size() == members.size());
      for (size_t i = 0; i < members.size(); ++i) {
        QCOMPARE((*back)[i].split, members[i].split);
        QCOMPARE((*back)[i].firstGene, members[i].firstGene);
        QVERIFY(std::abs((*back)[i].deviation[0] - members[i].deviation[0]) < 1e-6);
        for (const auto& [name, tensor] : members[i].weights) {
          QCOMPARE((*back)[i].weights.at(name).shape, tensor.shape);
          QCOMPARE((*back)[i].weights.at(name).values, tensor.values);
        }
      }
    }
    QVERIFY(!isEnsemble(madeHead(6, 5, 4, int(kGenes), 1)));
  }
  void anEnsembleOfOneGeneModelsPredictsTheirMean() { compareWithMean(headsOfOneGene(), "one"); }
  void anEnsembleOfSharedModelsPredictsTheirMean() { compareWithMean(headsOfAllGenes(), "all"); }

  void anEnsembleOfGatedModelsPredictsTheirMean() {
    std::vector<HeadMember> members = headsOfOneGene();
    for (size_t i = 0; i < members.size(); ++i)
      members[i].weights = madeGatedHead({.branches = 1}, 50 + unsigned(i));
    compareWithMean(members, "gated", HeadKind::GatedAttention);
  }

  void stacksThatDoNotFitAreRefused() {
    const auto changed = [](const auto& change) {
      TensorFile stacked = stackMembers(headsOfOneGene());
      change(stacked);
      return stacked;
    };
    const std::pair<TensorFile, const char*> cases[] = {
        {changed([](TensorFile& file) { file.erase("scale.mean"); }), "the tensor 'scale.mean' is missing"},
        {changed([](TensorFile& file) { file["scale.deviation"].values[1] = 0; }),
         "the tensor 'scale.deviation' is not above 0"},
        {changed([](TensorFile& file) {
           file["value.weight"].shape = {3, 2, 5};
         }),
         "the tensor 'value.weight' does not begin with 2 x 3"},
        {changed([](TensorFile& file) { file.erase("attention.out.bias"); }),
         "the tensor 'attention.out.bias' is missing"},
        {stackMembers({headsOfOneGene()[0]}), "they predict 1 genes, the manifest lists 3"}};
    int number = 0;
    for (const auto& [head, reason] : cases) {
      const auto heads = loadSlideHead(packageOf("broken" + std::to_string(number++), head));
      QVERIFY2(!heads, reason);
      QVERIFY2(heads.error().sentence.find(reason) != std::string::npos, heads.error().sentence.c_str());
    }
  }
};

}  // namespace geneglass::head_ensemble_test

GENEGLASS_TEST(geneglass::head_ensemble_test::HeadEnsembleTest)
#include "head_ensemble_test.moc"
