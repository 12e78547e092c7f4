// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_store.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <fstream>

#include "inference/features/extract_features.h"
#include "tests/inference/features/kept_features.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::feature_store_test {

using namespace geneglass::testing;

/// What is kept is right, or it is not used.
class FeatureStoreTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  ModelPackage m_package;
  int m_stores = 0;
  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  std::shared_ptr<const FeatureStore> freshStore(uint64_t limit = 1u << 30) {
    return std::make_shared<const FeatureStore>(path("store" + std::to_string(++m_stores)), limit);
  }
  /// A slide painted in memory that says it is this file.
  static OpenedSlide openFile(const std::filesystem::path& file) {
    OpenedSlide opened = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    auto slide = std::make_shared<Slide>(*opened.slide);
    slide->file = file;
    return {slide, opened.source, stampOf(file)};
  }

 private Q_SLOTS:
  void initTestCase() { m_package = madeModel(path("model")); }

  void aChangedByteInAKeptRowMeansThatTheRowIsComputedAgain() {
    const auto store = freshStore();
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    const auto first = extractFeatures(slide, m_package, {.store = store}, {}, {});
    const auto file = store->complete(FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32));
    changeByte(file, placeOf(file, first->bag.features.row(17)) + 1);  // of the mantissa: still a number
    const Result<FeatureBag> asGiven = readBag(file);
    QVERIFY(!asGiven);
    QCOMPARE(
        asGiven.error().sentence,
        fmt::format("Cannot read '{}': the features of tile 17 do not fit their check sum.", file.string()));
    const auto again = extractFeatures(slide, m_package, {.store = store}, {}, {});
    QCOMPARE(again->tilesFromStore, kTiles - 1);
    QCOMPARE(again->bag.features.values, first->bag.features.values);
    QVERIFY(readBag(file).has_value());
    QCOMPARE(extractFeatures(slide, m_package, {.store = store}, {}, {})->tilesFromStore, kTiles);
  }

  void noByteOfAKeptBagCanBeChangedUnnoticed() {
    const FeatureBag whole = [] {
      FeatureBag bag = frameOf(3);
      bag.key = "key";
      bag.features = Matrix(3, 3);
      for (size_t row = 0; row < 3; ++row) std::ranges::copy(rowOf(row + 7), bag.features.row(row).begin());
      return bag;
    }();
    QVERIFY(writeBag(path("bytes.h5"), whole).has_value());
    const auto size = std::filesystem::file_size(path("bytes.h5"));
    size_t refused = 0, partly = 0;
    for (size_t place = 0; place < size; ++place) {
      std::filesystem::copy_file(path("bytes.h5"), path("changed.h5"),
                                 std::filesystem::copy_options::overwrite_existing);
      changeByte(path("changed.h5"), place);
      const Result<SoundRows> rows = readSoundRows(path("changed.h5"));
      refused += !rows;
      partly += rows && rows->unsound > 0;
      if (!rows || rows->unsound > 0) continue;
      QCOMPARE(rows->bag.features.values, whole.features.values);
      QVERIFY(rows->bag.grid.cells == whole.grid.cells && rows->bag.grid.tile == whole.grid.tile);
      QCOMPARE(rows->bag.slideHash + rows->bag.encoderHash + rows->bag.key, std::string("slideencoderkey"));
    }
    QVERIFY2(partly >= 3 * (12 + 8 + 4), qPrintable(QString::number(partly)));  // features, corner, check sum
    QVERIFY2(refused > 20, qPrintable(QString::number(refused)));
  }

  void aKeptBagWithoutCheckSumsIsMadeAnew() {
    const auto store = freshStore();
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    const auto first = extractFeatures(slide, m_package, {.store = store}, {}, {});
    const auto file = store->complete(FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32));
    {
      const Hdf5Access access;
      H5::H5File(file.string(), H5F_ACC_RDWR).unlink("row_crc32");
    }
    QVERIFY(readBag(file).has_value());  // as a bag of another tool
    QCOMPARE(
        readSoundRows(file).error().sentence,
        fmt::format("Cannot read '{}': it bears no check sums: an older version made it.", file.string()));
    QCOMPARE(extractFeatures(slide, m_package, {.store = store}, {}, {})->tilesFromStore, size_t(0));
    QVERIFY(readSoundRows(file).has_value());
  }

  void aTileThatCouldNotBeReadForAMomentIsReadTheNextTime() {
    const auto undisturbed = extractFeatures(
        openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half)), m_package, {}, {}, {});
    const auto store = freshStore();
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    source->damagedLater = {{0, 2, 3}};  // four tiles of the model's
    const OpenedSlide slide = openPainted(kSize, 0.5, source);
    const auto breaks = [&](const Progress& now) {
      if (now.stage == "encoding tiles") source->brokenMeanwhile = true;
    };
    source->delay = std::chrono::milliseconds(2);
    const auto first = extractFeatures(slide, m_package, {.threads = 1, .store = store}, {}, breaks);
    QVERIFY2(first.has_value(), first ? "" : first.error().sentence.c_str());
    QVERIFY(first->bag.damagedTiles > 0);
    const std::string key = FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32);
    QVERIFY(!std::filesystem::exists(store->complete(key)));
    source->brokenMeanwhile = false;
    const auto second = extractFeatures(slide, m_package, {.threads = 1, .store = store}, {}, {});
    QCOMPARE(second->bag.damagedTiles, 0);
    QCOMPARE(second->tilesFromStore, kTiles - size_t(first->bag.damagedTiles));
    QCOMPARE(second->bag.features.values, undisturbed->bag.features.values);
    QVERIFY(std::filesystem::exists(store->complete(key)));
  }

  void tissueThatCouldNotBeSeenForAMomentIsSeenTheNextTime_data() {
    QTest::addColumn<bool>("isShared");
    QTest::newRow("found for the features") << false;
    QTest::newRow("found for others too") << true;
  }

  void tissueThatCouldNotBeSeenForAMomentIsSeenTheNextTime() {
    QFETCH(const bool, isShared);
    const auto store = freshStore();
    const auto source = std::make_shared<PaintedSource>(kSize, half);
    for (int row = 0; row < 11; ++row)  // its left third: no hole in it, which would be closed
      for (int column = 0; column < 3; ++column) source->damagedLater.insert({0, column, row});
    source->brokenMeanwhile = true;
    const OpenedSlide slide = openPainted(kSize, 0.5, source);
    const auto extract = [&] {
      const auto tissue = isShared ? std::make_shared<const SharedTissue>(slide, 1, nullptr) : nullptr;
      if (tissue) {
        (void)tissue->wait({});
        source->brokenMeanwhile = false;  // its tiles can be read
      }
      return extractFeatures(slide, m_package, {.store = store, .tissue = tissue}, {}, {});
    };
    const auto first = extract();
    QVERIFY2(first.has_value(), first ? "" : first.error().sentence.c_str());
    QVERIFY(first->bag.grid.count() < kTiles);
    source->brokenMeanwhile = false;
    const auto second = extract();
    QCOMPARE(second->bag.grid.count(), kTiles);
  }

  void aFileThatChangesWhileItIsReadStopsTheRun_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"cut", "written to", "replaced", "gone"})
      QTest::newRow(what) << QString::fromLatin1(what);
  }

  void aFileThatChangesWhileItIsReadStopsTheRun() {
    QFETCH(QString, what);
    const std::filesystem::path file = path("slide.tif");
    std::ofstream(file) << "the slide";
    const auto store = freshStore();
    const OpenedSlide slide = openFile(file);
    std::atomic<int> done = 0;
    const auto changes = [&](const GrowingBag&) {
      if (++done != 20) return;
      if (what == QStringLiteral("cut")) std::filesystem::resize_file(file, 0);
      if (what == QStringLiteral("written to")) std::ofstream(file, std::ios::in | std::ios::out) << "THE";
      if (what == QStringLiteral("replaced")) {
        std::ofstream(path("another")) << "the slide";
        std::filesystem::last_write_time(path("another"), std::filesystem::last_write_time(file));
        std::filesystem::rename(path("another"), file);
      }
      if (what == QStringLiteral("gone")) std::filesystem::remove(file);
    };
    const auto outcome = extractFeatures(slide, m_package, {.threads = 2, .store = store}, {}, {}, changes);
    QVERIFY(!outcome);
    QCOMPARE(
        outcome.error().sentence,
        what == QStringLiteral("gone")
            ? fmt::format("'{}' cannot be reached any more: it was there when it was opened.", file.string())
            : fmt::format("'{}' has changed since it was opened: open it again.", file.string()));
    QVERIFY(done < int(kTiles));
    const std::string key = FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32);
    QVERIFY(!std::filesystem::exists(store->complete(key)));
    // What was read before is of the file that was hashed, and is gone on from.
    std::ofstream(file) << "the slide";
    const auto again = extractFeatures(openFile(file), m_package, {.store = store}, {}, {});
    QCOMPARE(again->bag.damagedTiles, 0);
    QCOMPARE(again->bag.grid.count(), kTiles);
    QVERIFY(again->tilesFromStore >= 20);
  }

  void aFileThatChangedBeforeIsNotReadAtAll() {
    const std::filesystem::path file = path("before.tif");
    std::ofstream(file) << "the slide";
    const auto store = freshStore();
    const OpenedSlide slide = openFile(file);
    QVERIFY(extractFeatures(slide, m_package, {.store = store}, {}, {}).has_value());
    std::ofstream(file) << "another slide";
    QCOMPARE(extractFeatures(slide, m_package, {.store = store}, {}, {}).error().sentence,
             fmt::format("'{}' has changed since it was opened: open it again.", file.string()));
  }

  void theFolderIsItsOwnersAlone() {
    const FeatureStore store(path("own/bags"));
    QVERIFY(store.prepare().has_value());
    struct stat facts {};
    QCOMPARE(stat(store.folder().c_str(), &facts), 0);
    QCOMPARE(int(facts.st_mode & 0777), 0700);
  }

  void aFolderThatEverybodyMayWriteIntoIsNotUsed() {
    const auto store = freshStore();
    QVERIFY(store->prepare().has_value());
    std::filesystem::permissions(store->folder(), std::filesystem::perms::all);
    QCOMPARE(
        store->prepare().error().sentence,
        fmt::format("No features are kept in '{}': everybody may write there.", store->folder().string()));
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    QVERIFY(extractFeatures(slide, m_package, {.store = store}, {}, {}).has_value());
    QCOMPARE(store->contents().bags, 0);
  }

  void withoutAHomeNothingIsKeptRatherThanInACommonPlace() {
    const QByteArray home = qgetenv("HOME"), caches = qgetenv("XDG_CACHE_HOME"),
                     own = qgetenv("GENEGLASS_CACHE");
    for (const char* name : {"HOME", "XDG_CACHE_HOME", "GENEGLASS_CACHE"}) qunsetenv(name);
    const FeatureStore store;
    qputenv("HOME", "/home/somebody");
    const std::filesystem::path atHome = FeatureStore::usualFolder();
    qputenv("HOME", home);
    if (!caches.isEmpty()) qputenv("XDG_CACHE_HOME", caches);
    if (!own.isEmpty()) qputenv("GENEGLASS_CACHE", own);
    QCOMPARE(store.folder(), std::filesystem::path());
    QCOMPARE(
        store.prepare().error().sentence,
        std::string("No features are kept: none of GENEGLASS_CACHE, XDG_CACHE_HOME and HOME says where."));
    QCOMPARE(store.contents().bags, 0);
    QCOMPARE(atHome, std::filesystem::path("/home/somebody/.cache/geneglass/bags"));
  }

  void filesOfOthersInTheFolderStay() {
    const auto store = freshStore(1);
    QVERIFY(store->prepare().has_value());
    std::ofstream(store->folder() / "my-own.h5") << "features that took a week";
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    QVERIFY(extractFeatures(slide, m_package, {.store = store}, {}, {}).has_value());
    QCOMPARE(store->contents().bags, 1);
    QVERIFY(store->clear().has_value());
    QCOMPARE(store->contents().bags, 0);
    QVERIFY(std::filesystem::exists(store->folder() / "my-own.h5"));
  }

  void anotherTissueRuleOrPrecisionHasAnotherKey() {
    const OpenedSlide slide = openPainted(kSize, 0.5, std::make_shared<PaintedSource>(kSize, half));
    const std::string key = FeatureStore::keyOf(*slide.slide, m_package, Precision::Float32);
    QCOMPARE(key.size(), size_t(32));
    ModelPackage other = m_package;
    other.minimumTissue = 0.5;
    QVERIFY(FeatureStore::keyOf(*slide.slide, other, Precision::Float32) != key);
    QVERIFY(FeatureStore::keyOf(*slide.slide, m_package, Precision::Int8) != key);
    const OpenedSlide coarser = openPainted(kSize, 0.4, std::make_shared<PaintedSource>(kSize, half));
    QVERIFY(FeatureStore::keyOf(*coarser.slide, m_package, Precision::Float32) != key);
  }
};

}  // namespace geneglass::feature_store_test

GENEGLASS_TEST(geneglass::feature_store_test::FeatureStoreTest)
#include "feature_store_test.moc"
