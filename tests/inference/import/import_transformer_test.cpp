// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <fstream>

#include "inference/encoder/encoder.h"
#include "inference/encoder/token_loops.h"
#include "inference/encoder/transformer_network.h"
#include "inference/import/position_grid.h"
#include "inference/package/processor_precision.h"
#include "tests/inference/encoder/plain_transformer.h"
#include "tests/inference/import/renamed_transformer.h"
#include "tests/inference/import/transformer_imports.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass::import_transformer_test {

using namespace geneglass::testing;

namespace {

std::vector<Image> paintedTiles(int count, int side) {
  std::vector<Image> tiles(size_t(count), Image(side, side));
  for (size_t i = 0; i < tiles.size(); ++i)
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) tiles[i].at(x, y) = tissue(x * 9 + int(i) * 500, y * 9);
  return tiles;
}

constexpr int kSide = 16;  ///< pixels of a tile

}  // namespace

class ImportTransformerTest final : public QObject, TransformerImports {
  Q_OBJECT

  Matrix featuresOf(const ModelPackage& package, std::span<const Image> tiles, int threads = 0) const {
    Result<Encoder> encoder = loadEncoder(package);
    if (!encoder) qFatal("%s", encoder.error().sentence.c_str());
    encoder->useThreads(threads);
    return encoder->encode(tiles).value();
  }

 private Q_SLOTS:
  void timmsNamesGiveTheFeaturesOfPlainLoops_data() {
    QTest::addColumn<MadeTransformer>("made");
    QTest::addColumn<int>("pool");
    const auto row = [](const char* name, const MadeTransformer& made, TokenPool pool = TokenPool::Class) {
      QTest::newRow(name) << made << int(pool);
    };
    row("plain", {});
    row("of one block", {.depth = 1});
    row("LayerScale", {.scaled = true});
    row("SwiGLU", {.gated = true});
    row("registers without positions", {.registers = 3, .scaled = true, .positionsBefore = 0});
    row("registers, a position of the class token", {.registers = 3, .positionsBefore = 1});
    row("registers with positions", {.registers = 3, .positionsBefore = 4});
    row("class and mean of patches", {.registers = 2, .gated = true}, TokenPool::ClassAndMean);
    row("mean of patches, normed after", {.poolNorm = true}, TokenPool::Mean);
    row("mean of patches, normed before", {.registers = 1}, TokenPool::Mean);
    row("a norm before the blocks", {.normBefore = true});
    row("widths that fill no vector", {.across = 30, .heads = 3, .hidden = 19, .gated = true});
    row("one patch", {.patch = 16, .side = 1}, TokenPool::ClassAndMean);
  }
  void timmsNamesGiveTheFeaturesOfPlainLoops() {
    QFETCH(MadeTransformer, made);
    QFETCH(int, pool);
    const TensorFile tensors = madeTransformer(made, 5);
    ImportRequest request = requestFor(safetensors(tensors));
    request.pool = TokenPool(pool);
    request.heads = made.heads;
    const ModelPackage package = imported(request);
    QCOMPARE(package.encoder.tile, kSide);
    QCOMPARE(package.encoder.architecture, std::string("vit"));
    QCOMPARE(package.encoder.transformer.prefix, 1 + made.registers);
    const std::vector<Image> tiles = paintedTiles(3, kSide);
    const Matrix features = featuresOf(package, tiles);
    for (size_t i = 0; i < tiles.size(); ++i) {
      const auto expected = PlainTransformer(made, tensors)
                                .features(normalisedPlanes(tiles[i], package.encoder), TokenPool(pool));
      const double difference = relativeDifference(features.row(i), expected);
      QVERIFY2(difference < 1e-5, qPrintable(QString::number(difference)));
    }
  }

  void theNamesOfTransformersGiveTheSameNumbers_data() {
    QTest::addColumn<MadeTransformer>("made");
    QTest::addColumn<int>("naming");
    QTest::newRow("DINOv2") << MadeTransformer{.registers = 2, .gated = true, .scaled = true} << 0;
    QTest::newRow("ViT") << MadeTransformer{.epsilon = 1e-12} << 1;
    QTest::newRow("CLIP") << MadeTransformer{.normBefore = true, .epsilon = 1e-5, .activation = 1.702} << 2;
  }
  void theNamesOfTransformersGiveTheSameNumbers() {
    QFETCH(MadeTransformer, made);
    QFETCH(int, naming);
    const TensorFile tensors = madeTransformer(made, 8);
    const Renaming* const namings[] = {&kDino, &kVit, &kClip};
    TensorFile renamed = namings[naming]->of(tensors);
    if (naming == 2) renamed["text_model.final_layer_norm.weight"] = {{1}, {1}};
    const ModelPackage package = imported(renamed);
    QCOMPARE(double(package.encoder.transformer.epsilon), double(float(made.epsilon)));
    const std::vector<Image> tiles = paintedTiles(1, kSide);
    const auto expected = PlainTransformer(made, tensors)
                              .features(normalisedPlanes(tiles[0], package.encoder), TokenPool::Class);
    QVERIFY(relativeDifference(featuresOf(package, tiles).values, expected) < 1e-5);
  }

  void aProjectionFollowsThePooledTokens() {
    const MadeTransformer made{.normBefore = true, .epsilon = 1e-5, .activation = 1.702};
    const TensorFile tensors = madeTransformer(made, 8);
    TensorFile renamed = kClip.of(tensors);
    StoredTensor& projection = renamed["visual_projection.weight"] = {{3, 16}, std::vector<float>(48)};
    for (const size_t place : {0, 17, 34, 47}) projection.values[place] = 2;
    const ModelPackage package = imported(renamed);
    QCOMPARE(package.encoder.width, 3);
    const std::vector<Image> tiles = paintedTiles(1, kSide);
    const auto pooled = PlainTransformer(made, tensors)
                            .features(normalisedPlanes(tiles[0], package.encoder), TokenPool::Class);
    QVERIFY(relativeDifference(featuresOf(package, tiles).values,
                               {2 * pooled[0], 2 * pooled[1], 2 * pooled[2] + 2 * pooled[15]}) < 1e-5);
  }

  void cutAfterABlockTheLastNormFollowsIt() {
    const MadeTransformer whole{.depth = 3}, cut{.depth = 2};
    const TensorFile tensors = madeTransformer(whole, 5);
    ImportRequest request = requestFor(safetensors(tensors));
    request.lastBlock = 1;
    const ModelPackage package = imported(request);
    QCOMPARE(package.encoder.name, std::string("ViT of 16/4 to block 1"));
    const std::vector<Image> tiles = paintedTiles(1, kSide);
    const auto expected = PlainTransformer(cut, tensors)
                              .features(normalisedPlanes(tiles[0], package.encoder), TokenPool::Class);
    QVERIFY(relativeDifference(featuresOf(package, tiles).values, expected) < 1e-5);
    request = requestFor(safetensors(tensors));
    request.lastBlock = 3;
    QCOMPARE(reason(request), std::string("its blocks are numbered from 0 to 2, there is no block 3."));
  }

  void aTileHasTheSameBitsWhicheverOthersItComesWith() {
    const ModelPackage package = imported(madeTransformer({.registers = 2, .gated = true}, 5));
    const std::vector<Image> tiles = paintedTiles(7, kSide);
    const Matrix one = featuresOf(package, tiles, 1), two = featuresOf(package, tiles, 2);
    QVERIFY(one.values == two.values);
    for (size_t i = 0; i < tiles.size(); ++i)
      QVERIFY(std::ranges::equal(featuresOf(package, std::span(tiles).subspan(i, 1)).values, one.row(i)));
  }

  void bfloat16FollowsFloat32AndIsTheSameBitsWithAnyThreads_data() {
    QTest::addColumn<bool>("gated");
    QTest::addColumn<int>("pool");
    QTest::newRow("GELU, class") << false << int(TokenPool::Class);
    QTest::newRow("SwiGLU, class + mean") << true << int(TokenPool::ClassAndMean);
  }
  void bfloat16FollowsFloat32AndIsTheSameBitsWithAnyThreads() {
    if (!processorHasBfloat16()) QSKIP("this processor has no AVX-512 BF16: bfloat16 is not used on it");
    QFETCH(bool, gated);
    QFETCH(int, pool);
    const ModelPackage package =
        imported(madeTransformer({.registers = 2, .gated = gated}, 5), static_cast<TokenPool>(pool));
    const std::vector<Image> tiles = paintedTiles(7, kSide);
    Result<Encoder> encoder = loadEncoder(package, Precision::Bfloat16);
    QVERIFY2(encoder.has_value(), encoder ? "" : encoder.error().sentence.c_str());
    encoder->useThreads(1);
    const Matrix one = encoder->encode(tiles).value();
    encoder->useThreads(3);
    QVERIFY(encoder->encode(tiles)->values == one.values);
    const std::vector<float> exact = featuresOf(package, tiles).values;
    const double apart = relativeDifference(one.values, {exact.begin(), exact.end()});
    QVERIFY2(apart > 0 && apart < 0.02, qPrintable(QString::number(apart)));
  }

  void roundingToBfloat16IsToTheNearestAndToEven() {
    const auto rounded = [](float value) {
      uint16_t half = 0;
      roundToBfloat16(&value, 1, &half);
      float back = 0;
      widenBfloat16(&half, 1, &back);
      return back;
    };
    QCOMPARE(rounded(1.5f), 1.5f);
    QCOMPARE(rounded(-0.0f), -0.0f);
    QCOMPARE(rounded(1 + 1 / 256.0f), 1.0f);             // half-way, down to even
    QCOMPARE(rounded(1 + 3 / 256.0f), 1 + 4 / 256.0f);   // half-way, up to even
    QCOMPARE(rounded(1 + 1.01f / 256), 1 + 2 / 256.0f);  // beyond half-way
    QCOMPARE(rounded(3.4e38f), std::numeric_limits<float>::infinity());
  }

  void aStopIsAskedWithinATile() {
    const ModelPackage package = imported(madeTransformer({}, 5));
    const auto network = makeTransformer(package.encoder, *readTensors(package.folder / "encoder.h5"));
    QVERIFY(network.has_value());
    const OneOpenMpThread oneThread;
    (*network)->prepare(1);
    const std::vector<Image> tiles = paintedTiles(1, kSide);
    std::vector<float> features(16);
    std::stop_source source;
    (*network)->compute(0, tiles, features, source.get_token());
    source.request_stop();
    try {
      (*network)->compute(0, tiles, features, source.get_token());
      QFAIL("it went on");
    } catch (const std::runtime_error& error) {
      QCOMPARE(std::string(error.what()), std::string("it was stopped"));
    }
  }

  /// As PyTorch 1.13 interpolates, bicubic, corners not aligned.
  void positionsAreInterpolatedAsPyTorchDoes() {
    const std::vector<float> grid{0, 1, 4, 2, -3, 5, 7, 6, -1};
    const auto agrees = [&](int wanted, bool antialias, const std::vector<float>& expected) {
      const std::vector<float> found = resamplePositions(grid, 3, wanted, 1, antialias);
      if (found.size() != expected.size()) return false;
      for (size_t i = 0; i < found.size(); ++i)
        if (std::abs(found[i] - expected[i]) > 2e-5) return false;
      return true;
    };
    QVERIFY(agrees(2, true, {-0.15646f, 2.66752f, 4.46893f, 1.57626f}));
    QVERIFY(agrees(2, false, {0.00023f, 3.36411f, 5.57826f, 1.09625f}));
    QVERIFY(agrees(5, true, {-0.26059f, 0.2412f,  1.30189f, 3.0697f,  4.12246f,  0.57449f, -0.21553f,
                             -0.80597f, 2.659f,   5.02886f, 2.37736f, -0.11194f, -3.0f,    1.97015f,
                             5.60377f,  5.53745f, 4.46659f, 2.66418f, 1.56098f,  1.03492f, 7.43005f,
                             7.49662f,  6.67924f, 1.36821f, -2.06657f}));
    QVERIFY(resamplePositions(grid, 3, 3, 1, false) == grid);
  }

  void tilesOfAnotherSizeHaveInterpolatedPositions() {
    const TensorFile tensors = madeTransformer({}, 5);
    ImportRequest request = requestFor(safetensors(tensors));
    request.tile = 24;
    const ModelPackage package = imported(request);
    MadeTransformer larger{.side = 6};
    TensorFile stretched = tensors;
    StoredTensor& positions = stretched.at("pos_embed");
    const std::vector<float> patches(positions.values.begin() + 16, positions.values.end());
    positions.values.resize(16);
    for (const float value : resamplePositions(patches, 4, 6, 16, true)) positions.values.push_back(value);
    const std::vector<Image> tiles = paintedTiles(1, 24);
    const auto expected = PlainTransformer(larger, stretched)
                              .features(normalisedPlanes(tiles[0], package.encoder), TokenPool::Class);
    QVERIFY(relativeDifference(featuresOf(package, tiles).values, expected) < 1e-5);
    request = requestFor(safetensors(tensors));
    request.tile = 30;
    QCOMPARE(
        reason(request),
        std::string("tiles of 30 pixels are no whole number of patches of 4; --tile says another size."));
  }

  void timmsFolderSaysAllThatIsNeeded() {
    std::filesystem::create_directories(path("timm"));
    writeSafetensors(path("timm/model.safetensors"), madeTransformer({.heads = 4}, 5));
    std::ofstream(path("timm/config.json"))
        << R"({"architecture": "vit_small_patch16_224", "global_pool": "avg", "model_args": {"num_heads": 4,)"
           R"("global_pool": "token"}, "pretrained_cfg": {"input_size": [3, 16, 16], "mean": [0.7, 0.6, 0.5],)"
           R"("std": [0.2, 0.25, 0.5], "license": "mit"}})";
    const ModelPackage package = imported({.source = path("timm"),
                                           .out = freshPackage(),
                                           .licence = {},
                                           .mpp = 0.5,
                                           .tile = {},
                                           .lastBlock = {}});
    QCOMPARE(package.licence, std::string("mit"));
    QCOMPARE(package.encoder.transformer.heads, 4);
    QVERIFY(package.encoder.transformer.pool == TokenPool::Class);
    QVERIFY(package.encoder.mean == (std::vector<float>{0.7f, 0.6f, 0.5f}));
  }

  void transformersFolderSaysAllButThePool() {
    std::filesystem::create_directories(path("hub"));
    writeSafetensors(path("hub/model.safetensors"), kVit.of(madeTransformer({}, 5)));
    std::ofstream(path("hub/config.json"))
        << R"({"model_type": "vit", "num_attention_heads": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-3,)"
           R"("image_size": 32})";
    std::ofstream(path("hub/preprocessor_config.json"))
        << R"({"image_mean": [0.7, 0.6, 0.5], "image_std": [0.2, 0.25, 0.5], "size": {"shortest_edge": 256},)"
           R"("crop_size": {"height": 24, "width": 24}})";
    std::ofstream(path("hub/README.md"))
        << "---\nlanguage: en\nlicense: \"apache-2.0\"\n---\nlicense: none\n";
    ImportRequest request{
        .source = path("hub"), .out = freshPackage(), .licence = {}, .mpp = 0.5, .tile = {}, .lastBlock = {}};
    QCOMPARE(reason(request),
             std::string("its files do not say which tokens become its features; --pool class, mean or "
                         "class+mean does."));
    request.pool = TokenPool::ClassAndMean;
    const ModelPackage package = imported(request);
    QCOMPARE(package.licence, std::string("apache-2.0"));
    QCOMPARE(package.encoder.tile, 24);
    QCOMPARE(package.encoder.width, 32);
    QCOMPARE(package.encoder.transformer.epsilon, 1e-3f);
    QVERIFY(package.encoder.deviation == (std::vector<float>{0.2f, 0.25f, 0.5f}));
    std::ofstream(path("hub/config.json")) << R"({"num_attention_heads": 2, "hidden_act": "relu"})";
    request.out = freshPackage();
    QCOMPARE(reason(request),
             std::string("its activation 'relu' is not known here; gelu, quick_gelu and a gated silu are."));
  }
};

}  // namespace geneglass::import_transformer_test

GENEGLASS_TEST(geneglass::import_transformer_test::ImportTransformerTest)
#include "import_transformer_test.moc"
