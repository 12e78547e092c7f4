// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

#include "inference/head/slide_head.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::slide_head_test {

using namespace geneglass::testing;

namespace {

constexpr size_t kGenes = 3;

Matrix madeFeatures(size_t rows, unsigned seed = 5) {
  Matrix features(rows, 6);
  features.values = madeNumbers(rows * 6, seed);
  return features;
}

double mean(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

/// The formulas of the header by plain loops, for one gene: y and e of every tile.
struct PlainTile {
  double y = 0;
  double e = 0;
};
std::vector<PlainTile> plainTiles(const TensorFile& head, const Matrix& features, size_t gene) {
  const auto& values = [&](const char* name) -> const std::vector<float>& { return head.at(name).values; };
  const size_t width = 5, attention = 4;
  std::vector<PlainTile> tiles(features.rows);
  for (size_t i = 0; i < features.rows; ++i) {
    std::vector<double> h(width);
    for (size_t j = 0; j < width; ++j) {
      h[j] = values("embedding.bias")[j];
      for (size_t d = 0; d < 6; ++d) h[j] += values("embedding.weight")[j * 6 + d] * features.at(i, d);
    }
    double y = values("value.bias")[gene], e = values("attention.out.bias")[gene];
    for (size_t j = 0; j < width; ++j) y += values("value.weight")[gene * width + j] * h[j];
    for (size_t a = 0; a < attention; ++a) {
      double hidden = values("attention.hidden.bias")[gene * attention + a];
      for (size_t j = 0; j < width; ++j)
        hidden += values("attention.hidden.weight")[(gene * attention + a) * width + j] * h[j];
      e += values("attention.out.weight")[gene * attention + a] * std::tanh(hidden);
    }
    tiles[i] = {std::clamp(y, -10.0, 10.0), e};
  }
  return tiles;
}

}  // namespace

class SlideHeadTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  ModelPackage withHead(const char* name, const TensorFile& head,
                        HeadKind kind = HeadKind::AttentionRegression) const {
    ModelPackage package = madeModel(path(name));
    package.head = kind;
    (void)writeTensors(path(name) / "head.h5", head);
    return *writeManifest(package);
  }
  BagPrediction predicted(const ModelPackage& package, const Matrix& features) const {
    const Result<SlideHead> heads = loadSlideHead(package);
    if (!heads) qFatal("%s", heads.error().sentence.c_str());
    const Result<BagPrediction> prediction = heads->predict(features);
    if (!prediction) qFatal("%s", prediction.error().sentence.c_str());
    return *prediction;
  }

 private Q_SLOTS:
  void theHeadIsTheFormulaOfItsHeader() {
    const ModelPackage package = madeModel(path("formula"));
    const TensorFile head = madeHead(6, 5, 4, int(kGenes), 99);
    const Matrix features = madeFeatures(11);
    const BagPrediction prediction = predicted(package, features);
    for (size_t gene = 0; gene < kGenes; ++gene) {
      const auto tiles = plainTiles(head, features, gene);
      double sum = 0, pooled = 0;
      for (const PlainTile& tile : tiles) sum += std::exp(tile.e);
      for (size_t i = 0; i < tiles.size(); ++i) {
        const double share = std::exp(tiles[i].e) / sum;
        pooled += share * tiles[i].y;
        const double deviation = package.genes[gene].trainingDeviation,
                     training = package.genes[gene].trainingMean;
        QVERIFY(std::abs(prediction.attention.at(gene, i) - share) < 1e-6);
        QVERIFY(std::abs(prediction.expression.at(gene, i) - (tiles[i].y * deviation + training)) < 1e-5);
        QVERIFY(std::abs(prediction.contribution.at(gene, i) - 11 * share * tiles[i].y * deviation) < 1e-5);
      }
      QVERIFY(std::abs(prediction.values[gene] - (pooled * 0.5 + 5 + double(gene))) < 1e-5);
    }
  }

  void attentionSumsToOneAndContributionsToTheValue() {
    const ModelPackage package = madeModel(path("sums"));
    const BagPrediction prediction = predicted(package, madeFeatures(3000));
    for (size_t gene = 0; gene < kGenes; ++gene) {
      QVERIFY(std::abs(mean(prediction.attention.row(gene)) * 3000 - 1) < 1e-5);
      const double difference = prediction.values[gene] - package.genes[gene].trainingMean;
      QVERIFY(std::abs(mean(prediction.contribution.row(gene)) - difference) < 1e-5);
    }
  }

  void contributionsOfAGatedHeadSumToTheValueLessTheReadOutsBias_data() {
    QTest::addColumn<bool>("extremes");
    QTest::addColumn<int>("tiles");
    QTest::newRow("pool of attention") << false << 700;
    QTest::newRow("pool of extremes") << true << 700;
    QTest::newRow("pool of extremes, few tiles") << true << 150;
  }
  void contributionsOfAGatedHeadSumToTheValueLessTheReadOutsBias() {
    QFETCH(bool, extremes);
    QFETCH(int, tiles);
    const TensorFile head = madeGatedHead({.extremes = extremes}, 21);
    const ModelPackage package = withHead(QTest::currentDataTag(), head, HeadKind::GatedAttention);
    QVERIFY(package.head == HeadKind::GatedAttention);
    const BagPrediction prediction = predicted(package, madeFeatures(size_t(tiles)));
    for (size_t gene = 0; gene < kGenes; ++gene) {
      const GeneFacts& facts = package.genes[gene];
      const double bias = head.at("value.bias").values[gene] * facts.trainingDeviation + facts.trainingMean;
      QVERIFY(std::abs(prediction.baselines[gene] - bias) < 1e-5);
      QVERIFY(std::abs(mean(prediction.contribution.row(gene)) - (prediction.values[gene] - bias)) < 1e-5);
      QVERIFY(std::abs(prediction.values[gene] - bias) > 1e-3);  // or nothing was shown
      QVERIFY(std::abs(mean(prediction.attention.row(gene)) * tiles - 1) < 1e-5);
    }
  }

  void aGatedTileContributesByItsAttentionAndItsOwnReadOut() {
    const TensorFile head = madeGatedHead({}, 21);
    const ModelPackage package = withHead("gated tile", head, HeadKind::GatedAttention);
    const BagPrediction prediction = predicted(package, madeFeatures(40));
    for (size_t gene = 0; gene < kGenes; ++gene)
      for (size_t i = 0; i < 40; ++i) {
        const double read = prediction.expression.at(gene, i) - prediction.baselines[gene];
        QVERIFY(std::abs(prediction.contribution.at(gene, i) - 40 * prediction.attention.at(gene, i) * read) <
                1e-4);
      }
  }

  void onlyThePoolOfExtremesIsNotByAttention() {
    const auto pooled = [&](const char* name, const TensorFile& head, HeadKind kind) {
      return loadSlideHead(withHead(name, head, kind))->poolsByAttention();
    };
    QVERIFY(pooled("regression", madeHead(6, 5, 4, 3, 1), HeadKind::AttentionRegression));
    QVERIFY(pooled("attended", madeGatedHead({}, 1), HeadKind::GatedAttention));
    QVERIFY(!pooled("ends", madeGatedHead({.extremes = true}, 1), HeadKind::GatedAttention));
  }

  void whatATileShowsIsWhatABagOfItAloneGives_data() {
    QTest::addColumn<bool>("extremes");
    QTest::newRow("pool of attention") << false;
    QTest::newRow("pool of extremes") << true;
  }
  void whatATileShowsIsWhatABagOfItAloneGives() {
    QFETCH(bool, extremes);
    const ModelPackage package = withHead(QTest::currentDataTag(), madeGatedHead({.extremes = extremes}, 22),
                                          HeadKind::GatedAttention);
    const Matrix features = madeFeatures(260);
    Matrix alone(1, 6);
    std::copy_n(features.row(17).begin(), 6, alone.row(0).begin());
    const BagPrediction all = predicted(package, features), one = predicted(package, alone);
    for (size_t gene = 0; gene < kGenes; ++gene)
      QVERIFY(std::abs(all.expression.at(gene, 17) - one.values[gene]) < 1e-5);
  }

  void theOrderOfTilesDoesNotMatter() {
    const ModelPackage package = madeModel(path("order"));
    const Matrix features = madeFeatures(700);
    Matrix reversed(700, 6);
    for (size_t i = 0; i < 700; ++i) std::copy_n(features.row(i).begin(), 6, reversed.row(699 - i).begin());
    const BagPrediction a = predicted(package, features), b = predicted(package, reversed);
    for (size_t gene = 0; gene < kGenes; ++gene) {
      QVERIFY(std::abs(a.values[gene] - b.values[gene]) < 1e-5);
      for (size_t i = 0; i < 700; ++i)
        QVERIFY(std::abs(a.attention.at(gene, i) - b.attention.at(gene, 699 - i)) < 1e-7);
    }
  }

  void oneTileHasAllTheAttention() {
    const BagPrediction prediction = predicted(madeModel(path("one")), madeFeatures(1));
    for (size_t gene = 0; gene < kGenes; ++gene) {
      QCOMPARE(prediction.attention.at(gene, 0), 1.0f);
      QVERIFY(std::abs(prediction.values[gene] - prediction.expression.at(gene, 0)) < 1e-6);
    }
  }

  void expressionIsClampedAtTenDeviations() {
    TensorFile head = madeHead(6, 5, 4, int(kGenes), 99);
    head["value.bias"].values = {1000, -1000, 0};
    const BagPrediction prediction = predicted(withHead("clamp", head), madeFeatures(9));
    for (size_t i = 0; i < 9; ++i) {
      QCOMPARE(prediction.expression.at(0, i), 10 * 0.5f + 5);
      QCOMPARE(prediction.expression.at(1, i), -10 * 0.5f + 6);
    }
    QCOMPARE(prediction.values[0], 10.0f);
    QCOMPARE(prediction.values[1], 1.0f);
  }

  void headsThatDoNotFitAreRefused() {
    const auto without = [](const char* name) {
      TensorFile head = madeHead(6, 5, 4, int(kGenes), 99);
      head.erase(name);
      return head;
    };
    TensorFile flat = madeHead(6, 5, 4, int(kGenes), 99);
    flat["attention.hidden.weight"].shape = {int64_t(kGenes) * 4, 5};
    const std::pair<TensorFile, const char*> cases[] = {
        {madeHead(7, 5, 4, 3, 1), "they take 7 features a tile, the encoder gives 6"},
        {madeHead(6, 5, 4, 2, 1), "they predict 2 genes, the manifest lists 3"},
        {without("embedding.weight"), "the tensor 'embedding.weight' is missing or not H x D"},
        {without("attention.out.bias"), "the tensor 'attention.out.bias' is missing"},
        {flat, "the tensor 'attention.hidden.weight' is missing or not G x A x H"}};
    int number = 0;
    for (const auto& [head, reason] : cases) {
      const auto heads = loadSlideHead(withHead(("head" + std::to_string(number++)).c_str(), head));
      QVERIFY2(!heads, reason);
      QVERIFY2(heads.error().sentence.find(reason) != std::string::npos, heads.error().sentence.c_str());
    }
  }

  void gatedHeadsThatDoNotFitAreRefused() {
    const std::pair<TensorFile, const char*> cases[] = {
        {madeGatedHead({.outputs = 2}, 1), "head.h5: they give 2 numbers a gene where 1 is needed"},
        {madeGatedHead({.branches = 2}, 1), "they predict 2 genes, the manifest lists 3"},
        {madeHead(6, 5, 4, 3, 1), "the tensor 'attention.tanh.weight' is missing or not G x A x H"}};
    int number = 0;
    for (const auto& [head, reason] : cases) {
      const auto heads = loadSlideHead(
          withHead(("gated" + std::to_string(number++)).c_str(), head, HeadKind::GatedAttention));
      QVERIFY2(!heads, reason);
      QVERIFY2(heads.error().sentence.find(reason) != std::string::npos, heads.error().sentence.c_str());
    }
  }

  void anEncoderOnItsOwnPredictsNothing() {
    const auto heads = loadSlideHead(madeModel(path("alone"), 0));
    QVERIFY(!heads);
    QVERIFY(heads.error().sentence.ends_with("it is an encoder on its own and predicts no genes."));
  }

  void bagsThatDoNotFitAreRefused() {
    const Result<SlideHead> heads = loadSlideHead(madeModel(path("bags")));
    QVERIFY(heads.has_value());
    QVERIFY(heads->predict(Matrix(0, 6)).error().sentence.ends_with("failed: there are no tiles."));
    QVERIFY(heads->predict(Matrix(2, 5))
                .error()
                .sentence.ends_with("failed: 5 features a tile where 6 are needed."));
    Matrix broken = madeFeatures(2);
    broken.at(0, 0) = NAN;
    QVERIFY(heads->predict(broken).error().sentence.ends_with("the value of GENE0 is not a finite number."));
  }
};

}  // namespace geneglass::slide_head_test

GENEGLASS_TEST(geneglass::slide_head_test::SlideHeadTest)
#include "slide_head_test.moc"
