// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/model_fit.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <mutex>
#include <set>
#include <thread>

#include "inference/package/installed_models.h"
#include "inference/predict_slide.h"
#include "tests/inference/known_tissue.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::model_fit_test {

using namespace geneglass::testing;

namespace {

constexpr Size kSize{640, 512};  // of 1 um: 20 x 16 tiles of 32 px

TissueMask maskOf(const OpenedSlide& opened) {
  const Result<TissueMask> mask = findTissue(opened);
  return mask ? *mask : TissueMask{};
}

}  // namespace

class ModelFitTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  const OpenedSlide m_slide = openPainted(kSize, 1.0, tissue);

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<ModelFits> compare(const std::vector<std::filesystem::path>& models,
                            std::stop_token stop = {}) const {
    return compareModels(m_slide, maskOf(m_slide), models, 1, stop, [](const Progress&) {});
  }

 private Q_SLOTS:
  void initTestCase() {
    knowingTissue(madeModel(path("any")), kAnyTissue);
    knowingTissue(madeModel(path("none")), kNoTissue);
    madeModel(path("unknowing"));
  }

  void theModelThatLearntFromSuchTissueComesFirst() {
    const Result<ModelFits> compared = compare({path("none"), path("any")});
    QVERIFY2(compared, compared ? "" : compared.error().sentence.c_str());
    QCOMPARE(compared->fits.size(), size_t(2));
    QCOMPARE(compared->fits[0].folder, path("any"));
    QCOMPARE(compared->fits[0].domain.shareOutside, 0.0);
    QCOMPARE(compared->fits[0].domain.distance.size(), kTilesOfFit);
    QCOMPARE(compared->fits[1].domain.shareOutside, 1.0);
    QCOMPARE(compared->suited(), &compared->fits[0]);
  }

  void whereNoneLearntFromSuchTissueNoneIsNamed() {
    const Result<ModelFits> compared = compare({path("none")});
    QVERIFY(compared && compared->fits.size() == 1);
    QVERIFY(compared->fits[0].domain.outside);
    QVERIFY(!compared->suited());
  }

  void aModelThatDoesNotKnowItsTissueIsNamedButNotJudged() {
    const Result<ModelFits> compared = compare({path("unknowing")});
    QVERIFY(compared && compared->fits.empty() && compared->refusals.empty());
    QCOMPARE(compared->unknown, std::vector<std::string>{openModelPackage(path("unknowing"))->name});
  }

  void aBrokenModelIsRefusedByNameAndTheOthersAreComparedAllTheSame() {
    const Result<ModelFits> compared = compare({path("absent"), path("any")});
    QVERIFY(compared && compared->suited());
    QCOMPARE(compared->refusals.size(), size_t(1));
    QVERIFY(compared->refusals[0].sentence.find(path("absent").string()) != std::string::npos);
  }

  void ofFewTilesAllAreJudgedAsThePredictionJudgesThem() {
    const OpenedSlide slide = openPainted({1000, 105}, 1.0, tissue);  // 31 x 3 tiles
    const ModelPackage known = knowingTissue(madeModel(path("some")), 1);
    const Result<Prediction> whole = predictSlide(slide, known, {.threads = 1}, {}, {});
    QVERIFY2(whole, whole ? "" : whole.error().sentence.c_str());
    const Result<ModelFits> compared =
        compareModels(slide, maskOf(slide), {path("some")}, 1, {}, [](const Progress&) {});
    QVERIFY(compared && compared->fits.size() == 1);
    const std::vector<float>& sample = compared->fits[0].domain.distance;
    QCOMPARE(sample.size(), whole->domain->distance.size());
    for (size_t tile = 0; tile < sample.size(); ++tile)
      QVERIFY(std::abs(sample[tile] - whole->domain->distance[tile]) <= 1e-4F * sample[tile]);
  }

  void theSampleIsReadOnceByAsManyThreadsAsWereAskedFor() {
    const auto source = std::make_shared<PaintedSource>(kSize, tissue);
    const OpenedSlide slide = openPainted(kSize, 1.0, source);
    const TissueMask mask = maskOf(slide);
    std::mutex mutex;
    std::set<std::thread::id> readers;
    source->reads = 0;
    source->onRead = [&] {
      const std::scoped_lock lock(mutex);
      readers.insert(std::this_thread::get_id());
    };
    QVERIFY(compareModels(slide, mask, {path("any")}, 1, {}, [](const Progress&) {}));
    QVERIFY2(source->reads <= 20, qPrintable(QString::number(source->reads)));  // 5 x 4 tiles of the file
    QCOMPARE(readers.size(), size_t(1));
  }

  void glassAndUnknownPixelSizesAreRefusedByName() {
    const OpenedSlide empty = openPainted(kSize, 1.0, glass);
    const Result<ModelFits> glassy =
        compareModels(empty, maskOf(empty), {path("any")}, 1, {}, [](const Progress&) {});
    QVERIFY(glassy && glassy->fits.empty() && !glassy->suited());
    QCOMPARE(glassy->refusals.at(0).sentence,
             std::string("Cannot compare 'painted.tif' with '" + openModelPackage(path("any"))->name +
                         "': no tissue was found that fills a tile."));
    const OpenedSlide unknown = openPainted(kSize, {}, tissue);
    const Result<ModelFits> refused =
        compareModels(unknown, {}, {path("any")}, 1, {}, [](const Progress&) {});
    QCOMPARE(refused.error().sentence, unknownMpp(*unknown.slide).sentence);
  }

  void aStopEndsIt() {
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(compare({path("any")}, stop.get_token()).error().sentence,
             std::string("Comparing 'painted.tif' with models was cancelled."));
  }

  void theShippedModelsAreInstalledOnes() {
    std::vector<std::string> names;
    for (const std::filesystem::path& folder : installedModels()) names.push_back(folder.filename().string());
    QCOMPARE(names, (std::vector<std::string>{"breast-her2st", "demonstration"}));
  }
};

}  // namespace geneglass::model_fit_test

GENEGLASS_TEST(geneglass::model_fit_test::ModelFitTest)
#include "model_fit_test.moc"
