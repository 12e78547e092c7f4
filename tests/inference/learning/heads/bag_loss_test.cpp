// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "tests/inference/learning/heads/gradient_check.h"
#include "tests/support/test_program.h"

namespace geneglass::bag_loss_test {

using namespace geneglass::testing;

namespace {

std::shared_ptr<AttentionRegressionModule> makeModule() {
  torch::manual_seed(11);
  auto module = std::make_shared<AttentionRegressionModule>(AttentionShape{5, 4, 3, 2});
  module->to(torch::kDouble);
  module->eval();
  return module;
}

BagBatch makeBatch() {
  torch::manual_seed(12);
  BagBatch batch{torch::randn({11, 5}, torch::kDouble), {4, 7}, torch::randn({2, 2}, torch::kDouble)};
  batch.labels[1][0] = std::nan("");
  return batch;
}

double largestDifference(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  double largest = 0;
  for (size_t i = 0; i < a.size(); ++i) largest = std::max(largest, (a[i] - b[i]).abs().max().item<double>());
  return largest;
}

}  // namespace

class BagLossTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gradientAgreesWithFiniteDifferences() {
    const auto module = makeModule();
    QVERIFY(largestGradientError(module, *module, makeBatch(), {0.1, 0, 100, 1}) < 1e-7);
  }
  void gradientDoesNotDependOnRowsAtOnce() {
    const auto module = makeModule();
    const BagBatch batch = makeBatch();
    const auto whole = gradientsOf(module, *module, batch, {0.1, 0, 100, 1});
    QVERIFY(largestDifference(whole, gradientsOf(module, *module, batch, {0.1, 0, 3, 1})) < 1e-12);
    QVERIFY(largestDifference(whole, gradientsOf(module, *module, batch, {0.2, 0, 100, 1})) > 1e-6);
  }
  void droppedValuesAreTheSameInBothPasses() {
    const auto module = makeModule();
    module->train();
    const BagBatch batch = makeBatch();
    const auto first = gradientsOf(module, *module, batch, {0, 0, 3, 1});
    QCOMPARE(largestDifference(first, gradientsOf(module, *module, batch, {0, 0, 3, 1})), 0.0);
    QVERIFY(largestDifference(first, gradientsOf(module, *module, batch, {0, 0, 3, 2})) > 1e-6);
  }
  void anUnknownLabelHasNoGradient() {
    const auto module = makeModule();
    BagBatch batch = makeBatch();
    batch.labels.fill_(std::nan(""));
    for (const torch::Tensor& gradient : gradientsOf(module, *module, batch, {0, 0, 100, 1}))
      QCOMPARE(gradient.abs().max().item<double>(), 0.0);
  }
  void attentionIsDrawnToWhereTheTilesOwnEstimateIsHigh() {
    const auto module = makeModule();
    const BagBatch batch = makeBatch();
    const torch::NoGradGuard noGrad;
    const auto scores = module->scores(batch.features);
    const double follows = 0.7;
    double divergence = 0;
    int64_t first = 0;
    for (const int64_t length : batch.lengths) {
      for (int64_t gene = 0; gene < 2; ++gene) {
        const torch::Tensor y = scores.values.narrow(0, first, length).select(1, gene);
        const torch::Tensor e = scores.logits.narrow(0, first, length).select(1, gene);
        const torch::Tensor prior = torch::softmax(follows * (y - y.mean()) / y.std(false), 0);
        const torch::Tensor a = torch::softmax(e, 0);
        divergence += (a * (a / prior).log()).sum().item<double>() / 4;
      }
      first += length;
    }
    const double plain = bagLoss(module, batch, {});
    const double drawn = bagLoss(module, batch, {.attentionPenalty = 0.5, .attentionFollowsValue = follows});
    QVERIFY(divergence > 1e-3);
    QVERIFY(std::abs(drawn - plain - 0.5 * divergence) < 1e-12);
  }
  /// h = x, y = 2 h + 1, e = 2 tanh h, for one gene.
  static std::shared_ptr<AttentionRegressionModule> handSet() {
    auto module = std::make_shared<AttentionRegressionModule>(AttentionShape{1, 1, 1, 1});
    const TensorFile weights = {{"embedding.weight", {{1, 1}, {1}}},
                                {"embedding.bias", {{1}, {0}}},
                                {"value.weight", {{1, 1}, {2}}},
                                {"value.bias", {{1}, {1}}},
                                {"attention.hidden.weight", {{1, 1, 1}, {1}}},
                                {"attention.hidden.bias", {{1, 1}, {0}}},
                                {"attention.out.weight", {{1, 1}, {2}}},
                                {"attention.out.bias", {{1}, {0}}}};
    if (!setTensors(*module, weights)) qFatal("the weights do not fit");
    module->eval();
    return module;
  }
  void aHandSetHeadGivesItsClosedForm() {
    const auto module = handSet();
    const double x = std::atanh(0.5), e = std::exp(1.0);  // e_2 - e_1 = 2 * 0.5
    const torch::Tensor tiles = torch::tensor({0.0, x}, torch::kFloat).reshape({2, 1});
    const double expected = (1 + e * (2 * x + 1)) / (1 + e);
    QVERIFY(std::abs(predictBags(module, {tiles, {2}, {}}, 100).item<double>() - expected) < 1e-6);
    const BagBatch batch{tiles, {2}, torch::full({1, 1}, 0.5)};
    QVERIFY(std::abs(bagLoss(module, batch, {}) - (expected - 0.5) * (expected - 0.5)) < 1e-5);
  }
  void tilesAndBagsAreClampedAtTen() {
    const auto module = handSet();
    const torch::Tensor far = torch::tensor({50.0, 50.0, -50.0}, torch::kFloat).reshape({3, 1});
    const torch::Tensor values = module->scores(far).values.flatten();
    QCOMPARE(values[0].item<float>(), 10.0f);
    QCOMPARE(values[2].item<float>(), -10.0f);
    QCOMPARE(predictBags(module, {far.narrow(0, 0, 2), {2}, {}}, 100).item<float>(), 10.0f);
  }
  void evaluationIsTheSameEveryTime() {
    const auto module = makeModule();
    const torch::Tensor tiles = makeBatch().features;
    const BagBatch batch{tiles, {11}, {}};
    const torch::Tensor once = predictBags(module, batch, 100);
    QVERIFY(torch::equal(once, predictBags(module, batch, 100)));
    module->train();
    QVERIFY(!torch::equal(once, predictBags(module, batch, 100)));  // dropout is on
    module->eval();
    QVERIFY(torch::equal(once, predictBags(module, batch, 100)));
  }
  void orderOfTilesChangesNothing() {
    const auto module = makeModule();
    const torch::Tensor tiles = makeBatch().features;
    const torch::Tensor one = predictBags(module, {tiles, {11}, {}}, 4);
    const torch::Tensor other = predictBags(module, {tiles.flip(0), {11}, {}}, 4);
    QVERIFY((one - other).abs().max().item<double>() < 1e-12);
  }
};

}  // namespace geneglass::bag_loss_test

GENEGLASS_TEST(geneglass::bag_loss_test::BagLossTest)
#include "bag_loss_test.moc"
