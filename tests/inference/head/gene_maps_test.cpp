// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <thread>

#include "inference/head/gene_maps.h"
#include "inference/head/head_ensemble.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::gene_maps_test {

using namespace geneglass::testing;

namespace {

constexpr int kGenes = 37, kSide = 25;  // more than two runs of genes, the last one short
constexpr size_t kTiles = size_t(kSide) * kSide;

std::shared_ptr<const Matrix> madeFeatures(size_t tiles = kTiles) {
  auto features = std::make_shared<Matrix>(tiles, size_t(6));
  features->values = madeNumbers(features->values.size(), 5);
  return features;
}

TileGrid square() {
  TileGrid grid{64, 64, kSide, kSide, {}};
  for (int i = 0; i < int(kTiles); ++i) grid.cells.push_back({i % kSide, i / kSide});
  return grid;
}

/// Two splits; the genes of a split share an embedding, or each has its own.
TensorFile madeEnsemble(bool shared) {
  std::vector<HeadMember> members;
  for (size_t split = 0; split < 2; ++split)
    for (size_t first = 0; first < size_t(kGenes); first += shared ? size_t(kGenes) : 1) {
      const size_t genes = shared ? size_t(kGenes) : 1;
      members.push_back({split, first, genes,
                         madeHead(6, 5, 4, int(genes), unsigned(100 + 40 * split + first)),
                         std::vector<double>(genes, 5.0 + double(split)), std::vector<double>(genes, 0.5)});
    }
  return stackMembers(members);
}

}  // namespace

class GeneMapsTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;

  std::shared_ptr<const SlideHead> headOf(const QString& name) const {
    ModelPackage package = madeModel(m_folder.filePath(name).toStdString(), kGenes);
    TensorFile head = madeHead(6, 5, 4, kGenes, 99);
    if (name.startsWith(QLatin1String("gated"))) {
      package.head = HeadKind::GatedAttention;
      head = madeGatedHead({6, 5, 4, kGenes, 1, name.endsWith(QLatin1String("extremes"))}, 31);
    }
    if (name.startsWith(QLatin1String("ensemble")))
      head = madeEnsemble(name.endsWith(QLatin1String("shared")));
    if (!writeTensors(package.folder / "head.h5", head)) qFatal("head.h5");
    Result<SlideHead> loaded = loadSlideHead(*writeManifest(package));
    if (!loaded) qFatal("%s", loaded.error().sentence.c_str());
    return std::make_shared<const SlideHead>(std::move(*loaded));
  }
  static GeneMaps mapsOf(const std::shared_ptr<const SlideHead>& head) {
    return {head, *head->embed(madeFeatures()), {square(), 0.5, std::vector<bool>(kGenes, true)}};
  }
  static void heads() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"regression", "gated", "gated extremes", "ensemble shared", "ensemble own"})
      QTest::newRow(name) << QString::fromLatin1(name);
  }

 private Q_SLOTS:
  void aMapAloneIsTheOneOfTheWholeComputation_data() { heads(); }
  void aMapAloneIsTheOneOfTheWholeComputation() {
    QFETCH(QString, name);
    const auto head = headOf(name);
    const BagPrediction whole = *head->predict(*madeFeatures());
    const GeneMaps maps = mapsOf(head);
    for (const size_t gene : {36, 0, 17, 16, 15}) {
      const GeneMap map = **maps.of(gene);
      for (size_t tile = 0; tile < kTiles; ++tile) {
        QCOMPARE(map.attention[tile], whole.attention.at(gene, tile) * float(kTiles));
        QCOMPARE(map.expression[tile], whole.expression.at(gene, tile));
        QCOMPARE(map.contribution[tile], whole.contribution.at(gene, tile));
      }
      QVERIFY(map.attention == (*maps.of(gene))->attention);
    }
  }

  void readingAllTellsEachGeneInTurnWithItsValueAndMap_data() { heads(); }
  void readingAllTellsEachGeneInTurnWithItsValueAndMap() {
    QFETCH(QString, name);
    const auto head = headOf(name);
    const BagPrediction whole = *head->predict(*madeFeatures());
    size_t next = 0;
    const auto done = mapsOf(head).readAll(
        {}, [&](size_t gene, const GeneReading& said, const GeneMapPtr& map) -> Result<void> {
          const std::span<const float> contribution = whole.contribution.row(gene);
          const bool same = said.value == whole.values[gene] && said.baseline == whole.baselines[gene] &&
                            std::ranges::equal(map->contribution, contribution);
          return gene == next++ && same ? Result<void>() : fail(std::to_string(gene));
        });
    QVERIFY2(done, done ? "" : done.error().sentence.c_str());
    QCOMPARE(next, size_t(kGenes));
  }

  void aSlideWithoutSomeTilesIsWhatTheHeadsSayOfABagWithoutThem_data() { heads(); }
  void aSlideWithoutSomeTilesIsWhatTheHeadsSayOfABagWithoutThem() {
    QFETCH(QString, name);
    const auto head = headOf(name);
    std::vector<bool> leftOut(kTiles);
    const auto whole = madeFeatures();
    Matrix rest(0, 6);
    for (size_t tile = 0; tile < kTiles; ++tile) {
      leftOut[tile] = tile % 3 == 0 || tile > 500;
      if (leftOut[tile]) continue;
      const auto row = whole->row(tile);
      rest.values.insert(rest.values.end(), row.begin(), row.end());
      ++rest.rows;
    }
    const BagPrediction expected = *head->predict(rest);
    const std::vector<size_t> genes{0, 15, 16, 36};
    const auto values = mapsOf(head).valuesWithout(leftOut, genes, {});
    QVERIFY2(values, values ? "" : values.error().sentence.c_str());
    QCOMPARE(values->size(), genes.size());
    for (size_t i = 0; i < genes.size(); ++i) {
      QCOMPARE(float((*values)[i]), expected.values[genes[i]]);
      QVERIFY(expected.values[genes[i]] != head->predict(*whole)->values[genes[i]]);
    }
  }

  void whatIsWithoutAllTilesOrStoppedHasNoValues() {
    const GeneMaps maps = mapsOf(headOf(QStringLiteral("ensemble own")));
    const auto without = maps.valuesWithout(std::vector<bool>(kTiles, true), {0}, {});
    QVERIFY(!without);
    QCOMPARE(without.error().sentence,
             std::string("Nothing can be predicted without all of the slide's tiles."));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = maps.valuesWithout(std::vector<bool>(kTiles), {0}, stop.get_token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().sentence,
             std::string("The prediction without some of the tiles was cancelled."));
  }

  void hotspotsComeWithTheMapOfAGeneThatMayHaveThem() {
    const auto head = headOf(QStringLiteral("regression"));
    std::vector<bool> has(kGenes, true);
    has[3] = false;
    auto slow = std::make_shared<Matrix>(*madeFeatures());  // neighbours resemble each other, as in tissue
    for (size_t tile = 0; tile < kTiles; ++tile)
      for (size_t i = 0; i < 6; ++i)
        slow->at(tile, i) =
            std::sin(0.1f * float((i + 1) * (tile % kSide)) + 0.2f * float(i * (tile / kSide)));
    const GeneMaps maps(head, *head->embed(slow), {square(), 0.5, has});
    size_t found = 0;
    for (size_t gene = 0; gene < kGenes; ++gene) {
      const GeneMap map = **maps.of(gene);
      QCOMPARE(map.hotspots.size(), gene == 3 ? 0
                                              : findHotspots(square(), map.contribution, map.attention,
                                                             map.expression, 0.5, int(gene))
                                                    .size());
      found += map.hotspots.size();
    }
    QVERIFY(found > 0);
  }

  void severalThreadsGetTheSameMaps() {
    const auto head = headOf(QStringLiteral("regression"));
    const GeneMaps maps = mapsOf(head);
    std::vector<std::vector<float>> sums(4, std::vector<float>(kGenes));
    {
      std::vector<std::jthread> threads;
      for (auto& mine : sums)
        threads.emplace_back([&] {
          for (size_t gene = 0; gene < kGenes; ++gene) mine[gene] = (*maps.of(gene))->expression[7];
        });
    }
    for (const auto& mine : sums) QVERIFY(mine == sums[0]);
  }

  void aStopEndsReadingAndAnErrorOfTheTakerIsTheReadings() {
    const auto head = headOf(QStringLiteral("regression"));
    std::stop_source stop;
    size_t told = 0;
    QVERIFY(mapsOf(head).readAll(stop.get_token(), [&](size_t, const GeneReading&, const GeneMapPtr&) {
      ++told;
      stop.request_stop();
      return Result<void>();
    }));
    QVERIFY(told < size_t(kGenes));
    const auto refused =
        mapsOf(head).readAll({}, [](size_t, const GeneReading&, const GeneMapPtr&) -> Result<void> {
          return fail("The disk is full.");
        });
    QVERIFY(!refused);
    QCOMPARE(refused.error().sentence, std::string("The disk is full."));
  }

  void smallModelsKeepAllMapsAndLargeOnesAreBounded() {
    const auto head = headOf(QStringLiteral("ensemble own"));
    const GeneMaps maps = mapsOf(head);
    QVERIFY(maps.readAll({}, [](size_t, const GeneReading&, const GeneMapPtr&) { return Result<void>(); }));
    const GeneMapPtr first = *maps.of(0);
    QVERIFY(first == *maps.of(0));
    const size_t many = GeneMaps::kKeptBytes / (12 * 20) + 1;  // 20 maps are above the limit
    const auto bag = head->embed(madeFeatures(many));
    const GeneMaps large(head, *bag, {TileGrid{}, 0.5, std::vector<bool>(kGenes, false)});
    const std::weak_ptr<const GeneMap> oldest = *large.of(0);
    QVERIFY(!oldest.expired());
    for (size_t gene = 1; gene < 20; ++gene) QVERIFY(large.of(gene));
    QVERIFY(oldest.expired());
  }

  void aValueThatIsNoNumberNamesItsGene() {
    const auto head = headOf(QStringLiteral("regression"));
    auto features = std::make_shared<Matrix>(*madeFeatures());
    features->values[0] = std::numeric_limits<float>::quiet_NaN();
    const GeneMaps maps(head, *head->embed(features), {square(), 0.5, std::vector<bool>(kGenes, true)});
    const auto map = maps.of(5);
    QVERIFY(!map);
    QVERIFY(map.error().sentence.ends_with("failed: the value of GENE5 is not a finite number."));
  }
};

}  // namespace geneglass::gene_maps_test

GENEGLASS_TEST(geneglass::gene_maps_test::GeneMapsTest)
#include "gene_maps_test.moc"
