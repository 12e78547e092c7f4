// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "inference/head/head_network.h"
#include "inference/torch/torch_gated_attention.h"
#include "tests/inference/head/plain_gated_head.h"
#include "tests/support/test_program.h"

namespace geneglass::gated_attention_test {

using namespace geneglass::testing;

namespace {

Matrix madeFeatures(size_t rows, unsigned seed = 5) {
  Matrix features(rows, 6);
  features.values = madeNumbers(rows * 6, seed);
  return features;
}

torch::Tensor tensorOf(const Matrix& matrix) {
  return torch::tensor(matrix.values).reshape({int64_t(matrix.rows), int64_t(matrix.columns)});
}

/// U H + d of one branch and output, from part `part` of its weights (0 or 1 with the pool of extremes).
double readOut(const TensorFile& head, const std::vector<double>& h, size_t row, size_t part = 0) {
  const size_t wide = size_t(head.at("value.weight").shape[2]);
  double sum = head.at("value.bias").values[row] / (wide == h.size() ? 1 : 2);
  for (size_t j = 0; j < h.size(); ++j)
    sum += head.at("value.weight").values[row * wide + part * h.size() + j] * h[j];
  return sum;
}

double largestDifference(const Matrix& rows, const torch::Tensor& columns) {
  return (tensorOf(rows).t() - columns).abs().max().item<double>();
}

}  // namespace

class GatedAttentionTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theScoresAreTheFormulaOfTheHeader() {
    const TensorFile head = madeGatedHead({6, 5, 4, 3, 2, false}, 31);
    const Result<HeadNetwork> network = HeadNetwork::make(HeadKind::GatedAttention, head);
    QVERIFY(network);
    QCOMPARE(network->features(), 6);
    QCOMPARE(network->branches(), 3);
    QCOMPARE(network->outputs(), 2);
    QVERIFY(network->pool() == BagPool::Attention);
    const Matrix features = madeFeatures(77);  // more than one run of 64
    const TileScores scores = network->scores(network->embed(features), 0, 3);
    const auto tiles = plainGatedTiles(head, features);
    for (size_t i = 0; i < tiles.size(); ++i) {
      for (size_t g = 0; g < 3; ++g) QVERIFY(std::abs(scores.logits.at(g, i) - tiles[i].logits[g]) < 1e-5);
      for (size_t row = 0; row < 6; ++row)
        QVERIFY(std::abs(scores.values.at(row, i) - readOut(head, tiles[i].embedded, row)) < 1e-5);
    }
    QCOMPARE(network->bias(2, 1), head.at("value.bias").values[5]);
  }

  void trainingAndUseComputeTheSame_data() {
    QTest::addColumn<bool>("extremes");
    QTest::newRow("pool of attention") << false;
    QTest::newRow("pool of extremes") << true;
  }
  void trainingAndUseComputeTheSame() {
    QFETCH(bool, extremes);
    const TensorFile head = madeGatedHead({6, 5, 4, 3, 2, extremes}, 32);
    GatedAttentionModule module(gatedShapeOf(head));
    const Result<void> set = setTensors(module, head);
    QVERIFY2(set, set ? "" : set.error().sentence.c_str());
    const Matrix features = madeFeatures(130);
    const auto trained = module.scores(tensorOf(features));
    const Result<HeadNetwork> network = HeadNetwork::make(HeadKind::GatedAttention, head);
    const TileScores used = network->scores(network->embed(features), 0, 3);
    QVERIFY(largestDifference(used.values, trained.values) < 1e-5);
    QVERIFY(largestDifference(used.logits, trained.logits) < 1e-5);
    QCOMPARE(tensorsOf(module).at("value.weight").values, head.at("value.weight").values);
  }

  void poolingReadOutsIsReadingThePooledEmbedding() {
    const TensorFile head = madeGatedHead({6, 5, 4, 2, 1, false}, 33);
    GatedAttentionModule module(gatedShapeOf(head));
    QVERIFY(setTensors(module, head));
    const Matrix features = madeFeatures(40);
    const torch::Tensor said = module.forward(tensorOf(features));
    const auto tiles = plainGatedTiles(head, features);
    for (size_t g = 0; g < 2; ++g) {
      double sum = 0;
      std::vector<double> pooled(5);
      for (const PlainGatedTile& tile : tiles) sum += std::exp(tile.logits[g]);
      for (const PlainGatedTile& tile : tiles)
        for (size_t j = 0; j < 5; ++j) pooled[j] += std::exp(tile.logits[g]) / sum * tile.embedded[j];
      QVERIFY(std::abs(said[int64_t(g)][0].item<double>() - readOut(head, pooled, g)) < 1e-5);
    }
  }

  void thePoolOfExtremesReadsTheMeansOfBothEnds_data() {
    QTest::addColumn<int>("tiles");
    QTest::newRow("200 tiles: all at both ends") << 200;
    QTest::newRow("201 tiles") << 201;
    QTest::newRow("450 tiles") << 450;
  }
  void thePoolOfExtremesReadsTheMeansOfBothEnds() {
    QFETCH(int, tiles);
    const TensorFile head = madeGatedHead({6, 5, 4, 2, 1, true}, 34);
    GatedAttentionModule module(gatedShapeOf(head));
    QVERIFY(module.shape().pool == BagPool::Extremes);
    QVERIFY(setTensors(module, head));
    const Matrix features = madeFeatures(size_t(tiles));
    const torch::Tensor said = module.forward(tensorOf(features));
    auto plain = plainGatedTiles(head, features);
    for (size_t g = 0; g < 2; ++g) {
      std::sort(plain.begin(), plain.end(),
                [&](const auto& a, const auto& b) { return a.logits[g] < b.logits[g]; });
      const size_t end = tiles > 200 ? 100 : plain.size();
      double sum = 0;
      for (size_t i = 0; i < end; ++i)
        sum += readOut(head, plain[i].embedded, g, 0) +
               readOut(head, plain[plain.size() - 1 - i].embedded, g, 1);
      QVERIFY(std::abs(said[int64_t(g)][0].item<double>() - sum / double(end)) < 1e-5);
    }
  }

  void equalAttentionIsCutByOrder() {
    const std::vector<float> logits(300, 0.5f);
    const BagExtremes ends = extremesOf(logits);
    QCOMPARE(ends.lowest.front(), 0u);
    QCOMPARE(ends.lowest.back(), 99u);
    QCOMPARE(ends.highest.front(), 200u);
    QCOMPARE(ends.highest.back(), 299u);
  }

  void aModelOfOneGeneHasTheNumbersOfThePaper() {
    int64_t count = 0;
    const GatedAttentionModule module{GatedShape{}};
    for (const torch::Tensor& parameter : module.parameters()) count += parameter.numel();
    QCOMPARE(count, int64_t{788'226});
  }

  void weightsBeginAsXaviersAndBiasesAtZero() {
    torch::manual_seed(3);
    const GatedAttentionModule module({300, 200, 100, 2, 1, BagPool::Attention});
    const auto deviation = [&](const char* name) {
      return module.named_parameters()[name].std().item<double>();
    };
    QVERIFY(std::abs(deviation("embedding.weight") / std::sqrt(2.0 / 500) - 1) < 0.02);
    QVERIFY(std::abs(deviation("attention.tanh.weight") / std::sqrt(2.0 / 300) - 1) < 0.02);
    QVERIFY(std::abs(deviation("attention.sigmoid.weight") / std::sqrt(2.0 / 300) - 1) < 0.02);
    QVERIFY(std::abs(deviation("attention.out.weight") / std::sqrt(2.0 / 101) - 1) < 0.2);
    QVERIFY(std::abs(deviation("value.weight") / std::sqrt(2.0 / 201) - 1) < 0.2);
    for (const auto& item : module.named_parameters())
      if (item.key().ends_with("bias")) QCOMPARE(item.value().abs().max().item<double>(), 0.0);
  }

  void headsThatDoNotFitAreRefused() {
    const auto changed = [](const auto& change) {
      TensorFile head = madeGatedHead({}, 35);
      change(head);
      return head;
    };
    const std::pair<TensorFile, const char*> cases[] = {
        {changed([](TensorFile& head) { head.erase("embedding.weight"); }),
         "the tensor 'embedding.weight' is missing or not H x D"},
        {changed([](TensorFile& head) { head.erase("attention.tanh.weight"); }),
         "the tensor 'attention.tanh.weight' is missing or not G x A x H"},
        {changed([](TensorFile& head) {
           head.at("value.weight").shape = {3, 5};
         }),
         "the tensor 'value.weight' is missing or not G x O x H or G x O x 2 H"},
        {changed([](TensorFile& head) { head.erase("attention.sigmoid.bias"); }),
         "the tensor 'attention.sigmoid.bias' is missing"},
        {changed([](TensorFile& head) { head.at("value.bias").shape = {3}; }),
         "the tensor 'value.bias' has the shape [3] where [3, 1] is needed"},
        {changed([](TensorFile& head) { head["attention.hidden.bias"] = {}; }),
         "it holds a tensor 'attention.hidden.bias' that the network does not have"}};
    for (const auto& [head, reason] : cases) {
      const auto network = HeadNetwork::make(HeadKind::GatedAttention, head);
      QVERIFY2(!network, reason);
      QCOMPARE(QString::fromStdString(network.error().sentence), QString::fromUtf8(reason));
    }
  }
};

}  // namespace geneglass::gated_attention_test

GENEGLASS_TEST(geneglass::gated_attention_test::GatedAttentionTest)
#include "gated_attention_test.moc"
