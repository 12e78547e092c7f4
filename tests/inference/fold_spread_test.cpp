// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/head/head_ensemble.h"
#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::fold_spread_test {

using namespace geneglass::testing;

namespace {

constexpr int kGenes = 3, kWidth = 6, kFolds = 3;

TensorFile linearHead(unsigned seed) {
  return {{"value.weight", {{kGenes, kWidth}, madeNumbers(kGenes * kWidth, seed)}},
          {"value.bias", {{kGenes}, madeNumbers(kGenes, seed + 1)}}};
}

TensorFile headOf(HeadKind kind, unsigned seed) {
  return kind == HeadKind::Linear ? linearHead(seed) : madeHead(kWidth, 5, 4, kGenes, seed);
}

/// A model a fold, each with a scale of its own.
std::vector<HeadMember> foldHeads(HeadKind kind) {
  std::vector<HeadMember> folds;
  for (size_t fold = 0; fold < kFolds; ++fold)
    folds.push_back({fold,
                     0,
                     kGenes,
                     headOf(kind, 20 + 7 * unsigned(fold)),
                     {4.0 + double(fold), 5, 6},
                     {1, 0.5 + double(fold), 2}});
  return folds;
}

double deviationOf(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / double(values.size() - 1));
}

}  // namespace

class FoldSpreadTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

  ModelPackage packageWith(const std::string& name, HeadKind kind, const TensorFile& head) const {
    ModelPackage package = madeModel(path(name), kGenes);
    package.head = kind;
    (void)writeTensors(path(name) / "head.h5", head);
    return *writeManifest(package);
  }
  ModelPackage withFolds(ModelPackage package, const std::vector<HeadMember>& folds) const {
    (void)writeTensors(package.folder / kFoldHeads, stackMembers(folds));
    package.foldModels = int(folds.size());
    return *writeManifest(package);
  }
  static Prediction predicted(const ModelPackage& package) {
    const auto outcome = predictSlide(openPainted({900, 700}, 0.5, tissue), package, {}, {}, {});
    if (!outcome) qFatal("%s", outcome.error().sentence.c_str());
    return *outcome;
  }
  nlohmann::json written(const Prediction& prediction) const {
    if (!writePrediction(path("."), "one", prediction)) qFatal("not written");
    return nlohmann::json::parse(std::ifstream(path("one.prediction.json")));
  }

  /// Each fold as a package of its own says one value.
  void compareWithEachAlone(HeadKind kind) const {
    const std::string name = toString(kind);
    const std::vector<HeadMember> folds = foldHeads(kind);
    const Prediction whole = predicted(withFolds(packageWith(name, kind, headOf(kind, 99)), folds));
    std::vector<std::vector<double>> said(kGenes);
    for (const HeadMember& fold : folds) {
      ModelPackage alone = packageWith(name + std::to_string(fold.split), kind, fold.weights);
      for (size_t gene = 0; gene < kGenes; ++gene) {
        alone.genes[gene].trainingMean = fold.mean[gene];
        alone.genes[gene].trainingDeviation = fold.deviation[gene];
      }
      const Prediction one = predicted(alone);
      for (size_t gene = 0; gene < kGenes; ++gene) said[gene].push_back(one.genes[gene].value);
    }
    QCOMPARE(whole.foldModels, kFolds);
    for (size_t gene = 0; gene < kGenes; ++gene) {
      QVERIFY(whole.genes[gene].spread > 0.1);
      QVERIFY(std::abs(whole.genes[gene].spread - deviationOf(said[gene])) < 1e-4);
    }
    const Prediction without = predicted(packageWith(name + "-only", kind, headOf(kind, 99)));
    for (size_t gene = 0; gene < kGenes; ++gene) QCOMPARE(whole.genes[gene].value, without.genes[gene].value);
  }

 private Q_SLOTS:
  void attentionFoldsDifferAsEachAloneDoes() { compareWithEachAlone(HeadKind::AttentionRegression); }
  void linearFoldsDifferAsEachAloneDoes() { compareWithEachAlone(HeadKind::Linear); }

  void stackedLinearHeadsComeBack() {
    const std::vector<HeadMember> folds = foldHeads(HeadKind::Linear);
    const TensorFile stacked = stackMembers(folds);
    QVERIFY(isEnsemble(stacked));
    QVERIFY(!isEnsemble(linearHead(1)));
    const Result<std::vector<HeadMember>> back = membersOf(stacked);
    QVERIFY2(back, back ? "" : back.error().sentence.c_str());
    QCOMPARE(back->size(), folds.size());
    for (size_t i = 0; i < folds.size(); ++i) {
      QCOMPARE((*back)[i].weights.at("value.weight").shape, (std::vector<int64_t>{kGenes, kWidth}));
      QCOMPARE((*back)[i].weights.at("value.weight").values, folds[i].weights.at("value.weight").values);
      QCOMPARE((*back)[i].weights.at("value.bias").values, folds[i].weights.at("value.bias").values);
      QCOMPARE((*back)[i].mean, folds[i].mean);
    }
  }

  void theFileSaysTheSpreadOrNull() {
    const ModelPackage without = packageWith("null", HeadKind::Linear, linearHead(3));
    const nlohmann::json bare = written(predicted(without));
    QCOMPARE(bare["model"]["fold_models"], 0);
    QVERIFY(bare["genes"][0].contains("spread") && bare["genes"][0]["spread"].is_null());
    const nlohmann::json full = written(predicted(withFolds(without, foldHeads(HeadKind::Linear))));
    QCOMPARE(full["model"]["fold_models"], kFolds);
    QVERIFY(full["genes"][0]["spread"].get<double>() > 0);
  }

  void anEnsembleOfSplitsHasTheSpreadOfItsSplits() {
    const Prediction prediction = predicted(packageWith(
        "splits", HeadKind::AttentionRegression, stackMembers(foldHeads(HeadKind::AttentionRegression))));
    QCOMPARE(prediction.foldModels, kFolds);
    for (const GenePrediction& gene : prediction.genes) QVERIFY(gene.spread > 0.1);
  }

  void whatIsStillProvisionalHasNone() {
    const ModelPackage package =
        withFolds(packageWith("partial", HeadKind::Linear, linearHead(3)), foldHeads(HeadKind::Linear));
    const auto source = std::make_shared<PaintedSource>(Size{900, 700}, tissue);
    source->delay = std::chrono::milliseconds(5);
    int partials = 0;
    const auto outcome = predictSlide(openPainted({900, 700}, 0.5, source), package, {.threads = 1}, {}, {},
                                      [&](const std::shared_ptr<const Prediction>& known) {
                                        ++partials;
                                        QVERIFY(std::isnan(known->genes[0].spread));
                                        QCOMPARE(known->foldModels, 0);
                                      });
    QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().sentence.c_str());
    QVERIFY(partials > 0);
    QVERIFY(!std::isnan(outcome->genes[0].spread));
  }

  void foldsThatDoNotFitAreRefused() {
    const auto reason = [](const ModelPackage& package) {
      const auto heads = LoadedModel(package).heads();
      return heads ? std::string("no error") : heads.error().sentence;
    };
    ModelPackage package =
        withFolds(packageWith("count", HeadKind::Linear, linearHead(3)), foldHeads(HeadKind::Linear));
    package.foldModels = 4;
    QVERIFY2(reason(package).ends_with("folds.h5: it holds 3 models, the manifest says 4."),
             reason(package).c_str());
    (void)writeTensors(package.folder / kFoldHeads, stackMembers(foldHeads(HeadKind::AttentionRegression)));
    package.foldModels = kFolds;
    QVERIFY2(reason(package).ends_with(
                 "folds.h5: it holds a tensor 'attention.hidden.bias' that the network does not have."),
             reason(package).c_str());
    const auto changed = openModelPackage(package.folder);
    QVERIFY(!changed);
    QVERIFY2(changed.error().sentence.ends_with(
                 "its file 'folds.h5' is not the one the manifest was written for."),
             changed.error().sentence.c_str());
    std::filesystem::remove(package.folder / kFoldHeads);
    QVERIFY(openModelPackage(package.folder)
                .error()
                .sentence.ends_with("its file 'folds.h5' is missing or not readable."));
  }
};

}  // namespace geneglass::fold_spread_test

GENEGLASS_TEST(geneglass::fold_spread_test::FoldSpreadTest)
#include "fold_spread_test.moc"
