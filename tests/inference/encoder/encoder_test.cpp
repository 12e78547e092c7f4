// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/script.h>

#include <QTemporaryDir>
#include <QtTest>

#include "inference/encoder/encoder.h"
#include "inference/encoder/fold_batch_norm.h"
#include "tests/inference/encoder/plain_network.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/sanitized.h"
#include "tests/support/test_program.h"

namespace geneglass::encoder_test {

using namespace geneglass::testing;

namespace {

Image madeTile(int number, int side = 32) {
  Image tile(side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) tile.at(x, y) = tissue(x * 3 + number * 1000, y * 3);
  return tile;
}

std::vector<Image> madeTiles(int count) {
  std::vector<Image> tiles;
  for (int i = 0; i < count; ++i) tiles.push_back(madeTile(i));
  return tiles;
}

Matrix encoded(const ModelPackage& package, std::span<const Image> tiles, int threads = 1) {
  Result<Encoder> encoder = loadEncoder(package);
  if (!encoder) qFatal("%s", encoder.error().sentence.c_str());
  encoder->useThreads(threads);
  const Result<Matrix> features = encoder->encode(tiles);
  if (!features) qFatal("%s", features.error().sentence.c_str());
  return *features;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0 : INFINITY;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    largest = std::max(largest, std::abs(double(a[i]) - b[i]));
  return largest;
}

}  // namespace

class EncoderTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// A package whose encoder is the TorchScript function `body` of a batch x.
  ModelPackage scripted(const char* name, const std::string& body) const {
    ModelPackage package = madeModel(path(name), 0);
    torch::jit::Module module("encoder");
    module.define("def forward(self, x):\n  return " + body + "\n");
    module.save((path(name) / "encoder.pt").string());
    package.encoder.architecture = "torchscript";
    package.encoder.weights = "encoder.pt";
    package.encoder.width = 3;
    const Result<ModelPackage> written = writeManifest(package);
    if (!written) qFatal("%s", written.error().sentence.c_str());
    return *written;
  }
  ModelPackage withTensors(const char* name, const TensorFile& tensors) const {
    ModelPackage package = madeModel(path(name), 0);
    (void)writeTensors(path(name) / "encoder.h5", tensors);
    return *writeManifest(package);
  }

 private Q_SLOTS:
  void theBuiltInNetworkIsTheOneOfPlainLoops() {
    const ModelPackage package = madeModel(path("plain"), 0);
    const TensorFile tensors = madeResNet({1, 1}, {4, 6}, 7);
    const std::vector<Image> tiles = madeTiles(5);
    const Matrix features = encoded(package, tiles, 2);
    for (size_t i = 0; i < tiles.size(); ++i) {
      const auto expected = plainResNet(normalisedPlanes(tiles[i], package.encoder), tensors, {1, 1});
      for (size_t d = 0; d < 6; ++d) QVERIFY(std::abs(features.at(i, d) - expected[d]) < 1e-4);
    }
    QVERIFY(!std::ranges::equal(features.row(0), features.row(1)));
  }

  void foldedWeightsGiveTheSameFeatures() {
    const Result<TensorFile> folded = foldBatchNorm(madeResNet({1, 1}, {4, 6}, 7));
    QVERIFY(folded.has_value());
    QVERIFY(!hasBatchNorm(*folded));
    QVERIFY(folded->count("layer2.0.downsample.0.bias") == 1);
    const std::vector<Image> tiles = madeTiles(3);
    const Matrix plain = encoded(madeModel(path("unfolded"), 0), tiles);
    QVERIFY(largestDifference(plain.values, encoded(withTensors("folded", *folded), tiles).values) < 1e-5);
  }

  void batchPlaceAndThreadsDoNotChangeABitOfTheFeatures() {
    const ModelPackage package = madeModel(path("threads"), 0);
    const std::vector<Image> tiles = madeTiles(19);
    const Matrix together = encoded(package, tiles, 4);
    QVERIFY(together.values == encoded(package, tiles, 1).values);
    for (size_t i = 0; i < tiles.size(); ++i)
      QVERIFY(std::ranges::equal(together.row(i), encoded(package, std::span(tiles).subspan(i, 1)).values));
  }

  void transparentPixelsCountAsWhite() {
    const ModelPackage package = madeModel(path("white"), 0);
    const Image tiles[2] = {Image(32, 32, 0), Image(32, 32, opaque(255, 255, 255))};
    const Matrix features = encoded(package, tiles);
    QCOMPARE(std::vector(features.row(0).begin(), features.row(0).end()),
             std::vector(features.row(1).begin(), features.row(1).end()));
  }

  void aTorchScriptModuleSeesNormalisedRedGreenBlue() {
    const ModelPackage package = scripted("script", "x.mean(3).mean(2)");
    const Image tile(32, 32, opaque(255, 128, 0));
    const Matrix features = encoded(package, std::span(&tile, 1));
    const double expected[3] = {(1 - 0.485) / 0.229, (128 / 255.0 - 0.456) / 0.224, (0 - 0.406) / 0.225};
    for (size_t i = 0; i < 3; ++i) QVERIFY(std::abs(features.at(0, i) - expected[i]) < 1e-4);
  }

  void modulesThatBreakTheirPromiseAreRefused() {
    const std::pair<const char*, const char*> cases[] = {
        {"x.mean(3)", "it returns [1, 3, 32] where [1, 3] is promised"},
        {"x.mean(3).mean(2).sum(1, keepdim=True)", "it returns [1, 1] where [1, 3] is promised"},
        {"x.mean(3).mean(2) / 0.0", "it returns numbers that are not finite"},
        {"(x, x)", "Expected Tensor"},
        {"x.reshape([-1, 7])", "shape '[-1, 7]' is invalid"}};
    int number = 0;
    for (const auto& [body, reason] : cases) {
      const Result<Encoder> encoder = loadEncoder(scripted(("bad" + std::to_string(number++)).c_str(), body));
      QVERIFY2(!encoder, body);
      QVERIFY2(encoder.error().sentence.find(reason) != std::string::npos, encoder.error().sentence.c_str());
      QVERIFY(encoder.error().sentence.starts_with("The encoder of '"));
    }
  }

  void aProgramThatNoEncoderNeedsIsNotRun() {
    const std::filesystem::path owned = path("owned");
    const std::pair<std::string, std::string> cases[] = {
        {"torch.from_file('/etc/passwd', False, 6).view([-1, 3])", "holds 'torch.from_file'"},
        {"torch.save(x, '" + owned.string() + "')", "holds 'torch.save'"},
        {"torch.cholesky(x)", "calls 'torch.cholesky'"}};
    int number = 0;
    for (const auto& [body, reason] : cases) {
      const Result<Encoder> encoder =
          loadEncoder(scripted(("evil" + std::to_string(number++)).c_str(), body));
      QVERIFY2(!encoder, body.c_str());
      QVERIFY2(
          encoder.error().sentence.find(
              "is no TorchScript module that can be used (its program is not run: ") != std::string::npos,
          encoder.error().sentence.c_str());
      QVERIFY2(encoder.error().sentence.find(reason) != std::string::npos, encoder.error().sentence.c_str());
    }
    QVERIFY(!std::filesystem::exists(owned));
  }

  void whatTakesAllMemoryIsASentence() {
    if (testing::kSanitized) QSKIP("a sanitizer's memory is not the program's");
    const Result<Encoder> encoder =
        loadEncoder(scripted("greedy", "torch.ones([1000000, 1000000]) + x.sum()"));
    QVERIFY(!encoder);
    QVERIFY2(encoder.error().sentence.ends_with("failed: the memory does not suffice for one tile."),
             encoder.error().sentence.c_str());
  }

  void anEncodingThatIsStoppedIsBegunAgain() {
    const ModelPackage package = scripted("again", "x.mean(3).mean(2)");
    Result<Encoder> encoder = loadEncoder(package);
    QVERIFY(encoder.has_value());
    std::stop_source stop;
    stop.request_stop();
    const std::vector<Image> tiles = madeTiles(6);
    (void)encoder->encode(tiles, stop.get_token());
    const Result<Matrix> features = encoder->encode(tiles);
    QVERIFY(features.has_value());
    QCOMPARE(features->rows, size_t(6));
  }

  void aFileThatIsNoTorchScriptIsRefused() {
    ModelPackage package = madeModel(path("noscript"), 0);
    package.encoder.architecture = "torchscript";
    const Result<Encoder> encoder = loadEncoder(*writeManifest(package));
    QVERIFY(!encoder);
    QVERIFY2(encoder.error().sentence.find("'encoder.h5' is no TorchScript module that can be used") !=
                 std::string::npos,
             encoder.error().sentence.c_str());
  }

  void weightsThatDoNotFitAreRefused() {
    const TensorFile good = madeResNet({1, 1}, {4, 6}, 7);
    const auto with = [&](const std::function<void(TensorFile&)>& change) {
      TensorFile tensors = good;
      change(tensors);
      return tensors;
    };
    const std::pair<TensorFile, const char*> cases[] = {
        {with([](TensorFile& t) { t.erase("layer1.0.conv1.weight"); }),
         "the batch norm 'layer1.0.bn1' has no convolution 'layer1.0.conv1'"},
        {with([](TensorFile& t) { t.erase("layer2.0.bn2.bias"); }),
         "the tensor 'layer2.0.bn2.bias' is missing"},
        {with([](TensorFile& t) {
           t["bn1.running_var"] = {{3}, {1, 1, 1}};
         }),
         "the tensor 'bn1.running_var' does not have 4 values"},
        {with([](TensorFile& t) {
           t["fc.weight"] = {{1}, {1}};
         }),
         "it holds a tensor 'fc.weight' that the network does not have"},
        {madeResNet({1, 1}, {4, 8}, 7), "has the shape"},
        {madeResNet({1}, {4}, 7), "is missing"}};
    int number = 0;
    for (const auto& [tensors, reason] : cases) {
      const Result<Encoder> encoder =
          loadEncoder(withTensors(("fit" + std::to_string(number++)).c_str(), tensors));
      QVERIFY2(!encoder, reason);
      QVERIFY2(encoder.error().sentence.find(reason) != std::string::npos, encoder.error().sentence.c_str());
    }
  }

  void tilesOfAnotherSizeAreRefused() {
    Result<Encoder> encoder = loadEncoder(madeModel(path("size"), 0));
    QVERIFY(encoder.has_value());
    const Image tile = madeTile(0, 31);
    const Result<Matrix> features = encoder->encode(std::span(&tile, 1));
    QVERIFY(!features);
    QVERIFY2(
        features.error().sentence.ends_with("failed: a tile of 31 x 31 pixels where 32 x 32 are needed."),
        features.error().sentence.c_str());
    QCOMPARE(encoder->encode({})->rows, size_t(0));
  }
};

}  // namespace geneglass::encoder_test

GENEGLASS_TEST(geneglass::encoder_test::EncoderTest)
#include "encoder_test.moc"
