// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/encoder.h"
#include "tests/inference/encoder/plain_mobilenet.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass::mobilenet_test {

using namespace geneglass::testing;

namespace {

std::vector<Image> madeTiles(int count, int side) {
  std::vector<Image> tiles(size_t(count), Image(side, side));
  for (size_t i = 0; i < tiles.size(); ++i)
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) tiles[i].at(x, y) = tissue(x * 3 + int(i) * 1000, y * 3);
  return tiles;
}

const std::vector<int> kWhole{1, 2, 3, 4, 3, 3, 1};

}  // namespace

class MobilenetTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  ModelPackage packageOf(const char* name, const EncoderFacts& facts) const {
    ModelPackage package;
    package.folder = m_folder.path().toStdString() + "/" + name;
    std::filesystem::create_directories(package.folder);
    package.name = package.licence = "made";
    package.encoder = facts;
    if (const auto written = writeTensors(package.folder / "encoder.h5", madeMobileNet(facts, 5)); !written)
      qFatal("%s", written.error().sentence.c_str());
    const Result<ModelPackage> written = writeManifest(package);
    if (!written) qFatal("%s", written.error().sentence.c_str());
    const Result<ModelPackage> read = openModelPackage(package.folder);
    if (!read) qFatal("%s", read.error().sentence.c_str());
    return *read;
  }
  std::string refusalOf(const std::function<void(EncoderFacts&)>& change) const {
    ModelPackage package = packageOf("changed", mobileNetFacts(32, {1, 2}, {4, 3, 5}));
    change(package.encoder);
    (void)writeManifest(package);
    const Result<ModelPackage> read = openModelPackage(package.folder);
    return read ? "" : read.error().sentence;
  }

 private Q_SLOTS:
  void theFeaturesAreThoseOfPlainLoops_data() {
    QTest::addColumn<int>("tile");
    QTest::addColumn<QList<int>>("blocks");
    QTest::addColumn<QList<int>>("channels");
    QTest::newRow("all blocks and the last convolution")
        << 64 << QList<int>{1, 2, 3, 4, 3, 3, 1} << QList<int>{4, 3, 5, 6, 8, 10, 12, 16, 24};
    QTest::newRow("cut within a stage") << 64 << QList<int>{1, 2, 2} << QList<int>{8, 4, 6, 7};
    QTest::newRow("the one that does not expand") << 32 << QList<int>{1} << QList<int>{9, 5};
    QTest::newRow("of the same channels throughout") << 48 << QList<int>{1, 1, 1} << QList<int>{8, 8, 8, 8};
    QTest::newRow("odd side") << 75 << QList<int>{1, 2, 1} << QList<int>{16, 5, 19, 11};
    QTest::newRow("smallest") << 16 << QList<int>{1, 2, 3, 4, 3, 3, 1}
                              << QList<int>{4, 4, 4, 4, 4, 4, 4, 4, 8};
  }
  void theFeaturesAreThoseOfPlainLoops() {
    QFETCH(int, tile);
    QFETCH(QList<int>, blocks);
    QFETCH(QList<int>, channels);
    const EncoderFacts facts =
        mobileNetFacts(tile, {blocks.begin(), blocks.end()}, {channels.begin(), channels.end()});
    const TensorFile tensors = madeMobileNet(facts, 11);
    const Result<ConvolutionNetwork> network = ConvolutionNetwork::make(facts, tensors);
    QVERIFY2(network.has_value(), network ? "" : network.error().sentence.c_str());
    ConvolutionNetwork::Lane lane = network->lane();
    const OneOpenMpThread oneThread;
    for (const Image& image : madeTiles(2, tile)) {
      const std::vector<double> expected =
          plainMobileNet(normalisedPlanes(image, facts), tensors, facts.blocks);
      std::vector<float> features(size_t(facts.width));
      network->run(lane, image, features);
      double largest = 0, difference = 0;
      for (size_t i = 0; i < features.size(); ++i) {
        largest = std::max(largest, std::abs(expected[i]));
        difference = std::max(difference, std::abs(expected[i] - double(features[i])));
      }
      QVERIFY(largest > 0.1);
      QVERIFY2(difference < 1e-5 * largest, qPrintable(QString::number(difference / largest)));
    }
  }

  void theWholeNetworkAndItsCutAtBlock11HaveTheOperationsOfThePaper() {
    const EncoderFacts whole = mobileNetFacts(224, kWhole, {32, 16, 24, 32, 64, 96, 160, 320, 1280});
    QCOMPARE(planMobileNetV2(whole).steps.size(), size_t(52));
    QVERIFY(std::abs(planMobileNetV2(whole).operations() / 2e6 - 299.5) < 0.1);  // of 300 M in table 4
    const ConvolutionPlan cut =
        planMobileNetV2(mobileNetFacts(224, {1, 2, 3, 4, 3}, {32, 16, 24, 32, 64, 96}));
    QCOMPARE(cut.steps.back().out, 96);
    QCOMPARE(cut.steps.back().name, std::string("features.13.conv.2"));
    QVERIFY(cut.steps.back().adds && !cut.steps.back().rectifies);
  }

  void aTileHasTheSameBitsWithAnyNeighboursAndThreads() {
    const ModelPackage package =
        packageOf("threads", mobileNetFacts(64, {1, 2, 3, 4, 3}, {16, 8, 12, 16, 24, 32}));
    const std::vector<Image> tiles = madeTiles(24, 64);
    Result<Encoder> encoder = loadEncoder(package);
    QVERIFY2(encoder.has_value(), encoder ? "" : encoder.error().sentence.c_str());
    encoder->useThreads(1);
    const Result<Matrix> together = encoder->encode(tiles);
    encoder->useThreads(3);
    const Result<Matrix> threads = encoder->encode(tiles);
    QVERIFY(together && threads && together->values == threads->values);
    for (size_t i = 0; i < tiles.size(); ++i) {
      const Result<Matrix> alone = encoder->encode(std::span(tiles).subspan(i, 1));
      QVERIFY(alone && std::ranges::equal(alone->row(0), together->row(i)));
    }
    QVERIFY(!std::ranges::equal(together->row(0), together->row(1)));
  }

  void aPackageOfItIsReadAsItWasWritten() {
    const EncoderFacts facts = mobileNetFacts(32, {1, 2}, {4, 3, 5, 9});
    const ModelPackage package = packageOf("written", facts);
    QCOMPARE(package.encoder.architecture, std::string("mobilenetv2"));
    QVERIFY(package.encoder.blocks == facts.blocks && package.encoder.channels == facts.channels);
  }

  void aManifestThatDoesNotFitIsRefused() {
    const auto ends = [&](const char* sentence, const std::function<void(EncoderFacts&)>& change) {
      const std::string refusal = refusalOf(change);
      QVERIFY2(refusal.ends_with(sentence), refusal.c_str());
    };
    ends("'encoder.width' in its manifest.json is 7, but the last of 'channels' is 5.",
         [](EncoderFacts& facts) { facts.width = 7; });
    ends("'encoder.blocks' in its manifest.json must be of 1 to 7 stages.",
         [](EncoderFacts& facts) { facts.blocks.assign(8, 1); });
    ends(
        "'encoder.channels' in its manifest.json must be one more than 'blocks', or two with the last "
        "convolution.",
        [](EncoderFacts& facts) {
          facts.blocks = {1, 1, 1};
        });
  }

  void otherTensorsAreRefusedByName() {
    const EncoderFacts facts = mobileNetFacts(32, {1, 2}, {4, 3, 5});
    TensorFile tensors = madeMobileNet(facts, 3);
    tensors.at("features.2.conv.1.0.weight").shape = {18, 18, 3, 3};
    const auto refused = ConvolutionNetwork::make(facts, tensors);
    QVERIFY(!refused);
    QCOMPARE(refused.error().sentence,
             std::string("the tensor 'features.2.conv.1.0.weight' has the shape [18, 18, 3, 3] where "
                         "[18, 1, 3, 3] is needed"));
    tensors.erase("features.2.conv.1.0.weight");
    QCOMPARE(ConvolutionNetwork::make(facts, tensors).error().sentence,
             std::string("the tensor 'features.2.conv.1.0.weight' is missing"));
  }

  void int8IsRefused() {
    const ModelPackage package = packageOf("int8", mobileNetFacts(32, {1, 2}, {4, 3, 5}));
    const Result<Encoder> encoder = loadEncoder(package, Precision::Int8);
    QVERIFY(!encoder);
    QCOMPARE(encoder.error().sentence, "Cannot use the encoder of '" + package.folder.string() +
                                           "': the architecture 'mobilenetv2' is not computed in int8.");
  }
};

}  // namespace geneglass::mobilenet_test

GENEGLASS_TEST(geneglass::mobilenet_test::MobilenetTest)
#include "mobilenet_test.moc"
