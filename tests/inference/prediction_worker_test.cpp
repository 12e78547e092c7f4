// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <chrono>
#include <future>
#include <random>

#include "inference/prediction_worker.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"

using namespace geneglass;
using namespace geneglass::testing;
using Outcome = Result<std::shared_ptr<const Prediction>>;
using namespace std::chrono_literals;

namespace {

constexpr Size kSize{900, 700};

OpenedSlide slowSlide(std::chrono::milliseconds delay) {
  auto source = std::make_shared<PaintedSource>(kSize, tissue);
  source->delay = delay;
  return openPainted(kSize, 0.5, source);
}

}  // namespace

class PredictionWorkerTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::shared_ptr<const LoadedModel> m_model;

 private Q_SLOTS:
  void initTestCase() {
    m_model = std::make_shared<const LoadedModel>(madeModel(m_folder.path().toStdString() + "/model"));
  }

  void aPredictionArrivesOnce() {
    std::promise<Outcome> promise;
    std::atomic<int> progressed{0}, finished{0};
    PredictionWorker worker;
    worker.start(
        slowSlide(0ms), m_model, {}, [&](const Progress&) { ++progressed; },
        [&](Outcome outcome) {
          ++finished;
          promise.set_value(std::move(outcome));
        });
    const Outcome outcome = promise.get_future().get();
    QVERIFY(outcome.has_value());
    QVERIFY((*outcome)->grid.count() > 100);
    QVERIFY(progressed > 0);
    QCOMPARE(finished.load(), 1);
    QVERIFY(!worker.isRunning());
  }

  void anErrorArrivesAsASentence() {
    std::promise<Outcome> promise;
    PredictionWorker worker;
    worker.start(openPainted(kSize, 0.5, glass), m_model, {}, {},
                 [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
    const Outcome outcome = promise.get_future().get();
    QVERIFY(!outcome);
    QVERIFY(outcome.error().sentence.ends_with("no tissue was found that fills a tile."));
  }

  void cancelReturnsAtOnceAndNothingIsCalledAfterwards() {
    std::atomic<bool> cancelled{false};
    std::atomic<int> late{0};
    PredictionWorker worker;
    const auto note = [&](auto&&) { late += cancelled; };
    worker.start(slowSlide(30ms), m_model, {}, note, note);
    QVERIFY(worker.isRunning());
    QTest::qWait(50);
    const auto asked = std::chrono::steady_clock::now();
    worker.cancel();
    const auto taken = std::chrono::steady_clock::now() - asked;
    cancelled = true;
    qInfo("cancel() returned in %.2f ms", std::chrono::duration<double, std::milli>(taken).count());
    QVERIFY(taken < 2s);
    QVERIFY(!worker.isRunning());
    QTest::qWait(300);
    QCOMPARE(late.load(), 0);
  }

  void aNewStartDropsTheOldJob() {
    std::promise<Outcome> promise;
    std::atomic<int> old{0};
    PredictionWorker worker;
    worker.start(slowSlide(30ms), m_model, {}, {}, [&](Outcome) { ++old; });
    worker.start(openPainted({1200, 700}, 0.5, tissue), m_model, {}, {},
                 [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
    const Outcome outcome = promise.get_future().get();
    QVERIFY(outcome.has_value());
    QCOMPARE((*outcome)->slideSize.width, int64_t(1200));
    QCOMPARE(old.load(), 0);
  }

  void aCallbackMayCancelAndStartAnew() {
    std::promise<Outcome> promise;
    std::atomic<bool> again{false};
    PredictionWorker worker;
    worker.start(
        slowSlide(1ms), m_model, {},
        [&](const Progress&) {
          if (again.exchange(true)) return;
          worker.start(slowSlide(0ms), m_model, {}, {}, [&](Outcome o) { promise.set_value(std::move(o)); });
        },
        [](Outcome) { qFatal("the first job was dropped"); });
    QVERIFY(promise.get_future().get().has_value());
  }

  void aStormOfStartsAndCancelsNeverCallsADroppedJob() {
    std::mt19937 random(20260101);
    std::atomic<int> current{0}, wrong{0};
    {
      PredictionWorker worker;
      for (int i = 1; i <= 60; ++i) {
        current = 0;  // between two starts either job may be the last to call
        worker.start(
            slowSlide(std::chrono::milliseconds(random() % 3)), m_model, {.threads = 2},
            [&, i](const Progress&) { wrong += current != 0 && current != i; },
            [&, i](Outcome) { wrong += current != 0 && current != i; });
        current = i;
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 12));
        if (random() % 3 != 0) continue;
        worker.cancel();
        current = -1;
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 5));
      }
    }
    QCOMPARE(wrong.load(), 0);
  }

  void theDestructorEndsARunningJob() {
    std::atomic<int> finished{0};
    const auto begin = std::chrono::steady_clock::now();
    {
      PredictionWorker worker;
      worker.start(slowSlide(50ms), m_model, {}, {}, [&](Outcome) { ++finished; });
      QTest::qWait(60);
    }
    QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
    QCOMPARE(finished.load(), 0);
  }
};

QTEST_GUILESS_MAIN(PredictionWorkerTest)
#include "prediction_worker_test.moc"
