// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <fstream>

#include "tests/inference/import/foreign_imports.h"
#include "tests/inference/import/made_foreign.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::import_encoder_test {

using namespace geneglass::testing;

class ImportEncoderTest final : public QObject, ForeignImports {
  Q_OBJECT

 private Q_SLOTS:
  void theLicensedNumbersOfMobileNetBecomeItsFeatures_data() {
    QTest::addColumn<int>("lastBlock");
    QTest::addColumn<QList<int>>("blocks");
    QTest::addColumn<QString>("name");
    QTest::newRow("whole") << -1 << QList<int>{1, 2, 3, 4, 3, 3, 1} << "MobileNetV2";
    QTest::newRow("11") << 11 << QList<int>{1, 2, 3, 4, 3} << "MobileNetV2 to block 11";
    QTest::newRow("10") << 10 << QList<int>{1, 2, 3, 4, 2} << "MobileNetV2 to block 10";
    QTest::newRow("0") << 0 << QList<int>{1, 1} << "MobileNetV2 to block 0";
    QTest::newRow("15") << 15 << QList<int>{1, 2, 3, 4, 3, 3, 1} << "MobileNetV2 to block 15";
  }
  void theLicensedNumbersOfMobileNetBecomeItsFeatures() {
    QFETCH(int, lastBlock);
    QFETCH(QList<int>, blocks);
    QFETCH(QString, name);
    const EncoderFacts facts = narrowMobileNet();
    TensorFile tensors = madeMobileNet(facts, 21);
    const Result<ModelPackage> package = importEncoder(
        requestFor(npz(numbered(facts, tensors)), lastBlock < 0 ? std::nullopt : std::optional(lastBlock)));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(QString::fromStdString(package->encoder.name), name);
    QVERIFY(package->encoder.blocks == std::vector<int>(blocks.begin(), blocks.end()));
    QCOMPARE(package->licence, std::string("CC0-1.0"));
    QCOMPARE(package->encoder.mpp, 0.5);
    if (lastBlock >= 0) tensors.erase("features.18.0.weight");
    const Image tile = paintedTile(32);
    const std::vector<float> features = featuresOf(*package, tile);
    const std::vector<double> expected =
        plainMobileNet(normalisedPlanes(tile, package->encoder), tensors, package->encoder.blocks);
    QCOMPARE(features.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) QVERIFY(std::abs(features[i] - expected[i]) < 1e-4);
  }

  void thePackageTestsItself() {
    const Result<ModelPackage> package =
        importEncoder(requestFor(npz(numbered(narrowMobileNet(), madeMobileNet(narrowMobileNet(), 21))), 11));
    QVERIFY(package.has_value());
    QVERIFY(loadEncoder(*package).has_value());
    TensorFile other = *readTensors(package->folder / "encoder.h5");
    other.at("features.3.conv.2.bias").values[0] += 1;
    QVERIFY(writeTensors(package->folder / "encoder.h5", other).has_value());
    const Result<Encoder> refused = loadEncoder(*package);
    QVERIFY(!refused);
    QVERIFY2(refused.error().sentence.find("it gives other features here than its author stored") !=
                 std::string::npos,
             refused.error().sentence.c_str());
  }

  void weightsThatDoNotFitAreRefusedByName() {
    const TensorFile good = numbered(narrowMobileNet(), madeMobileNet(narrowMobileNet(), 21));
    TensorFile bad = good;
    bad.erase("conv_38_bias");
    QCOMPARE(reason(requestFor(npz(bad))), std::string("the tensor 'conv_38_bias' is missing."));
    bad = good;
    bad.erase("conv_95_weight");
    QCOMPARE(reason(requestFor(npz(bad))), std::string("the tensor 'conv_95_weight' is missing."));
    bad = good;
    bad["conv_40_weight"] = {{48, 48, 3, 3}, std::vector<float>(48 * 48 * 9)};
    QCOMPARE(reason(requestFor(npz(bad))),
             std::string(
                 "the tensor 'conv_40_weight' has the shape [48, 48, 3, 3] where [48, 1, 3, 3] is needed."));
    bad = good;
    bad["conv_4_weight"] = {{3}, {1, 2, 3}};
    QCOMPARE(reason(requestFor(npz(bad))), std::string("the tensor 'conv_4_weight' is no convolution's."));
    bad = good;
    bad["dense_0_weight"] = {{1}, {1}};
    QCOMPARE(reason(requestFor(npz(bad))),
             std::string("it holds a tensor 'dense_0_weight' that MobileNetV2 does not have."));
    bad = good;
    bad.at("conv_7_bias").values[2] = NAN;
    QCOMPARE(reason(requestFor(npz(bad))),
             std::string("the tensor 'conv_7_bias' holds numbers that are not finite."));
  }

  void whatIsNoArchitectureKnownHereIsRefused() {
    QCOMPARE(reason(requestFor(npz({{"some.weight", {{1}, {1}}}}))),
             std::string(
                 "its tensors are named as in no architecture that is known here: MobileNetV2 and "
                 "ResNet v2 as NumPy "
                 "files number them, ResNet as torchvision and timm name it, vision transformers as timm and "
                 "transformers do."));
    QCOMPARE(reason(requestFor(npz(numbered(narrowMobileNet(), madeMobileNet(narrowMobileNet(), 21))), 16)),
             std::string("its blocks are numbered from 0 to 15, there is no block 16."));
  }

  void aFileThatIsNoneIsRefused() {
    std::ofstream(path("junk.npz")) << "junk";
    const Result<ModelPackage> package = importEncoder(requestFor(path("junk.npz")));
    QVERIFY(!package);
    QVERIFY2(package.error().sentence.starts_with("Cannot read '" + path("junk.npz").string() +
                                                  "': it is no zip archive"),
             package.error().sentence.c_str());
  }

  void aPackageThatIsThereStays() {
    const ImportRequest request =
        requestFor(npz(numbered(narrowMobileNet(), madeMobileNet(narrowMobileNet(), 21))));
    std::filesystem::create_directories(request.out);
    const Result<ModelPackage> package = importEncoder(request);
    QVERIFY(!package);
    QCOMPARE(package.error().sentence, "Cannot write '" + request.out.string() +
                                           "': it exists already; remove it or choose another name.");
  }

  void theLicensedMobileNetToBlock11Gives96Numbers() {
    GENEGLASS_NEED(weights, "licensed/mobilenetv2_imagenet.npz");
    const Result<ModelPackage> package = importEncoder(requestFor(weights, 11, "CC0-1.0", {}));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.width, 96);
    QCOMPARE(package->encoder.tile, 224);
    QVERIFY(loadEncoder(*package).has_value());
  }
};

}  // namespace geneglass::import_encoder_test

GENEGLASS_TEST(geneglass::import_encoder_test::ImportEncoderTest)
#include "import_encoder_test.moc"
