// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <new>

#include "inference/features/extract_features.h"
#include "inference/tissue/steady_source.h"
#include "inference/tissue/tile_reader.h"
#include "tests/inference/features/kept_features.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::refused_read_test {

using namespace geneglass::testing;

namespace {

constexpr int kNever = 1'000'000'000;

/// Paints, but from the read `from` on refuses `count` of them with `says`; "" is std::bad_alloc.
class RefusingSource final : public TileSource {
 public:
  RefusingSource(int from, int count, std::string says)
      : m_painted(kSize, half), m_from(from), m_last(from + count), m_says(std::move(says)) {}
  Result<TilePtr> read(TileKey key) const override {
    const int number = ++reads;
    if (number < m_from || number >= m_last) return m_painted.read(key);
    if (m_says.empty()) throw std::bad_alloc();
    return fail(m_says);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }
  mutable std::atomic<int> reads{0};

 private:
  const PaintedSource m_painted;
  const int m_from, m_last;
  const std::string m_says;
};

OpenedSlide openRefusing(std::shared_ptr<const RefusingSource> source) {
  OpenedSlide opened = openPainted(kSize, 0.5, half);
  opened.source = std::move(source);
  return opened;
}

const std::string kIoError =
    "Cannot read tile (level 0, column 1, row 1) of 'painted.tif': Input/output error.";
const std::string kDamage =
    "Cannot read tile (level 0, column 1, row 1) of 'painted.tif': its JPEG is damaged.";

}  // namespace

/// What is not the slide's fault stops the run: nothing is computed of a part of a slide.
class RefusedReadTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  ModelPackage m_package;

  Result<ExtractedBag> extractOf(const std::shared_ptr<const RefusingSource>& source, int threads = 2,
                                 std::shared_ptr<const SharedTissue> tissue = {}) const {
    return extractFeatures(openRefusing(source), m_package, {.threads = threads, .tissue = std::move(tissue)},
                           {}, {});
  }

 private Q_SLOTS:
  void initTestCase() { m_package = madeModel(m_folder.path().toStdString() + "/model"); }

  void oneRefusedReadAnywhereIsASentenceAndNoResult_data() {
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("EIO") << QString::fromStdString(kIoError) << QString::fromStdString(kIoError);
    QTest::newRow("memory") << ""
                            << "Cannot read 'painted.tif': there is not enough memory.";
  }

  void oneRefusedReadAnywhereIsASentenceAndNoResult() {
    QFETCH(QString, says);
    QFETCH(QString, sentence);
    const auto sound = std::make_shared<const RefusingSource>(kNever, 0, kIoError);
    QVERIFY(extractOf(sound, 1));
    const int reads = sound->reads;
    QVERIFY(reads > 20);
    int first = 0;
    for (const int from : {1, 2, reads / 2, reads - 1, reads}) {
      const auto outcome = extractOf(std::make_shared<const RefusingSource>(from, 1, says.toStdString()), 1);
      QVERIFY2(!outcome, qPrintable(QStringLiteral("read %1 of %2").arg(from).arg(reads)));
      if (first++ > 1) QCOMPARE(outcome.error().sentence, sentence.toStdString());
    }
  }

  void aDamagedTileIsLeftOutAndCountedAsEver() {
    const auto sound = std::make_shared<const RefusingSource>(kNever, 0, kDamage);
    const auto whole = extractOf(sound, 1);
    QVERIFY(whole);
    const auto outcome = extractOf(std::make_shared<const RefusingSource>(sound->reads, 1, kDamage), 1);
    QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().sentence.c_str());
    QVERIFY(outcome->bag.damagedTiles > 0);
    QCOMPARE(outcome->bag.damagedTiles + int(outcome->bag.grid.count()), int(whole->bag.grid.count()));
  }

  void tissueThatCouldNotBeReadIsLookedForAgain() {
    const auto source = std::make_shared<const RefusingSource>(3, 1, kIoError);
    const OpenedSlide opened = openRefusing(source);
    const auto shared = std::make_shared<const SharedTissue>(opened, 1, nullptr);
    const SharedTissue::Mask mask = shared->wait({});
    QVERIFY(!mask);
    QCOMPARE(mask.error().sentence, kIoError);
    QVERIFY(shared->wasRefused());
    const auto outcome = extractOf(source, 2, shared);
    QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().sentence.c_str());
    QCOMPARE(outcome->bag.damagedTiles, 0);
  }

  void onceRefusedNothingIsReadAnyMore() {
    const auto source = std::make_shared<const RefusingSource>(2, 1, kIoError);
    std::stop_source stop;
    const SteadySource steady(openRefusing(source), stop);
    QVERIFY(steady.read({0, 0, 0}));
    QVERIFY(steady.verdict());
    QVERIFY(!steady.read({0, 1, 0}));
    QVERIFY(stop.stop_requested());
    const auto later = steady.read({0, 0, 0});
    QVERIFY(!later);
    QCOMPARE(later.error().sentence, kIoError);
    QCOMPARE(source->reads.load(), 2);
    QCOMPARE(steady.verdict().error().sentence, kIoError);
  }

  void aReaderOfTilesThrowsWhereItsThreadsLackMemory() {
    const OpenedSlide opened = openRefusing(std::make_shared<const RefusingSource>(4, kNever, ""));
    TileGrid grid{128, 128, 0, 0, {}};
    for (int column = 0; column < 6; ++column) grid.cells.push_back({column, 0});
    TileReader reader(opened, grid, 128, 160, 2, 4, {});
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, while (reader.next()));
  }
};

}  // namespace geneglass::refused_read_test

GENEGLASS_TEST(geneglass::refused_read_test::RefusedReadTest)
#include "refused_read_test.moc"
