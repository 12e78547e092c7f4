// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/encoder.h"
#include "inference/encoder/fold_batch_norm.h"
#include "inference/encoder/int8_calibration.h"
#include "inference/package/package_precision.h"
#include "inference/package/processor_precision.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::encoder_precision_test {

using namespace geneglass::testing;

namespace {

std::vector<Image> madeTiles(int count) {
  std::vector<Image> tiles;
  for (int number = 0; number < count; ++number) {
    Image& tile = tiles.emplace_back(32, 32);
    for (int y = 0; y < 32; ++y)
      for (int x = 0; x < 32; ++x) tile.at(x, y) = tissue(x * 3 + number * 1000, y * 3);
  }
  return tiles;
}

Int8Scales scalesOf(const ModelPackage& package, std::span<const Image> tiles, int threads) {
  Result<TensorFile> tensors = readTensors(package.folder / package.encoder.weights);
  if (tensors && hasBatchNorm(*tensors)) tensors = foldBatchNorm(std::move(*tensors));
  const auto network = ConvolutionNetwork::make(package.encoder, *tensors);
  if (!network) qFatal("%s", network.error().sentence.c_str());
  const auto scales = calibrateInt8(*network, tiles, Int8Range::Largest, threads, {});
  if (!scales) qFatal("%s", scales.error().sentence.c_str());
  return *scales;
}

Matrix encoded(const ModelPackage& package, Precision precision, std::span<const Image> tiles, int threads) {
  Result<Encoder> encoder = loadEncoder(package, precision);
  if (!encoder) qFatal("%s", encoder.error().sentence.c_str());
  encoder->useThreads(threads);
  const Result<Matrix> features = encoder->encode(tiles);
  if (!features) qFatal("%s", features.error().sentence.c_str());
  return *features;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) ma += a[i] / double(a.size()), mb += b[i] / double(b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace

class EncoderPrecisionTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  std::string refusal(const ModelPackage& package, Precision precision = Precision::Float32) const {
    const auto encoder = loadEncoder(package, precision);
    return encoder ? std::string("was loaded") : encoder.error().sentence;
  }

  /// What the encoder gives for two tiles, as the author of the package stores it, `off` added to one number.
  void storeSelfTest(const ModelPackage& package, float off, size_t width) const {
    const std::vector<Image> tiles = madeTiles(2);
    Matrix outputs = encoded(package, Precision::Float32, tiles, 1);
    std::vector<int32_t> inputs;
    for (const Image& tile : tiles)
      for (const uint32_t pixel : tile.pixels)
        inputs.insert(inputs.end(), {redOf(pixel), greenOf(pixel), blueOf(pixel)});
    outputs.values[1] += off;
    outputs.values.resize(2 * width);
    const auto written = writeHdf5(package.folder / "self_test.h5", [&](H5::H5File& file) {
      writeIntegers(file, "inputs", {2, 32, 32, 3}, inputs);
      writeFloats(file, "outputs", {2, width}, outputs.values);
    });
    QVERIFY(written.has_value());
  }

 private Q_SLOTS:
  void int8FeaturesFollowFloat32AndAreTheSameBitsWithAnyThreads() {
    if (!processorHasInt8()) QSKIP("this processor has no AVX-512 VNNI: int8 is not used on it");
    ModelPackage package = madeModel(path("int8"));
    const std::vector<Image> tiles = madeTiles(24);
    package.int8 = Int8Facts{.scales = scalesOf(package, tiles, 1), .agreement = {}};
    QVERIFY(scalesOf(package, tiles, 3).activations == package.int8->scales.activations);
    const Matrix one = encoded(package, Precision::Int8, tiles, 1),
                 three = encoded(package, Precision::Int8, tiles, 3);
    QVERIFY(one.values == three.values);
    const double r = correlation(one.values, encoded(package, Precision::Float32, tiles, 1).values);
    QVERIFY2(r > 0.99 && r < 1, qPrintable(QString::number(r)));
  }

  void int8IsRefusedWhereThePackageWasNotCalibrated() {
    QVERIFY(
        QString::fromStdString(refusal(madeModel(path("plain")), Precision::Int8))
            .endsWith(QStringLiteral("it was not calibrated for int8; 'geneglass-cli calibrate' does so.")));
  }

  void anotherPrecisionIsTheDefaultOnlyWhereItAgrees_data() {
    QTest::addColumn<double>("leastR");
    QTest::addColumn<double>("largestDifference");
    QTest::addColumn<double>("change");  // below 0: not measured
    QTest::addColumn<bool>("diagnosis");
    QTest::addColumn<bool>("agrees");
    QTest::addRow("agrees") << 0.9995 << 0.004 << -1.0 << false << true;
    QTest::addRow("at the limits") << 0.999 << 0.01 << 0.01 << true << true;
    QTest::addRow("tiles differ") << 0.9989 << 0.004 << 0.0 << true << false;
    QTest::addRow("a slide differs") << 0.9999 << 0.011 << 0.0 << true << false;
    QTest::addRow("not a number") << double(NAN) << 0.0 << 0.0 << true << false;
    QTest::addRow("P(tumour) differs") << 0.9995 << 0.004 << 0.011 << true << false;
    QTest::addRow("a diagnosis that was not compared") << 0.9995 << 0.004 << -1.0 << true << false;
  }
  void anotherPrecisionIsTheDefaultOnlyWhereItAgrees() {
    QFETCH(double, leastR);
    QFETCH(double, largestDifference);
    QFETCH(double, change);
    QFETCH(bool, diagnosis);
    QFETCH(bool, agrees);
    ModelPackage package;
    QVERIFY(defaultPrecision(package) == Precision::Float32);
    Agreement agreement;
    agreement.leastR = leastR;
    agreement.largestDifference = largestDifference;
    if (change >= 0) agreement.largestChange = change;
    if (diagnosis) package.calls.emplace_back();
    package.bfloat16 = agreement;
    QCOMPARE(defaultPrecision(package) == Precision::Bfloat16, agrees && processorHasBfloat16());
    package.int8 = Int8Facts{.scales = {}, .agreement = agreement};
    QCOMPARE(defaultPrecision(package) == Precision::Int8, agrees && processorHasInt8());
  }

  void featuresOfInt8HaveAHashOfTheirOwnAndThoseOfFloat32KeepTheirs() {
    ModelPackage package = madeModel(path("hashes"));
    const std::string before = featuresHash(package, Precision::Float32);
    package.int8 = Int8Facts{.scales = {{0.5f, 0.25f}}, .agreement = {}};
    QCOMPARE(featuresHash(package, Precision::Float32), before);
    const std::string int8 = featuresHash(package, Precision::Int8);
    QVERIFY(int8 != before);
    package.int8->scales.activations[1] = 0.26f;
    QVERIFY(featuresHash(package, Precision::Int8) != int8);
    const std::string bfloat16 = featuresHash(package, Precision::Bfloat16);
    QVERIFY(bfloat16 != before && bfloat16 != int8);
  }

  void aSelfTestThatAgreesIsPassed() {
    const ModelPackage package = madeModel(path("agrees"));
    storeSelfTest(package, 0, size_t(package.encoder.width));
    QCOMPARE(refusal(package), std::string("was loaded"));
  }

  void anEncoderThatGivesOtherFeaturesThanItsAuthorStoredIsRefused() {
    const ModelPackage package = madeModel(path("differs"));
    storeSelfTest(package, 100, size_t(package.encoder.width));
    QVERIFY(
        QString::fromStdString(refusal(package)).startsWith(QStringLiteral("Cannot use the encoder of '")));
    QVERIFY(refusal(package).find(
                "it gives other features here than its author stored: the largest difference is ") !=
            std::string::npos);
  }

  void aSelfTestThatDoesNotFitIsRefused() {
    const ModelPackage package = madeModel(path("unfit"));
    storeSelfTest(package, 0, 3);
    QVERIFY(
        QString::fromStdString(refusal(package)).endsWith(QStringLiteral("its 'outputs' are not 2 x 6.")));
    std::ofstream(package.folder / "self_test.h5") << "junk";
    QVERIFY(refusal(package).find("self_test.h5': it is not an HDF5 file, or it is damaged.") !=
            std::string::npos);
  }
};

}  // namespace geneglass::encoder_precision_test

GENEGLASS_TEST(geneglass::encoder_precision_test::EncoderPrecisionTest)
#include "encoder_precision_test.moc"
