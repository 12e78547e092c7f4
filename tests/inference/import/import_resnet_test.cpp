// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "inference/encoder/encoder.h"
#include "inference/import/import_encoder.h"
#include "tests/inference/encoder/plain_resnet_v2.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/support/written_npz.h"
#include "tests/support/written_safetensors.h"

namespace geneglass::import_resnet_test {

using namespace geneglass::testing;

namespace {

Image paintedTile(int side) {
  Image tile(side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) tile.at(x, y) = tissue(x * 3, y * 3);
  return tile;
}

std::vector<float> featuresOf(const ModelPackage& package, const Image& tile) {
  Result<Encoder> encoder = loadEncoder(package);
  if (!encoder) qFatal("%s", encoder.error().sentence.c_str());
  return encoder->encode(std::span(&tile, 1)).value().values;
}

/// The largest difference as a part of the largest feature.
double relativeDifference(const std::vector<float>& found, const std::vector<double>& expected) {
  double difference = found.size() == expected.size() ? 0 : INFINITY, largest = 0;
  for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    difference = std::max(difference, std::abs(double(found[i]) - expected[i]));
    largest = std::max(largest, std::abs(expected[i]));
  }
  return difference / largest;
}

}  // namespace

class ImportResnetTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  int m_made = 0;

  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  Result<ModelPackage> imported(const std::filesystem::path& source, std::optional<int> lastBlock = {},
                                const std::string& licence = "CC0-1.0", std::optional<int> tile = 32) {
    return importEncoder({source, path("package" + std::to_string(m_made++)), licence, 0.5, tile, lastBlock});
  }
  std::filesystem::path safetensors(const TensorFile& tensors) const {
    writeSafetensors(path("weights.safetensors"), tensors);
    return path("weights.safetensors");
  }
  std::filesystem::path npz(const TensorFile& tensors) const {
    writeNpz(path("weights.npz"), tensors);
    return path("weights.npz");
  }
  /// Why that source is refused, what comes before the reason left out.
  std::string reason(const std::filesystem::path& source, std::optional<int> lastBlock = {},
                     const std::string& licence = "CC0-1.0") {
    const Result<ModelPackage> package = imported(source, lastBlock, licence);
    if (package) return "it was imported";
    const std::string start = "Cannot import '" + source.string() + "': ", said = package.error().sentence;
    return said.starts_with(start) ? said.substr(start.size()) : said;
  }

 private Q_SLOTS:
  void aResNetOfTorchvisionsNamesGivesTheFeaturesOfPlainLoops_data() {
    QTest::addColumn<int>("lastBlock");
    QTest::addColumn<QList<int>>("kept");
    QTest::newRow("whole") << -1 << QList<int>{2, 2};
    QTest::newRow("cut after a stage") << 1 << QList<int>{2};
    QTest::newRow("cut within one") << 2 << QList<int>{2, 1};
  }
  void aResNetOfTorchvisionsNamesGivesTheFeaturesOfPlainLoops() {
    QFETCH(int, lastBlock);
    QFETCH(QList<int>, kept);
    TensorFile tensors = madeResNet({2, 2}, {4, 6}, 7);
    tensors["fc.weight"] = {{10, 6}, std::vector<float>(60)};
    tensors["fc.bias"] = {{10}, std::vector<float>(10)};
    const Result<ModelPackage> package =
        imported(safetensors(tensors), lastBlock < 0 ? std::nullopt : std::optional(lastBlock));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    const std::vector<int> blocks(kept.begin(), kept.end());
    QVERIFY(package->encoder.blocks == blocks);
    const Image tile = paintedTile(32);
    const auto expected = plainResNet(normalisedPlanes(tile, package->encoder), tensors, blocks);
    QVERIFY(relativeDifference(featuresOf(*package, tile), expected) < 1e-5);
  }

  void tiatoolboxsCountedNamesAreTheSameNetwork() {
    const TensorFile tensors = madeResNet({2, 2}, {4, 6}, 7);
    TensorFile counted{{"classifier.weight", {{9, 6}, std::vector<float>(54)}},
                       {"classifier.bias", {{9}, std::vector<float>(9)}}};
    const std::pair<std::string, std::string> names[] = {
        {"conv1", "0"}, {"bn1", "1"}, {"layer1", "4"}, {"layer2", "5"}};
    for (const auto& [name, tensor] : tensors)
      for (const auto& [from, to] : names)
        if (name.starts_with(from + ".")) counted["feat_extract." + to + name.substr(from.size())] = tensor;
    const Result<ModelPackage> package = imported(safetensors(counted));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    const Image tile = paintedTile(32);
    const auto expected = plainResNet(normalisedPlanes(tile, package->encoder), tensors, {2, 2});
    QVERIFY(relativeDifference(featuresOf(*package, tile), expected) < 1e-5);
  }

  void bottlenecksAreKnownByTheirThirdConvolution() {
    const TensorFile tensors = madeResNet({3, 4, 6, 3}, {8, 16, 24, 32}, 7, ResidualBlock::Bottleneck);
    const Result<ModelPackage> package = imported(safetensors(tensors), 12);
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("ResNet-50 to block 12"));
    QVERIFY(package->encoder.block == ResidualBlock::Bottleneck);
    QVERIFY(package->encoder.blocks == (std::vector<int>{3, 4, 6}));
    QCOMPARE(package->encoder.width, 24);
    QVERIFY(loadEncoder(*package).has_value());
  }

  void aFolderSaysItsColoursTileAndLicence() {
    std::filesystem::create_directories(path("timm"));
    writeSafetensors(path("timm/model.safetensors"), madeResNet({2, 2, 2, 2}, {4, 6, 6, 8}, 7));
    std::ofstream(path("timm/config.json"))
        << R"({"architecture": "resnet18", "license": "other", "pretrained_cfg": {"input_size": [3, 48, 48],)"
           R"("mean": [0.5, 0.4, 0.3], "std": [0.2, 0.25, 0.5], "license": "apache-2.0"}})";
    const Result<ModelPackage> package = imported(path("timm"), {}, "", {});
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("ResNet-18"));
    QCOMPARE(package->licence, std::string("apache-2.0"));
    QCOMPARE(package->encoder.tile, 48);
    QVERIFY(package->encoder.mean == (std::vector<float>{0.5f, 0.4f, 0.3f}));
    QVERIFY(package->encoder.deviation == (std::vector<float>{0.2f, 0.25f, 0.5f}));
    std::filesystem::remove(path("timm/model.safetensors"));
    QCOMPARE(reason(path("timm")), std::string("there is no model.safetensors or pytorch_model.bin in it."));
    std::ofstream(path("timm/config.json")) << R"({"mean": [0.5, 0.4]})";
    QCOMPARE(reason(path("timm")), "Cannot read '" + path("timm/config.json").string() +
                                       "': its 'mean' is no list of three numbers from 0 to 1.");
    std::ofstream(path("timm/config.json")) << "{";
    QCOMPARE(reason(path("timm")),
             "Cannot read '" + path("timm/config.json").string() + "': it is no JSON object.");
  }

  void preActivationNumberedByMxnetGivesTheFeaturesOfPlainLoops_data() {
    QTest::addColumn<QList<int>>("blocks");
    QTest::addColumn<QList<int>>("channels");
    QTest::addColumn<int>("lastBlock");
    QTest::newRow("two stages") << QList<int>{2, 3} << QList<int>{8, 12} << -1;
    QTest::newRow("four stages") << QList<int>{1, 2, 1, 1} << QList<int>{8, 12, 12, 16} << -1;
    QTest::newRow("cut after a stage") << QList<int>{2, 3} << QList<int>{8, 12} << 1;
    QTest::newRow("cut within one") << QList<int>{2, 3} << QList<int>{8, 12} << 3;
  }
  void preActivationNumberedByMxnetGivesTheFeaturesOfPlainLoops() {
    QFETCH(QList<int>, blocks);
    QFETCH(QList<int>, channels);
    QFETCH(int, lastBlock);
    const std::vector<int> all(blocks.begin(), blocks.end());
    const TensorFile tensors = madeNumberedV2(all, {channels.begin(), channels.end()}, 31);
    const Result<ModelPackage> package =
        imported(npz(tensors), lastBlock < 0 ? std::nullopt : std::optional(lastBlock));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.architecture, std::string("resnetv2"));
    const Image tile = paintedTile(32);
    const auto expected = plainNumberedV2(normalisedPlanes(tile, EncoderFacts()), tensors, all,
                                          lastBlock < 0 ? 99 : lastBlock + 1);
    const double difference = relativeDifference(featuresOf(*package, tile), expected);
    QVERIFY2(difference < 1e-5, qPrintable(QString::number(difference)));
  }

  void weightsThatDoNotFitAreRefusedByName() {
    const TensorFile good = madeResNet({2, 2}, {4, 6}, 7);
    TensorFile bad = good;
    bad.erase("layer2.0.bn2.running_var");
    QCOMPARE(reason(safetensors(bad)), std::string("the tensor 'layer2.0.bn2.running_var' is missing."));
    bad = good;
    bad["layer1.0.se.fc1.weight"] = {{1}, {1}};
    QCOMPARE(reason(safetensors(bad)),
             std::string(
                 "it holds a tensor 'layer1.0.se.fc1.weight' that such a residual network does not have."));
    bad = good;
    bad["layer1.1.conv2.weight"] = {{4, 2, 3, 3}, std::vector<float>(72)};
    QCOMPARE(
        reason(safetensors(bad)),
        std::string(
            "the tensor 'layer1.1.conv2.weight' has the shape [4, 2, 3, 3] where [4, 4, 3, 3] is needed."));
    QCOMPARE(reason(safetensors(good), 4),
             std::string("its blocks are numbered from 0 to 3, there is no block 4."));
    TensorFile v2 = madeNumberedV2({2, 3}, {8, 12}, 31);
    v2.erase("stage3_batchnorm0_beta");
    QCOMPARE(reason(npz(v2)), std::string("the tensor 'stage3_batchnorm0_beta' is missing."));
    v2 = madeNumberedV2({2, 3}, {8, 12}, 31);
    v2.at("batchnorm0_gamma").values[1] = -1;
    QCOMPARE(reason(npz(v2)), std::string("its 'batchnorm0' turns a colour about."));
  }

  void whatSaysNoLicenceOrIsNoSourceIsRefused() {
    QCOMPARE(reason(safetensors(madeResNet({1}, {4}, 7)), {}, ""),
             std::string("it does not say under which licence it is; --licence does."));
    QCOMPARE(reason("/nowhere/model.onnx"),
             std::string("it is no folder, .npz, .safetensors, .bin, .pth or .pt file."));
  }

  void theLicensedResNetToStage3Gives1024Numbers() {
    GENEGLASS_NEED(weights, "licensed/resnet50v2_imagenet_to_stage3_fp16.npz");
    const Result<ModelPackage> package = imported(weights);
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("ResNet-50 v2 to stage 3"));
    QCOMPARE(package->encoder.width, 1024);
    QVERIFY(loadEncoder(*package).has_value());
  }
};

}  // namespace geneglass::import_resnet_test

GENEGLASS_TEST(geneglass::import_resnet_test::ImportResnetTest)
#include "import_resnet_test.moc"
