// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "tests/inference/encoder/plain_resnet_v2.h"
#include "tests/inference/import/foreign_imports.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::import_resnet_test {

using namespace geneglass::testing;

class ImportResnetTest final : public QObject, ForeignImports {
  Q_OBJECT

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
    const Result<ModelPackage> package = importEncoder(
        requestFor(safetensors(tensors), lastBlock < 0 ? std::nullopt : std::optional(lastBlock)));
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
    const Result<ModelPackage> package = importEncoder(requestFor(safetensors(counted)));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    const Image tile = paintedTile(32);
    const auto expected = plainResNet(normalisedPlanes(tile, package->encoder), tensors, {2, 2});
    QVERIFY(relativeDifference(featuresOf(*package, tile), expected) < 1e-5);
  }

  void bottlenecksAreKnownByTheirThirdConvolution() {
    const TensorFile tensors = madeResNet({3, 4, 6, 3}, {8, 16, 24, 32}, 7, ResidualBlock::Bottleneck);
    const Result<ModelPackage> package = importEncoder(requestFor(safetensors(tensors), 12));
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
    const Result<ModelPackage> package = importEncoder(requestFor(path("timm"), {}, "", {}));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("ResNet-18"));
    QCOMPARE(package->licence, std::string("apache-2.0"));
    QCOMPARE(package->encoder.tile, 48);
    QVERIFY(package->encoder.mean == (std::vector<float>{0.5f, 0.4f, 0.3f}));
    QVERIFY(package->encoder.deviation == (std::vector<float>{0.2f, 0.25f, 0.5f}));
    std::filesystem::remove(path("timm/model.safetensors"));
    QCOMPARE(reason(requestFor(path("timm"))),
             std::string("there is no model.safetensors, pytorch_model.bin or torchscript_model.pt in it."));
    std::ofstream(path("timm/config.json")) << R"({"mean": [0.5, 0.4]})";
    QCOMPARE(reason(requestFor(path("timm"))), "Cannot read '" + path("timm/config.json").string() +
                                                   "': its 'mean' is no list of three numbers from 0 to 1.");
    std::ofstream(path("timm/config.json")) << "{";
    QCOMPARE(reason(requestFor(path("timm"))),
             "Cannot read '" + path("timm/config.json").string() + "': it is not valid JSON.");
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
        importEncoder(requestFor(npz(tensors), lastBlock < 0 ? std::nullopt : std::optional(lastBlock)));
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
    QCOMPARE(reason(requestFor(safetensors(bad))),
             std::string("the tensor 'layer2.0.bn2.running_var' is missing."));
    bad = good;
    bad["layer1.0.se.fc1.weight"] = {{1}, {1}};
    QCOMPARE(reason(requestFor(safetensors(bad))),
             std::string(
                 "it holds a tensor 'layer1.0.se.fc1.weight' that such a residual network does not have."));
    bad = good;
    bad["layer1.1.conv2.weight"] = {{4, 2, 3, 3}, std::vector<float>(72)};
    QCOMPARE(
        reason(requestFor(safetensors(bad))),
        std::string(
            "the tensor 'layer1.1.conv2.weight' has the shape [4, 2, 3, 3] where [4, 4, 3, 3] is needed."));
    QCOMPARE(reason(requestFor(safetensors(good), 4)),
             std::string("its blocks are numbered from 0 to 3, there is no block 4."));
    TensorFile v2 = madeNumberedV2({2, 3}, {8, 12}, 31);
    v2.erase("stage3_batchnorm0_beta");
    QCOMPARE(reason(requestFor(npz(v2))), std::string("the tensor 'stage3_batchnorm0_beta' is missing."));
    v2 = madeNumberedV2({2, 3}, {8, 12}, 31);
    v2.at("batchnorm0_gamma").values[1] = -1;
    QCOMPARE(reason(requestFor(npz(v2))), std::string("its 'batchnorm0' turns a colour about."));
  }

  void whatSaysNoLicenceOrIsNoSourceIsRefused() {
    QCOMPARE(reason(requestFor(safetensors(madeResNet({1}, {4}, 7)), {}, "")),
             std::string("it does not say under which licence it is; --licence does."));
    QCOMPARE(reason(requestFor("/nowhere/model.onnx")),
             std::string("it is no folder, .npz, .safetensors, .bin, .pth or .pt file."));
  }

  void theLicensedResNetToStage3Gives1024Numbers() {
    GENEGLASS_NEED(weights, "licensed/resnet50v2_imagenet_to_stage3_fp16.npz");
    const Result<ModelPackage> package = importEncoder(requestFor(weights));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("ResNet-50 v2 to stage 3"));
    QCOMPARE(package->encoder.width, 1024);
    QVERIFY(loadEncoder(*package).has_value());
  }
};

}  // namespace geneglass::import_resnet_test

GENEGLASS_TEST(geneglass::import_resnet_test::ImportResnetTest)
#include "import_resnet_test.moc"
