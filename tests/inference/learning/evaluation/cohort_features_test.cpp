// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/cohort_features.h"

#include <fmt/format.h>

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <fstream>
#include <future>

#include "inference/prediction_worker.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::cohort_features_test {

using namespace geneglass::testing;

/// Predictions and trainings share one store. That no tile is encoded is shown by taking the encoder away.
class CohortFeaturesTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path m_slide;
  Cohort m_cohort;
  int m_made = 0;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path fresh(const std::string& name) { return path(name + std::to_string(++m_made)); }
  static void nothing(const Progress&) {}

  Result<std::vector<Matrix>> trained(const ModelPackage& package,
                                      const std::filesystem::path& folder) const {
    const Result<ExtractOptions> options = learningFeatures(folder, 1);
    if (!options) return tl::unexpected(options.error());
    return bagsOf(m_cohort, LoadedEncoder(std::make_shared<const ModelPackage>(package)), *options, {},
                  nothing);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(
        writeSyntheticCohort(path("slides"), {.slides = 1, .seed = 8, .size = {1792, 1792}, .threads = 2}));
    m_cohort = *readCohort(path("slides") / "cohort.csv");
    m_slide = m_cohort.cases.front().slides.front();
  }

  void whatTheViewersWorkerHasPredictedIsTrainedOnWithoutEncodingATile() {
    const ModelPackage package = madeModel(fresh("model"));
    const std::filesystem::path folder = fresh("store");
    std::promise<Result<std::shared_ptr<const Prediction>>> promise;
    {
      PredictionWorker worker;
      worker.start(*openSlide(m_slide), std::make_shared<const LoadedModel>(package),
                   {.precision = Precision::Float32, .store = std::make_shared<const FeatureStore>(folder)},
                   {}, [&](auto outcome) { promise.set_value(std::move(outcome)); });
      const auto predicted = promise.get_future().get();
      QVERIFY2(predicted.has_value(), predicted ? "" : predicted.error().sentence.c_str());
      std::filesystem::remove(package.folder / package.encoder.weights);
      const Result<std::vector<Matrix>> bags = trained(package, folder);
      QVERIFY2(bags.has_value(), bags ? "" : bags.error().sentence.c_str());
      QCOMPARE(bags->front().rows, (*predicted)->grid.count());
    }
  }

  void whatWasTrainedOnIsPredictedWithoutEncodingATile() {
    const ModelPackage package = madeModel(fresh("model"));
    const std::filesystem::path folder = fresh("store");
    const Result<std::vector<Matrix>> bags = trained(package, folder);
    QVERIFY2(bags.has_value(), bags ? "" : bags.error().sentence.c_str());
    std::filesystem::remove(package.folder / package.encoder.weights);
    const Result<Prediction> predicted = predictSlide(
        *openSlide(m_slide), package,
        {.precision = Precision::Float32, .store = std::make_shared<const FeatureStore>(folder)}, {}, {});
    QVERIFY2(predicted.has_value(), predicted ? "" : predicted.error().sentence.c_str());
    QCOMPARE(predicted->grid.count(), bags->front().rows);
  }

  void aTrainingGoesOnWhereAStoppedPredictionWas() {
    const ModelPackage package = madeModel(fresh("model"));
    const std::filesystem::path folder = fresh("store");
    const auto store = std::make_shared<const FeatureStore>(folder);
    const ExtractOptions options{.threads = 1, .precision = Precision::Float32, .store = store};
    std::stop_source stop;
    std::atomic<size_t> done = 0;
    const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
    QVERIFY(
        !extractFeatures(*openSlide(m_slide), encoder, options, stop.get_token(), {}, [&](const GrowingBag&) {
          if (++done == 30) stop.request_stop();
        }));
    const Result<ExtractedBag> rest = extractFeatures(*openSlide(m_slide), encoder, options, {}, {});
    QVERIFY(rest->tilesFromStore >= 30 && rest->tilesFromStore < rest->bag.grid.count());
    QCOMPARE(trained(package, folder)->front().values, rest->bag.features.values);
  }

  void anotherTissueRuleIsAnotherBag() {
    ModelPackage package = madeModel(fresh("model"));
    const std::filesystem::path folder = fresh("store");
    package.minimumTissue = 0.9;
    const size_t few = trained(package, folder)->front().rows;
    package.minimumTissue = 0.1;
    QVERIFY(trained(package, folder)->front().rows > few);
  }

  void whereNothingIsNamedFeaturesAreKeptWherePredictionsKeepThem() {
    QCOMPARE(learningFeatures({}, 1)->store->folder(), FeatureStore::usualFolder());
    QCOMPARE(learningFeatures(path("own"), 1)->store->limitInBytes(), FeatureStore::kNoLimit);
  }

  void aNamedFolderThatCannotBeMadeIsRefused() {
    std::ofstream(path("file")) << "no folder";
    const Result<ExtractOptions> options = learningFeatures(path("file"), 1);
    QVERIFY(!options);
    QCOMPARE(options.error().sentence,
             fmt::format("No features are kept in '{}': it is no folder.", path("file").string()));
  }
};

}  // namespace geneglass::cohort_features_test

GENEGLASS_TEST(geneglass::cohort_features_test::CohortFeaturesTest)
#include "cohort_features_test.moc"
