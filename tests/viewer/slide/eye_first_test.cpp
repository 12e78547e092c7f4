// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/eye_first.h"

#include <QtTest>
#include <atomic>
#include <semaphore>
#include <thread>

#include "tests/support/test_program.h"
#include "tests/support/thread_state.h"
#include "tests/viewer/slide/fake_source.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass::eye_first_test {

using namespace geneglass::testing;
using namespace std::chrono_literals;

/// Somebody in the background who gives way once and says when they went on.
struct Background {
  Background(EyeFirst& eyeFirst, std::chrono::milliseconds longest)
      : thread([this, &eyeFirst, longest](const std::stop_token& stop) {
          number = ownThread();
          eyeFirst.giveWay(stop, longest);
          wentOn = true;
        }) {}

  bool waits() const { return number != 0 && isAsleep(number); }

  std::atomic<pid_t> number = 0;
  std::atomic<bool> wentOn = false;
  std::jthread thread;
};

class EyeFirstTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void nobodyWaitsForAnEyeThatWaitsForNothing() {
    EyeFirst eyeFirst;
    eyeFirst.startWaiting();
    eyeFirst.stopWaiting();
    Background background(eyeFirst, 24h);
    QTRY_VERIFY(background.wentOn);
  }

  void theBackgroundWaitsUntilTheLastViewerHasItsTiles() {
    EyeFirst eyeFirst;
    eyeFirst.startWaiting();
    eyeFirst.startWaiting();
    Background background(eyeFirst, 24h);
    eyeFirst.stopWaiting();
    QTRY_VERIFY(background.waits());
    QVERIFY(!background.wentOn);
    eyeFirst.stopWaiting();
    QTRY_VERIFY(background.wentOn);
  }

  void anEyeThatNeverRestsHoldsTheBackgroundUpForAMomentOnly() {
    EyeFirst eyeFirst;
    eyeFirst.startWaiting();
    Background background(eyeFirst, 5ms);
    QTRY_VERIFY(background.wentOn);
  }

  void aStopEndsTheWait() {
    EyeFirst eyeFirst;
    eyeFirst.startWaiting();
    Background background(eyeFirst, 24h);
    background.thread.request_stop();
    QTRY_VERIFY(background.wentOn);
  }

  void theEyeWaitsFromAWantUntilItsLastTileWasRead() {
    const auto source = std::make_shared<FakeSource>(fakeSlide());
    std::counting_semaphore<2> gate{0};
    source->onRead = [&](TileKey) { gate.acquire(); };
    const auto eyeFirst = std::make_shared<EyeFirst>();
    TileLoader loader(source, std::make_shared<TileCache>(1u << 20), 2, {}, eyeFirst);
    loader.want({{0, 0, 0}, {0, 1, 0}});
    Background background(*eyeFirst, 24h);
    gate.release();
    QTRY_COMPARE(loader.pending(), 1);
    QTRY_VERIFY(background.waits());
    QVERIFY(!background.wentOn);
    gate.release();
    QTRY_VERIFY(background.wentOn);
  }

  void wishesThatWereTakenBackHoldNobodyUp() {
    const auto source = std::make_shared<FakeSource>(fakeSlide());
    std::binary_semaphore entered{0};
    std::binary_semaphore gate{0};
    source->onRead = [&](TileKey) {
      entered.release();
      gate.acquire();
    };
    const auto eyeFirst = std::make_shared<EyeFirst>();
    TileLoader loader(source, std::make_shared<TileCache>(1u << 20), 1, {}, eyeFirst);
    loader.want({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}});
    entered.acquire();
    loader.want({});
    Background background(*eyeFirst, 24h);
    gate.release();
    QTRY_VERIFY(background.wentOn);
    QCOMPARE(source->reads.load(), 1);
  }

  void aLoaderThatEndsWithWishesLeftHoldsNobodyUp() {
    const auto source = std::make_shared<FakeSource>(fakeSlide());
    std::binary_semaphore entered{0};
    std::binary_semaphore gate{0};
    source->onRead = [&](TileKey) {
      entered.release();
      gate.acquire();
    };
    const auto eyeFirst = std::make_shared<EyeFirst>();
    auto loader =
        std::make_unique<TileLoader>(source, std::make_shared<TileCache>(1u << 20), 1, nullptr, eyeFirst);
    loader->want({{0, 0, 0}, {0, 1, 0}, {0, 2, 0}});
    entered.acquire();
    Background background(*eyeFirst, 24h);
    QVERIFY(!background.wentOn);
    std::jthread late([&gate, test = ownThread()] {
      waitUntilAsleep(test);  // in the loader's destructor
      gate.release();
    });
    loader.reset();
    QTRY_VERIFY(background.wentOn);
    QCOMPARE(source->reads.load(), 1);
  }
};

}  // namespace geneglass::eye_first_test

GENEGLASS_TEST(geneglass::eye_first_test::EyeFirstTest)
#include "eye_first_test.moc"
