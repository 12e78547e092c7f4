// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>
#include <vector>

#include "inference/predict_slide.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::provisional_prediction_test {

using namespace geneglass::testing;

namespace {

constexpr Size kSize{3840, 3200};  // 60 x 50 tiles of 64 px at 0.5 um
constexpr size_t kTiles = 3000;
constexpr int kGenes = 200, kEmbedding = 128, kAttention = 128;

/// So many tiles are more than all genes are read on again for a provisional prediction.
constexpr size_t kManyTiles = 2000;

std::vector<double> valuesOf(const Prediction& prediction) {
  std::vector<double> values;
  for (const GenePrediction& gene : prediction.genes) values.push_back(gene.value);
  return values;
}

}  // namespace

class ProvisionalPredictionTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;

  /// Genes that take long to read together.
  ModelPackage heavyModel() const {
    const std::filesystem::path folder = m_folder.path().toStdString() + "/model";
    ModelPackage package = madeModel(folder, kGenes);
    const auto written =
        writeTensors(folder / "head.h5", madeHead(package.encoder.width, kEmbedding, kAttention, kGenes, 5));
    if (!written) qFatal("%s", written.error().sentence.c_str());
    return package;
  }

 private Q_SLOTS:
  void genesThatTakeLongToReadKeepTheirValuesWhileTheMapsSharpen() {
    std::vector<std::shared_ptr<const Prediction>> told;
    bool isTold = false;
    const auto slowUntilTold = [&](const Progress& progress) {
      if (progress.stage == "encoding tiles" && size_t(progress.done) > kManyTiles && !isTold)
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    };
    const auto whole = predictSlide(openPainted(kSize, 0.5, tissue), heavyModel(), {.threads = 1}, {},
                                    slowUntilTold, [&](std::shared_ptr<const Prediction> known) {
                                      isTold = known->grid.count() >= kManyTiles;
                                      told.push_back(std::move(known));
                                    });
    QVERIFY2(whole.has_value(), whole ? "" : whole.error().sentence.c_str());
    QCOMPARE(whole->grid.count(), kTiles);
    QVERIFY(isTold);
    const Prediction& last = *told.back();
    if (told.size() > 1 && !std::isnan(told.front()->genes[0].value))
      QCOMPARE(valuesOf(last), valuesOf(*told[told.size() - 2]));
    else
      for (const double value : valuesOf(last)) QVERIFY(std::isnan(value));
    for (const size_t gene : {0, kGenes - 1})
      QCOMPARE((*last.maps.of(gene))->expression.size(), last.grid.count());
    for (const double value : valuesOf(*whole)) QVERIFY(std::isfinite(value));
  }

  void tilesThatAreComputedWhileAMapIsMadeWaitForTheNext() {
    std::vector<std::shared_ptr<const Prediction>> told;
    const auto whole = predictSlide(
        openPainted(kSize, 0.5, tissue), heavyModel(), {.threads = 2}, {},
        [](const Progress&) { std::this_thread::sleep_for(std::chrono::milliseconds(1)); },
        [&](std::shared_ptr<const Prediction> known) { told.push_back(std::move(known)); });
    QVERIFY2(whole.has_value(), whole ? "" : whole.error().sentence.c_str());
    QVERIFY(!told.empty());
    for (const auto& known : told) QCOMPARE(known->grid.count() + known->waiting.size(), kTiles);
  }
};

}  // namespace geneglass::provisional_prediction_test

GENEGLASS_TEST(geneglass::provisional_prediction_test::ProvisionalPredictionTest)
#include "provisional_prediction_test.moc"
