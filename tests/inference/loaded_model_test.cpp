// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/loaded_model.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "inference/predict_slide.h"
#include "inference/prediction_worker.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::loaded_model_test {

using namespace geneglass::testing;

namespace {

OpenedSlide slideOf(int64_t width) {
  return openPainted({width, 700}, 0.5, tissue);
}

}  // namespace

/// That nothing is loaded twice is shown by taking the files away.
class LoadedModelTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void manySlidesLoadOneEncoderAndOneSetOfHeads() {
    const ModelPackage package = madeModel(path("once"));
    const LoadedModel model(package);
    const Result<Prediction> first = predictSlide(slideOf(900), model, {}, {}, {});
    QVERIFY2(first.has_value(), first ? "" : first.error().sentence.c_str());
    std::filesystem::remove_all(package.folder);
    for (const int64_t width : {800, 700, 900}) {
      const Result<Prediction> next = predictSlide(slideOf(width), model, {}, {}, {});
      QVERIFY2(next.has_value(), next ? "" : next.error().sentence.c_str());
      if (width != 900) continue;
      for (size_t gene = 0; gene < first->genes.size(); ++gene)
        QCOMPARE(next->genes[gene].value, first->genes[gene].value);
    }
    QVERIFY(!predictSlide(slideOf(900), package, {}, {}, {}));
  }

  void aStopWhileTheEncoderLoadsEndsItAndTheNextOneLoadsIt() {
    const ModelPackage package = madeModel(path("stopped"));
    const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
    std::stop_source stop;
    stop.request_stop();
    const auto lent = encoder.lend(Precision::Float32, stop.get_token());
    QVERIFY(!lent);
    QVERIFY2(lent.error().sentence.ends_with("encoder.h5' was stopped."), lent.error().sentence.c_str());
    const auto again = encoder.lend(Precision::Float32);
    QVERIFY2(again, again ? "" : again.error().sentence.c_str());
  }

  void theWorkersJobsShareOneModel() {
    const ModelPackage package = madeModel(path("shared"));
    const auto model = std::make_shared<const LoadedModel>(package);
    PredictionWorker worker;
    for (const int64_t width : {900, 800}) {
      std::promise<Result<std::shared_ptr<const Prediction>>> promise;
      worker.start(slideOf(width), model, {}, {},
                   [&](auto outcome) { promise.set_value(std::move(outcome)); });
      const auto outcome = promise.get_future().get();
      QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().sentence.c_str());
      std::filesystem::remove_all(package.folder);
    }
  }

  void twoThreadsPredictWithOneModel() {
    const LoadedModel model(madeModel(path("threads")));
    const Result<Prediction> alone = predictSlide(slideOf(900), model, {}, {}, {});
    std::vector<std::future<Result<Prediction>>> both;
    for (int i = 0; i < 2; ++i)
      both.push_back(std::async(std::launch::async,
                                [&] { return predictSlide(slideOf(900), model, {.threads = 2}, {}, {}); }));
    for (auto& one : both) {
      const Result<Prediction> outcome = one.get();
      QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().sentence.c_str());
      for (size_t gene = 0; gene < alone->genes.size(); ++gene)
        QCOMPARE(outcome->genes[gene].value, alone->genes[gene].value);
    }
  }

  void whoWaitsForTheEncoderCanBeStopped() {
    const ModelPackage package = madeModel(path("waits"));
    const LoadedModel model(package);
    const Result<LoadedEncoder::Lent> lent = model.encoder().lend(Precision::Float32);
    QVERIFY(lent.has_value());
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
      return model.encoder().lend(Precision::Float32, stop.get_token()).map([](auto&&) { return 0; });
    });
    stop.request_stop();
    const Result<int> outcome = waiting.get();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().sentence,
             "Waiting for the encoder of '" + package.folder.string() + "' was cancelled.");
  }

  void theEncoderGoesToOneAfterTheOther() {
    const LoadedModel model(madeModel(path("turns")));
    std::atomic<int> borrowers = 0, most = 0;
    const auto borrow = [&] {
      for (int turn = 0; turn < 200; ++turn) {
        const Result<LoadedEncoder::Lent> lent = model.encoder().lend(Precision::Float32);
        if (!lent) return false;
        most = std::max(most.load(), ++borrowers);
        --borrowers;
      }
      return true;
    };
    auto one = std::async(std::launch::async, borrow), other = std::async(std::launch::async, borrow);
    QVERIFY(one.get() && other.get());
    QCOMPARE(most.load(), 1);
  }

  void whatCannotBeLoadedIsTriedAgain() {
    const ModelPackage package = madeModel(path("again"));
    const LoadedModel model(package);
    const std::filesystem::path weights = package.folder / package.encoder.weights,
                                head = package.folder / "head.h5";
    for (const std::filesystem::path& file : {weights, head}) {
      std::filesystem::rename(file, path("away"));
      const Result<Prediction> refused = predictSlide(slideOf(900), model, {}, {}, {});
      QVERIFY(file == weights ? !refused : refused.has_value());
      std::filesystem::rename(path("away"), file);
      QVERIFY(predictSlide(slideOf(900), model, {}, {}, {}).has_value());
    }
  }
};

}  // namespace geneglass::loaded_model_test

GENEGLASS_TEST(geneglass::loaded_model_test::LoadedModelTest)
#include "loaded_model_test.moc"
