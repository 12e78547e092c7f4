// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <random>
#include <thread>

#include "inference/features/pump.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::features_storm_test {

using namespace geneglass::testing;

namespace {

constexpr unsigned kSeed = 20261128;

FeatureBag frameOf(int columns, int rows) {
  FeatureBag frame;
  frame.grid = {64, 64, columns, rows, {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) frame.grid.cells.push_back({column, row});
  frame.slideHash = "slide";
  frame.encoderHash = "encoder";
  frame.mpp = 0.5;
  return frame;
}

/// Where each cell of a bag of one row stands, so that a torn or swapped row is seen.
std::array<float, 3> rowOf(size_t cell) {
  return {float(cell), float(cell) * 3, -float(cell)};
}

/// Every row there is of the cell it stands for.
bool isWhole(const FeatureBag& bag) {
  if (bag.grid.count() != bag.features.rows) return false;
  for (size_t row = 0; row < bag.features.rows; ++row)
    if (!std::ranges::equal(bag.features.row(row), rowOf(size_t(bag.grid.cells[row].column)))) return false;
  return true;
}

/// Writes all cells from several threads in an order drawn by the seed while others read; false where a
/// reader saw anything but whole rows, or fewer than before.
bool survivesAStorm(GrowingBag& bag, size_t cells, unsigned seed) {
  std::vector<size_t> order(cells);
  std::iota(order.begin(), order.end(), size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  std::atomic<size_t> next = 0;
  std::atomic<bool> right = true;
  const auto write = [&] {
    for (size_t i = next++; i < cells; i = next++) {
      const size_t cell = order[i];
      const auto state = TileState(1 + cell % 3);
      bag.set(cell, state,
              state == TileState::Usable ? std::span<const float>(rowOf(cell)) : std::span<const float>());
    }
  };
  const auto read = [&](const std::stop_token& stop) {
    size_t before = 0;
    while (!stop.stop_requested()) {
      const FeatureBag seen = bag.usable();
      const size_t waiting = bag.count(TileState::Waiting);
      if (!isWhole(seen) || seen.features.rows < before || waiting > cells - seen.features.rows)
        right = false;
      before = seen.features.rows;
    }
  };
  std::jthread one(read), other(read);
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) writers.emplace_back(write);
  }
  return right;
}

/// An eye that comes and goes until it is stopped.
void restlessEye(const std::stop_token& stop, EyeFirst& eyeFirst, WatchedArea& watched, unsigned seed) {
  std::mt19937 random(seed);
  while (!stop.stop_requested()) {
    eyeFirst.startWaiting();
    watched.look({double(random() % 1200), double(random() % 1000), 300, 200});
    std::this_thread::yield();
    eyeFirst.stopWaiting();
    std::this_thread::yield();
  }
}

}  // namespace

/// Bags and the pump under many threads at once, in an order drawn by a seed. Run it under the thread and
/// address sanitizers.
class FeaturesStormTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  ModelPackage m_package;

  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }

 private Q_SLOTS:
  void initTestCase() { m_package = madeModel(path("model")); }

  void whoeverReadsAGrowingBagSeesWholeRows() {
    constexpr int kCells = 600;
    GrowingBag bag(frameOf(kCells, 1), 3);
    QVERIFY(survivesAStorm(bag, kCells, kSeed));
    QCOMPARE(bag.usable().features.rows, size_t(kCells / 3));
  }

  void aBagInAFileIsWholeAfterTheStormAndReadBack() {
    constexpr int kCells = 300;
    {
      const auto bag = GrowingBag::open(path("storm.h5"), frameOf(kCells, 1), 3);
      QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
      QVERIFY(survivesAStorm(**bag, kCells, kSeed));
      QVERIFY((*bag)->isKept());
    }
    const auto again = GrowingBag::open(path("storm.h5"), frameOf(kCells, 1), 3);
    QVERIFY(isWhole((*again)->usable()));
    QCOMPARE((*again)->usable().features.rows, size_t(kCells / 3));
    QCOMPARE((*again)->count(TileState::Waiting), size_t(kCells / 3));  // the damaged ones
  }

  void aPumpThatIsStoppedAgainAndAgainEndsWithTheSameBits() {
    constexpr Size kSize{1600, 1280};  // 25 x 20 tiles
    const auto source = std::make_shared<PaintedSource>(kSize, tissue);
    source->damaged = {{0, 2, 2}, {0, 7, 5}};
    const OpenedSlide slide = openPainted(kSize, 0.5, source);
    Result<Encoder> encoder = loadEncoder(m_package);
    QVERIFY(encoder.has_value());
    const size_t width = size_t(m_package.encoder.width);
    GrowingBag undisturbed(frameOf(25, 20), width), storm(frameOf(25, 20), width);
    QVERIFY(pump(slide, *encoder, undisturbed, {.threads = 1, .eyeFirst = {}, .watched = {}}, {}, [] {}));

    std::mt19937 random(kSeed);
    const auto eyeFirst = std::make_shared<EyeFirst>();
    const auto watched = std::make_shared<WatchedArea>();
    const std::jthread eye(
        [&](const std::stop_token& stop) { restlessEye(stop, *eyeFirst, *watched, kSeed); });
    int calls = 0;
    for (; storm.count(TileState::Waiting) > 0; ++calls) {
      std::stop_source stop;
      std::atomic<int> left = 1 + int(random() % 60);
      const PumpSettings settings{
          .threads = 1 + int(random() % 5), .tissueBrightness = 0, .eyeFirst = eyeFirst, .watched = watched};
      QVERIFY(pump(slide, *encoder, storm, settings, stop.get_token(), [&] {
        if (--left == 0) stop.request_stop();
      }));
    }
    QVERIFY(calls > 3);
    QCOMPARE(storm.count(TileState::Damaged), size_t(8));  // two tiles of 128 px are four of the model's each
    QVERIFY(storm.usable().grid.cells == undisturbed.usable().grid.cells);
    QVERIFY(storm.usable().features.values == undisturbed.usable().features.values);  // bit for bit
  }
};

}  // namespace geneglass::features_storm_test

GENEGLASS_TEST(geneglass::features_storm_test::FeaturesStormTest)
#include "features_storm_test.moc"
