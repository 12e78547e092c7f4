// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <chrono>
#include <future>
#include <random>

#include "inference/prediction_worker.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "tests/support/thread_state.h"

namespace geneglass::prediction_worker_test {

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

/// A slide whose reads hang until it is released.
struct HeldSlide {
  HeldSlide() {
    source->onRead = [this] {
      isRead.test_and_set();
      isRead.notify_all();
      released.wait(false);
    };
  }
  ~HeldSlide() { release(); }
  void waitUntilRead() { isRead.wait(false); }
  void release() {
    released.test_and_set();
    released.notify_all();
  }

  std::atomic_flag isRead, released;
  std::shared_ptr<PaintedSource> source = std::make_shared<PaintedSource>(kSize, tissue);
  OpenedSlide opened = openPainted(kSize, 0.5, source);
};

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

  void cancelWaitsForNoReadAndNothingIsCalledAfterwards() {
    HeldSlide held;
    std::atomic<bool> cancelled{false};
    std::atomic<int> late{0};
    {
      PredictionWorker worker;
      const auto note = [&](auto&&) { late += cancelled; };
      worker.start(held.opened, m_model, {}, note, note);
      QVERIFY(worker.isRunning());
      held.waitUntilRead();
      worker.cancel();  // while reads hang
      cancelled = true;
      QVERIFY(!worker.isRunning());
      held.release();
    }
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
        const auto source = std::make_shared<PaintedSource>(kSize, tissue);
        worker.start(
            openPainted(kSize, 0.5, source), m_model, {.threads = 2},
            [&, i](const Progress&) { wrong += current != 0 && current != i; },
            [&, i](Outcome) { wrong += current != 0 && current != i; });
        current = i;
        const int enough = int(random() % 80);  // of the 96 reads that it takes
        while (worker.isRunning() && source->reads < enough) std::this_thread::yield();
        if (random() % 3 != 0) continue;
        worker.cancel();
        current = -1;
      }
    }
    QCOMPARE(wrong.load(), 0);
  }

  void theDestructorEndsARunningJob() {
    HeldSlide held;
    std::atomic<int> finished{0};
    std::jthread late;
    {
      PredictionWorker worker;
      worker.start(held.opened, m_model, {}, {}, [&](Outcome) { ++finished; });
      held.waitUntilRead();
      late = std::jthread([&, test = ownThread()] {
        waitUntilAsleep(test);  // in the destructor
        held.release();
      });
    }
    QCOMPARE(finished.load(), 0);
  }
};

}  // namespace geneglass::prediction_worker_test

GENEGLASS_TEST(geneglass::prediction_worker_test::PredictionWorkerTest)
#include "prediction_worker_test.moc"
