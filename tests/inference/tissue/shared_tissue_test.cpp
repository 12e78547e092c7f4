// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/shared_tissue.h"

#include <QTest>
#include <future>

#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::shared_tissue_test {

using namespace geneglass::testing;
using namespace std::chrono_literals;

namespace {

constexpr Size kSize{3000, 2000};

/// Reads only after it has been let; counts who has come that far.
class HeldSource final : public TileSource {
 public:
  HeldSource() : m_painted(kSize, tissue) {}
  Result<TilePtr> read(TileKey key) const override {
    ++begun;
    m_let.wait();
    return m_painted.read(key);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }
  void let() { m_let.set(); }
  mutable std::atomic<int> begun{0};

 private:
  struct Gate {
    void set() {
      std::lock_guard lock(mutex);
      open = true;
      changed.notify_all();
    }
    void wait() {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return open; });
    }
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
  };
  PaintedSource m_painted;
  mutable Gate m_let;
};

OpenedSlide openHeld(std::shared_ptr<HeldSource> source) {
  OpenedSlide opened = openPainted(kSize, 0.5, tissue);
  opened.source = std::move(source);
  return opened;
}

}  // namespace

class SharedTissueTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itIsFoundOnceForAllWhoAskAndAsOneWouldFindIt() {
    auto source = std::make_shared<PaintedSource>(kSize, tissue);
    const OpenedSlide opened = openPainted(kSize, 0.5, source);
    const auto alone = findTissue(opened);
    QVERIFY(alone);
    const int readsOfOne = source->reads.exchange(0);
    std::atomic<int> told{0};
    SharedTissue shared(opened, 2, nullptr,
                        [&](const SharedTissue::Mask& mask) { told += mask.has_value(); });
    auto other = std::async(std::launch::async, [&] { return shared.wait({}); });
    const auto mask = shared.wait({});
    QVERIFY(mask);
    QCOMPARE(other.get()->get(), mask->get());
    QCOMPARE((*mask)->cells, alone->cells);
    QCOMPARE(source->reads.load(), readsOfOne);
    QCOMPARE(told.load(), 1);
  }

  void whatCannotBeFoundSaysWhyToEachOfThem() {
    SharedTissue shared(openPainted(kSize, {}, tissue), 1, nullptr);
    const auto first = shared.wait({});
    QVERIFY(!first);
    QVERIFY2(first.error().sentence.find("painted.tif") != std::string::npos, first.error().sentence.c_str());
    QCOMPARE(shared.wait({}).error().sentence, first.error().sentence);
  }

  void whoStopsWaitingIsToldSoAndTheSearchGoesOn() {
    auto source = std::make_shared<HeldSource>();
    SharedTissue shared(openHeld(source), 1, nullptr);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(shared.wait(stop.get_token()).error().sentence,
             std::string("Looking for tissue in 'painted.tif' was cancelled."));
    source->let();
    QVERIFY(shared.wait({}));
  }

  void stoppedItTellsNobodyAndEndsTheWaiting() {
    auto source = std::make_shared<HeldSource>();
    std::atomic<int> told{0};
    SharedTissue shared(openHeld(source), 1, nullptr, [&](const SharedTissue::Mask&) { ++told; });
    QTRY_VERIFY(source->begun > 0);
    auto waiting = std::async(std::launch::async, [&] { return shared.wait({}); });
    shared.stop();
    source->let();
    QCOMPARE(waiting.get().error().sentence,
             std::string("Looking for tissue in 'painted.tif' was cancelled."));
    QCOMPARE(told.load(), 0);
    QVERIFY2(source->begun < 24 * 16, "it read the slide to its end");
  }

  void itGivesWayToTheEyeBeforeEachBlock() {
    const auto eye = std::make_shared<EyeFirst>();
    eye->startWaiting();
    const auto begin = std::chrono::steady_clock::now();
    SharedTissue shared(openPainted(kSize, 0.5, tissue), 1, eye);
    QVERIFY(shared.wait({}));
    // 188 x 125 pixels of 8 um are two blocks; each gives way to a restless eye for 100 ms and not longer.
    QVERIFY(std::chrono::steady_clock::now() - begin >= 200ms);
  }
};

}  // namespace geneglass::shared_tissue_test

GENEGLASS_TEST(geneglass::shared_tissue_test::SharedTissueTest)
#include "shared_tissue_test.moc"
