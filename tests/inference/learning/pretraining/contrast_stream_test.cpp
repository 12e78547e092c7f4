// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "inference/learning/pretraining/contrast_views.h"
#include "inference/learning/pretraining/spare_processors.h"
#include "inference/learning/pretraining/tile_stream.h"
#include "inference/learning/statistics/nearest_neighbours.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/support/test_program.h"
#include "tests/support/thread_state.h"

namespace geneglass::contrast_stream_test {
namespace {

constexpr int kSide = 16;
constexpr size_t kPictures = 40;
const auto kQuiet = [](const Progress&) {};

TilePool pooled(const std::filesystem::path& source, int side = kSide) {
  const std::vector<std::filesystem::path> sources{source};
  Result<TilePool> pool = TilePool::open(sources, {side, 1.0, 0.7}, {}, 2, {}, kQuiet);
  if (!pool) qFatal("%s", pool.error().sentence.c_str());
  return std::move(*pool);
}

std::string refusal(const std::filesystem::path& source) {
  const std::vector<std::filesystem::path> sources{source};
  const Result<TilePool> pool = TilePool::open(sources, {kSide, 1.0, 0.7}, {}, 2, {}, kQuiet);
  return pool ? "" : pool.error().sentence;
}

std::vector<uint32_t> allOf(const TilePool& pool) {
  std::vector<uint32_t> all;
  for (uint32_t tile = 0; tile < pool.count(); ++tile) all.push_back(tile);
  return all;
}

std::vector<size_t> orderOf(TileStream& stream) {
  std::vector<size_t> order;
  while (const std::optional<StreamedTile> tile = stream.next()) order.push_back(tile->tile);
  return order;
}

constexpr size_t kTileBytes = size_t(kSide) * kSide * 3;
const StreamOptions kSmall{.seed = 3, .threads = 2, .bytes = 9 * kTileBytes};

/// Changes nothing but which way round.
ViewRecipe plainRecipe() {
  ViewRecipe recipe;
  recipe.side = kSide;
  recipe.leastArea = recipe.mostArea = 1;
  recipe.jitter = recipe.grey = recipe.blur = 0;
  return recipe;
}

std::vector<uint8_t> rampTile() {
  std::vector<uint8_t> rgb;
  for (size_t i = 0; i < kTileBytes; ++i) rgb.push_back(uint8_t(i * 7 % 251));
  return rgb;
}

std::vector<float> viewOf(const ViewRecipe& recipe, uint64_t seed) {
  const std::vector<float> mean{0, 0, 0}, deviation{1, 1, 1};
  std::vector<float> planes(size_t(recipe.side) * size_t(recipe.side) * 3);
  drawView(recipe, seed, rampTile(), kSide, mean, deviation, planes);
  return planes;
}

}  // namespace

class ContrastStreamTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void initTestCase() {
    std::filesystem::create_directories(path("pictures"));
    for (size_t i = 0; i < kPictures; ++i) {
      QImage picture(kSide, kSide, QImage::Format_RGB32);
      picture.fill(QColor(int(i), 100, 200));
      const char* kind = i % 2 == 0 ? "TUM-%02d.png" : "STR_%02d.jpg";
      picture.save(QString::fromStdString((path("pictures") / QString::asprintf(kind, int(i)).toStdString())),
                   nullptr, 100);
    }
    const SyntheticCohortOptions cohort{.slides = 3, .seed = 6, .size = {1792, 1792}, .threads = 2};
    QVERIFY(writeSyntheticCohort(path("cohort"), cohort));
  }

  void picturesAreTilesWithTheClassOfTheirNames() {
    const TilePool pool = pooled(path("pictures"));
    QCOMPARE(pool.count(), kPictures);
    QCOMPARE(std::set(pool.classes().begin(), pool.classes().end()), (std::set<std::string>{"STR", "TUM"}));
    std::set<int> reds;
    for (size_t tile = 0; tile < pool.count(); ++tile) {
      const std::vector<uint8_t> rgb = pool.read(tile);
      QCOMPARE(rgb.size(), kTileBytes);
      QVERIFY(std::abs(rgb[1] - 100) < 6 && std::abs(rgb[2] - 200) < 6);
      if (pool.classes()[size_t(pool.classOf(tile))] == "TUM") reds.insert(rgb[0]);
    }
    QCOMPARE(reds.size(), kPictures / 2);
  }
  void aPictureOfAnotherSizeIsResampledWhole() {
    const TilePool pool = pooled(path("pictures") / "TUM-06.png", 5);
    QCOMPARE(pool.read(0), ([] {
               std::vector<uint8_t> rgb;
               for (int i = 0; i < 25; ++i) rgb.insert(rgb.end(), {6, 100, 200});
               return rgb;
             }()));
  }
  void slidesWithPlantedTruthHaveClasses() {
    const TilePool pool = pooled(path("cohort"), 112);
    QCOMPARE(pool.sources().size(), size_t(3));
    size_t known = 0;
    for (size_t tile = 0; tile < pool.count(); ++tile) known += pool.classOf(tile) >= 0;
    QVERIFY(known > pool.count() / 4);
    QCOMPARE(pool.read(pool.count() - 1).size(), size_t(112 * 112 * 3));
  }
  void whatCannotBeUsedIsASentence() {
    std::filesystem::create_directories(path("empty"));
    QVERIFY(refusal(path("empty")).ends_with("it holds neither slides nor pictures."));
    QVERIFY(refusal(path("nothing.svs")).find("nothing.svs") != std::string::npos);
  }

  void anEpochGivesEveryTileOnceWhateverTheThreads() {
    const TilePool pool = pooled(path("pictures"));
    std::vector<std::vector<size_t>> orders;
    for (const int threads : {1, 3}) {
      StreamOptions options = kSmall;
      options.threads = threads;
      TileStream stream(pool, allOf(pool), options, {});
      for (const int64_t epoch : {0, 1}) {
        stream.begin(epoch);
        orders.push_back(orderOf(stream));
        QCOMPARE(std::set(orders.back().begin(), orders.back().end()).size(), kPictures);
        QCOMPARE(orders.back().size(), kPictures);
      }
    }
    QCOMPARE(orders[0], orders[2]);
    QCOMPARE(orders[1], orders[3]);
    QVERIFY(orders[0] != orders[1]);
    QVERIFY(!std::is_sorted(orders[0].begin(), orders[0].end()));
  }
  void theBytesItWasGivenAreNeverExceeded() {
    const TilePool pool = pooled(path("cohort"), 112);
    const size_t tile = 112 * 112 * 3;
    TileStream stream(pool, allOf(pool), {.seed = 1, .threads = 3, .bytes = 20 * tile}, {});
    QVERIFY(pool.count() > 60);
    stream.begin(0);
    QCOMPARE(orderOf(stream).size(), pool.count());
    QVERIFY(stream.bound() <= 20 * tile);
    QVERIFY(stream.mostBytes() <= stream.bound());
    QVERIFY(stream.mostBytes() >= stream.reservoir() * tile);
  }
  void slidesAreMixed() {
    const TilePool pool = pooled(path("cohort"), 112);
    TileStream stream(pool, allOf(pool), {.seed = 1, .threads = 2}, {});
    stream.begin(0);
    std::set<size_t> early;
    for (int i = 0; i < 20; ++i) early.insert(pool.sourceOf(stream.next()->tile));
    QCOMPARE(early.size(), size_t(3));
  }
  void itGoesOnInTheMiddleOfAnEpochAsIfItHadBeenThere() {
    const TilePool pool = pooled(path("pictures"));
    TileStream one(pool, allOf(pool), kSmall, {}), other(pool, allOf(pool), kSmall, {});
    one.begin(4);
    for (int i = 0; i < 17; ++i) QVERIFY(one.next());
    other.begin(4, one.position());
    const std::vector<size_t> rest = orderOf(one);
    QCOMPARE(rest.size(), kPictures - 17);
    QCOMPARE(orderOf(other), rest);
  }
  void damagedTilesAreLeftOut() {
    std::filesystem::copy(path("pictures"), path("damaged"));
    std::ofstream(path("damaged") / "TUM-06.png") << "no picture";
    std::ofstream(path("damaged") / "STR_07.jpg") << "no picture";
    const TilePool pool = pooled(path("damaged"));
    TileStream stream(pool, allOf(pool), kSmall, {});
    stream.begin(0);
    QCOMPARE(orderOf(stream).size(), kPictures - 2);
    QCOMPARE(stream.position(), int64_t(kPictures));
    QCOMPARE(pool.unread().count, size_t(2));
    const std::string reason = pool.unread().reason;
    QVERIFY2(reason.starts_with("Cannot read '" + path("damaged").string()) && reason.ends_with('.'),
             reason.c_str());
    stream.begin(1);
    QCOMPARE(orderOf(stream).size(), kPictures - 2);
    QCOMPARE(pool.unread().count, size_t(2));
    QCOMPARE(pool.unread().reason, reason);
  }
  void aStoppedStreamEnds() {
    const TilePool pool = pooled(path("pictures"));
    std::stop_source stop;
    TileStream stream(pool, allOf(pool), kSmall, stop.get_token());
    stream.begin(0);
    QVERIFY(stream.next());
    stop.request_stop();
    QVERIFY(!stream.next());
  }

  void whatIsMadeAheadWaitsForAnIdleProcessorAndUrgentWorkDoesNot() {
    SpareProcessors processors(2);
    std::atomic<bool> began = false;
    std::atomic<pid_t> thread = 0;
    std::jthread ahead;
    {
      const auto first = SpareProcessors::urgent(&processors);
      const auto second = SpareProcessors::urgent(&processors, 2);  // more than there are
      ahead = std::jthread([&] {
        thread = testing::ownThread();
        const auto turn = SpareProcessors::spare(&processors);
        began = true;
      });
      QTRY_VERIFY(thread != 0 && testing::isAsleep(thread));
      QVERIFY(!began);
    }
    ahead.join();
    QVERIFY(began);
    const auto other = SpareProcessors::spare(&processors), none = SpareProcessors::spare(nullptr);
  }

  void aViewThatChangesNothingIsTheTileOrItsMirror() {
    const std::vector<uint8_t> rgb = rampTile();
    bool flipped = false, straight = false;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const std::vector<float> view = viewOf(plainRecipe(), seed);
      const auto isTile = [&](bool mirrored) {
        for (size_t y = 0; y < kSide; ++y)
          for (size_t x = 0; x < kSide; ++x)
            for (size_t c = 0; c < 3; ++c) {
              const size_t from = y * kSide + (mirrored ? kSide - 1 - x : x);
              if (std::abs(view[c * kSide * kSide + y * kSide + x] - rgb[from * 3 + c] / 255.0f) > 1e-6f)
                return false;
            }
        return true;
      };
      straight = straight || isTile(false);
      flipped = flipped || isTile(true);
      QVERIFY(isTile(false) || isTile(true));
    }
    QVERIFY(straight && flipped);
  }
  void viewsAreSeededAndDiffer() {
    ViewRecipe recipe;
    recipe.side = 8;
    for (const bool stains : {false, true}) {
      recipe.stains = stains;
      QCOMPARE(viewOf(recipe, 1), viewOf(recipe, 1));
      QVERIFY(viewOf(recipe, 1) != viewOf(recipe, 2));
      for (uint64_t seed = 0; seed < 50; ++seed)
        for (const float value : viewOf(recipe, seed)) QVERIFY(value >= 0 && value <= 1.001f);
    }
  }
  void aGreyViewHasOneColourAndABlurredOneTheSameMean() {
    ViewRecipe recipe = plainRecipe();
    recipe.grey = 1;
    const std::vector<float> grey = viewOf(recipe, 1);
    for (size_t i = 0; i < kSide * kSide; ++i)
      QVERIFY(std::abs(grey[i] - grey[i + kSide * kSide]) < 1e-6f &&
              std::abs(grey[i] - grey[i + 2 * kSide * kSide]) < 1e-6f);
    recipe.blur = 1;
    recipe.leastSigma = recipe.mostSigma = 1;
    const std::vector<float> blurred = viewOf(recipe, 1);
    const auto [least, most] = std::minmax_element(blurred.begin(), blurred.end());
    const auto [leastBefore, mostBefore] = std::minmax_element(grey.begin(), grey.end());
    QVERIFY(*most - *least < 0.7f * (*mostBefore - *leastBefore));
    const double before = std::accumulate(grey.begin(), grey.end(), 0.0);
    QVERIFY(std::abs(std::accumulate(blurred.begin(), blurred.end(), 0.0) / before - 1) < 0.02);
  }

  void neighboursOfOtherGroupsVote() {
    Matrix features(6, 2);
    features.values = {1, 0, 1, 0.1f, 0, 1, 0.1f, 1, 1, 0.05f, 0.05f, 1};
    const std::vector<int> classes{0, 0, 1, 1, 0, 1};
    QCOMPARE(neighbourScore(features, classes, std::vector<int>{0, 1, 2, 3, 4, 5}, 1).accuracy, 1.0);
    // Where all of a class are of one slide, nobody can vote for it.
    const NeighbourScore score = neighbourScore(features, classes, std::vector<int>{0, 0, 1, 1, 0, 1}, 3);
    QCOMPARE(score.accuracy, 0.0);
    const NeighbourScore some =
        neighbourScore(features, std::vector<int>{0, 0, 1, 1, -1, -1}, std::vector<int>{0, 1, 2, 2, 4, 5}, 1);
    QCOMPARE(some.accuracy, 0.5);
    QCOMPARE(some.balancedAccuracy, 0.5);
    QVERIFY(std::isnan(neighbourScore(features, std::vector<int>(6, -1), classes, 1).accuracy));
  }
};

}  // namespace geneglass::contrast_stream_test

GENEGLASS_TEST(geneglass::contrast_stream_test::ContrastStreamTest)
#include "contrast_stream_test.moc"
