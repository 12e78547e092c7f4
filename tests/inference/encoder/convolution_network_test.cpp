// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cstring>

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/fold_batch_norm.h"
#include "inference/encoder/int8_weights.h"
#include "tests/inference/encoder/reference_network.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass::convolution_network_test {

using namespace geneglass::testing;

namespace {

EncoderFacts factsOf(int tile, std::vector<int> blocks, std::vector<int> channels) {
  EncoderFacts facts;
  facts.tile = tile;
  facts.architecture = "resnet";
  facts.width = channels.back();
  facts.blocks = std::move(blocks);
  facts.channels = std::move(channels);
  return facts;
}

TensorFile madeWeights(const EncoderFacts& facts) {
  return *foldBatchNorm(madeResNet(facts.blocks, facts.channels, 11, facts.block));
}

Image paintedTile(int side, int number) {
  Image tile(side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) tile.at(x, y) = tissue(x * 3 + number * 1000, y * 3);
  return tile;
}

ConvolutionNetwork networkOf(const EncoderFacts& facts, const TensorFile& folded) {
  Result<ConvolutionNetwork> network = ConvolutionNetwork::make(facts, folded);
  if (!network) qFatal("%s", network.error().sentence.c_str());
  return std::move(*network);
}

std::vector<float> featuresOf(const ConvolutionNetwork& network, ConvolutionNetwork::Lane& lane,
                              const Image& tile, int width) {
  const OneOpenMpThread oneThread;
  std::vector<float> features(static_cast<size_t>(width));
  network.run(lane, tile, features);
  return features;
}

/// The largest difference as a part of the largest feature.
double relativeDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double difference = a.size() == b.size() ? 0 : INFINITY, largest = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference = std::max(difference, std::abs(double(a[i]) - b[i]));
    largest = std::max(largest, std::abs(double(b[i])));
  }
  return difference / largest;
}

double differenceFromLibTorch(const EncoderFacts& facts, const TensorFile& folded) {
  const ConvolutionNetwork network = networkOf(facts, folded);
  ConvolutionNetwork::Lane lane = network.lane();
  double largest = 0;
  for (int number = 0; number < 2; ++number) {
    const Image tile = paintedTile(facts.tile, number);
    largest = std::max(largest, relativeDifference(featuresOf(network, lane, tile, facts.width),
                                                   referenceFeatures(facts, folded, tile)));
  }
  qInfo("largest difference from LibTorch: %.2g of the largest feature", largest);
  return largest;
}

}  // namespace

class ConvolutionNetworkTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void shapesOfAllKindsGiveLibTorchsFeatures_data() {
    QTest::addColumn<int>("tile");
    QTest::addColumn<QList<int>>("blocks");
    QTest::addColumn<QList<int>>("channels");
    QTest::addColumn<bool>("bottleneck");
    QTest::newRow("ResNet-18") << 224 << QList<int>{2, 2, 2, 2} << QList<int>{64, 128, 256, 512} << false;
    QTest::newRow("the shipped model's")
        << 224 << QList<int>{1, 1, 1, 1} << QList<int>{16, 32, 64, 128} << false;
    QTest::newRow("odd side, odd channels") << 75 << QList<int>{1, 2} << QList<int>{5, 19} << false;
    QTest::newRow("same channels twice") << 64 << QList<int>{2, 1} << QList<int>{16, 16} << false;
    QTest::newRow("smallest") << 16 << QList<int>{1, 1, 1, 1, 1} << QList<int>{4, 4, 4, 4, 8} << false;
    QTest::newRow("ResNet-50 cut after stage 3")
        << 256 << QList<int>{3, 4, 6} << QList<int>{256, 512, 1024} << true;
    QTest::newRow("bottlenecks, odd side") << 75 << QList<int>{1, 2} << QList<int>{20, 20} << true;
    QTest::newRow("a bottleneck that keeps the stem's channels")
        << 32 << QList<int>{2} << QList<int>{4} << true;
  }
  void shapesOfAllKindsGiveLibTorchsFeatures() {
    QFETCH(int, tile);
    QFETCH(QList<int>, blocks);
    QFETCH(QList<int>, channels);
    QFETCH(bool, bottleneck);
    EncoderFacts facts = factsOf(tile, {blocks.begin(), blocks.end()}, {channels.begin(), channels.end()});
    if (bottleneck) facts.block = ResidualBlock::Bottleneck;
    QVERIFY(differenceFromLibTorch(facts, madeWeights(facts)) < 1e-4);
  }

  void theImageNetWeightsGiveLibTorchsFeatures() {
    GENEGLASS_NEED(folder, "weights/resnet18_imagenet_npy");
    const EncoderFacts facts = factsOf(224, {2, 2, 2}, {64, 128, 256});
    QVERIFY(differenceFromLibTorch(facts, readNumpyFolder(folder)) < 1e-4);
  }

  void whatALaneComputedBeforeLeavesNoTrace() {
    const EncoderFacts facts = factsOf(224, {1, 1, 1, 1}, {16, 32, 64, 128});
    const ConvolutionNetwork network = networkOf(facts, madeWeights(facts));
    ConvolutionNetwork::Lane used = network.lane();
    for (int number = 0; number < 4; ++number) {
      const Image tile = paintedTile(facts.tile, number);
      ConvolutionNetwork::Lane fresh = network.lane();
      QCOMPARE(featuresOf(network, used, tile, 128), featuresOf(network, fresh, tile, 128));
    }
  }

  void networksMadeTwiceAgreeBitForBitInManyThreads() {
    const EncoderFacts facts = factsOf(64, {2, 2}, {64, 128});
    const TensorFile weights = madeWeights(facts);
    const ConvolutionNetwork one = networkOf(facts, weights), other = networkOf(facts, weights);
    constexpr size_t kTiles = 24;
    std::vector<std::vector<float>> expected(kTiles), found(kTiles);
    ConvolutionNetwork::Lane lane = one.lane();
    for (size_t i = 0; i < kTiles; ++i)
      expected[i] = featuresOf(one, lane, paintedTile(facts.tile, int(i)), facts.width);
    std::vector<ConvolutionNetwork::Lane> lanes;
    for (int i = 0; i < 6; ++i) lanes.push_back(other.lane());
    inOwnThreads(kTiles, 1, 6, [&](size_t thread, size_t i, size_t) {
      found[i] = featuresOf(other, lanes[thread], paintedTile(facts.tile, int(i)), facts.width);
    });
    QVERIFY(expected == found);
    QVERIFY(expected[0] != expected[1]);
  }

  void inInt8AnEvenTileOfTheMeanColourIsTheBiasAlone() {
    EncoderFacts facts = factsOf(64, {1}, {16});
    facts.mean = {0.8f, 0.6f, 0.4f};  // whole bytes: 204, 153, 102
    const TensorFile tensors = madeWeights(facts);
    const auto [weight, bias] = onPixels(tensors.at("conv1.weight"), tensors.at("conv1.bias"), facts);
    const Int8Weights whole = quantise(weight, bias, 1);
    const uint32_t pixel = outsidePixel(facts);
    const int bytes[4] = {blueOf(pixel), greenOf(pixel), redOf(pixel), alphaOf(pixel)};
    for (size_t o = 0; o < 16; ++o) {
      int64_t sum = 0;
      for (size_t i = 0; i < 4 * 49; ++i) sum += whole.values[o * 4 * 49 + i] * bytes[i / 49];
      const double value = (double(sum) + whole.bias[o]) * whole.outputSize[o];
      QVERIFY(std::abs(value - tensors.at("conv1.bias").values[o]) < 1e-4);
    }
  }

  void theWorkIsCountedAsTheFieldDoes() {
    const ConvolutionPlan plan = planResNet(factsOf(224, {2, 2, 2, 2}, {64, 128, 256, 512}));
    QCOMPARE(plan.steps.size(), size_t(20));
    QVERIFY(std::abs(plan.operations() / 1e9 - 3.627) < 0.001);
    QCOMPARE(plan.steps.back().sideOut(), 7);
    EncoderFacts cut = factsOf(224, {3, 4, 6}, {256, 512, 1024});
    cut.block = ResidualBlock::Bottleneck;
    QVERIFY(std::abs(planResNet(cut).operations() / 1e9 - 6.557) < 0.01);
  }

  void whatOneThreadThrowsEndsTheOthersAndArrives() {
    std::atomic<int> done = 0;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, inOwnThreads(1000, 1, 3, [&](size_t, size_t begin, size_t) {
                               if (begin == 5) throw std::runtime_error("the sixth");
                               ++done;
                               QThread::msleep(1);
                             }));
    QVERIFY(done < 100);
  }
};

}  // namespace geneglass::convolution_network_test

GENEGLASS_TEST(geneglass::convolution_network_test::ConvolutionNetworkTest)
#include "convolution_network_test.moc"
