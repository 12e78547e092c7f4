// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <fstream>

#include "inference/features/growing_bag.h"
#include "inference/predict_slide.h"
#include "tests/inference/features/kept_features.h"
#include "tests/inference/made_model.h"
#include "tests/support/held_maps.h"
#include "tests/support/test_program.h"

namespace geneglass::never_twice_test {

using namespace geneglass::testing;

namespace {

bool sameMaps(const Prediction& a, const Prediction& b) {
  for (size_t gene = 0; gene < a.genes.size(); ++gene)
    if (a.genes[gene].value != b.genes[gene].value) return false;
  const std::vector<GeneMap> left = testing::mapsOf(a), right = testing::mapsOf(b);
  return a.grid.cells == b.grid.cells &&
         std::ranges::equal(left, right, {}, &GeneMap::attention, &GeneMap::attention) &&
         std::ranges::equal(left, right, {}, &GeneMap::expression, &GeneMap::expression) &&
         std::ranges::equal(left, right, {}, &GeneMap::contribution, &GeneMap::contribution);
}

}  // namespace

class NeverTwiceTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  ModelPackage m_package;
  int m_stores = 0;
  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  std::shared_ptr<const FeatureStore> freshStore(uint64_t limit = 1u << 30) {
    return std::make_shared<const FeatureStore>(path("store" + std::to_string(++m_stores)), limit);
  }
  std::unique_ptr<GrowingBag> opened(const std::string& name, const FeatureBag& frame) const {
    auto bag = GrowingBag::open(path(name), frame, 3);
    if (!bag) qFatal("%s", bag.error().sentence.c_str());
    return std::move(*bag);
  }
  /// Extracts until so many tiles are done, then cancels.
  void cancelAfter(int tiles, const std::shared_ptr<const FeatureStore>& store) const {
    std::stop_source stop;
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    std::atomic<int> done = 0;
    const auto outcome =
        extractFeatures(openPainted(kSize, 0.5, source), m_package, {.threads = 2, .store = store},
                        stop.get_token(), {}, [&](const GrowingBag&) {
                          if (++done >= tiles) stop.request_stop();
                        });
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().sentence, std::string("Computing the features of 'painted.tif' was cancelled."));
  }

 private Q_SLOTS:
  void initTestCase() { m_package = madeModel(path("model")); }

  void aBagInAFileGoesOnWhereItWasLeft() {
    const FeatureBag frame = frameOf(5);
    {
      const auto bag = opened("grows.h5", frame);
      bag->set(3, TileState::Usable, rowOf(3));
      bag->set(0, TileState::Empty);
      bag->set(4, TileState::Damaged);
      QVERIFY((bag->waits() == std::vector<bool>{false, true, true, false, false}));
    }
    const auto bag = opened("grows.h5", frame);
    QVERIFY((bag->waits() ==
             std::vector<bool>{false, true, true, false, true}));  // the damaged one is tried again
    bag->set(1, TileState::Usable, rowOf(1));
    const FeatureBag usable = bag->usable();
    QCOMPARE(usable.grid.count(), size_t(2));
    QVERIFY((usable.grid.cells[0] == TileGrid::Cell{1, 0}) && (usable.grid.cells[1] == TileGrid::Cell{3, 0}));
    QVERIFY(std::ranges::equal(usable.features.row(0), rowOf(1)));
    QVERIFY(std::ranges::equal(usable.features.row(1), rowOf(3)));
  }

  void theFileIsABagThatOtherToolsReadWhileItGrows() {
    const auto bag = opened("readable.h5", frameOf(4));
    for (const size_t cell : {2, 0, 3, 1}) {
      bag->set(cell, TileState::Usable, rowOf(cell));
      const Result<FeatureBag> read = readBag(path("readable.h5"));
      QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
      QCOMPARE(read->grid.count(), bag->count(TileState::Usable));
      for (size_t row = 0; row < read->grid.count(); ++row)
        QCOMPARE(read->features.at(row, 0), float(read->grid.cells[row].column));
    }
  }

  void aTornRowWaitsAgain() {
    const FeatureBag frame = frameOf(4);
    { opened("torn.h5", frame)->set(2, TileState::Usable, rowOf(2)); }
    changeByte(path("torn.h5"), placeOf(path("torn.h5"), rowOf(2)));
    QVERIFY(opened("torn.h5", frame)->state(2) == TileState::Waiting);
  }

  void whatBelongsToAnotherSlideOrIsNoBagIsReplaced() {
    FeatureBag frame = frameOf(4);
    { opened("other.h5", frame)->set(1, TileState::Usable, rowOf(1)); }
    frame.slideHash = "another";
    QCOMPARE(opened("other.h5", frame)->count(TileState::Waiting), size_t(4));
    std::ofstream(path("junk.h5")) << "no HDF5 at all";
    QCOMPARE(opened("junk.h5", frame)->count(TileState::Waiting), size_t(4));
    std::filesystem::resize_file(path("other.h5"), 700);
    QCOMPARE(opened("other.h5", frame)->count(TileState::Waiting), size_t(4));
  }

  void aBagThatSomebodyWorksOnIsRefusedWithASentence() {
    const auto first = opened("taken.h5", frameOf(4));
    const auto second = GrowingBag::open(path("taken.h5"), frameOf(4), 3);
    QVERIFY(!second);
    QCOMPARE(second.error().sentence,
             sentenceWith("Cannot write '", "taken.h5", "': another process is working on it."));
    QVERIFY(!GrowingBag::open("/proc/no/such/place.h5", frameOf(4), 3));
  }

  void aSecondPredictionReadsNoTile() {
    const auto store = freshStore();
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    const OpenedSlide slide = openPainted(kSize, 0.5, source);
    const auto first = predictSlide(slide, m_package, {.store = store}, {}, {});
    QVERIFY(first.has_value());
    QCOMPARE(store->contents().bags, 1);
    const int reads = source->reads;
    const auto second = predictSlide(slide, m_package, {.store = store}, {}, {});
    QVERIFY(second.has_value());
    QCOMPARE(source->reads.load(), reads);
    QVERIFY(sameMaps(*first, *second));
    for (size_t gene = 0; gene < first->genes.size(); ++gene)
      QCOMPARE(second->genes[gene].hotspots, first->genes[gene].hotspots);
  }

  void anotherPixelSizeOrEncoderIsComputedAnew() {
    const auto store = freshStore();
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    QVERIFY(
        extractFeatures(openPainted(kSize, 0.5, source), m_package, {.store = store}, {}, {}).has_value());
    QCOMPARE(
        extractFeatures(openPainted(kSize, 0.4, source), m_package, {.store = store}, {}, {})->tilesFromStore,
        size_t(0));
    ModelPackage other = m_package;
    other.encoderHash = std::string(64, 'b');
    QCOMPARE(
        extractFeatures(openPainted(kSize, 0.5, source), other, {.store = store}, {}, {})->tilesFromStore,
        size_t(0));
    QCOMPARE(store->contents().bags, 3);
  }

  void aCancelledPredictionGoesOnAndEndsWithTheSameBits() {
    const auto undisturbed = predictSlide(
        openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half)), m_package, {}, {}, {});
    QVERIFY(undisturbed.has_value());
    const auto store = freshStore();
    for (const int tiles : {40, 90, 17}) cancelAfter(tiles, store);
    const auto rest = extractFeatures(openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half)),
                                      m_package, {.store = store}, {}, {});
    QVERIFY(rest->tilesFromStore >= 40 + 90 + 17 && rest->tilesFromStore < kTiles);
    const auto again = predictSlide(openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half)),
                                    m_package, {.store = store}, {}, {});
    QVERIFY(again.has_value() && sameMaps(*again, *undisturbed));
  }

  void aDamagedCompleteBagIsComputedAnew() {
    const auto store = freshStore();
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    QVERIFY(extractFeatures(slide, m_package, {.store = store}, {}, {}).has_value());
    const auto file = store->complete(FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32));
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const auto again = extractFeatures(slide, m_package, {.store = store}, {}, {});
    QCOMPARE(again->tilesFromStore, size_t(0));
    QCOMPARE(again->bag.grid.count(), kTiles);
    QVERIFY(readBag(file).has_value());
  }

  void aStoreThatCannotBeWrittenOnlyMeansThatNothingIsKept() {
    const auto store = std::make_shared<const FeatureStore>("/proc/no/such/folder");
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    QCOMPARE(extractFeatures(slide, m_package, {.store = store}, {}, {})->bag.grid.count(), kTiles);
  }

  void theStoreKeepsToItsLimitAndIsCleared() {
    const auto store = freshStore(1);
    for (const double mpp : {0.5, 0.45, 0.4})
      QVERIFY(extractFeatures(openPainted(kSize, mpp, std::make_shared<PaintedSource>(kSize, half)),
                              m_package, {.store = store}, {}, {})
                  .has_value());
    QCOMPARE(store->contents().bags, 1);  // the newest stays, however large
    QVERIFY(store->contents().bytes > 1);
    QVERIFY(store->clear().has_value());
    QCOMPARE(store->contents().bags, 0);
    QVERIFY(store->clear().has_value());
  }

  void whatIsKnownSoFarIsToldWithoutHotspotsAndSharpens() {
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    source->delay = std::chrono::milliseconds(12);
    std::vector<std::shared_ptr<const Prediction>> told;
    const auto whole =
        predictSlide(openPainted(kSize, 0.5, source), m_package, {.threads = 1}, {}, {},
                     [&](std::shared_ptr<const Prediction> known) { told.push_back(std::move(known)); });
    QVERIFY(whole.has_value() && whole->waiting.empty());
    QVERIFY(told.size() >= 1);
    size_t before = 0;
    for (const auto& known : told) {
      QVERIFY(known->grid.count() > before);
      QCOMPARE(known->grid.count() + known->waiting.size(), kTiles);
      before = known->grid.count();
      for (size_t gene = 0; gene < known->genes.size(); ++gene) {
        QCOMPARE(known->genes[gene].hotspots, 0);
        const GeneMap map = **known->maps.of(gene);
        QVERIFY(map.hotspots.empty());
        double sum = 0;
        for (const float attention : map.attention) sum += attention;
        QVERIFY(std::abs(sum / double(known->grid.count()) - 1) < 1e-4);
      }
    }
  }

 private:
  std::string sentenceWith(const char* before, const char* name, const char* after) const {
    return before + path(name).string() + after;
  }
};

}  // namespace geneglass::never_twice_test

GENEGLASS_TEST(geneglass::never_twice_test::NeverTwiceTest)
#include "never_twice_test.moc"
