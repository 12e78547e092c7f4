// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "inference/encoder/encoder.h"
#include "tests/inference/encoder/plain_transformer.h"
#include "tests/inference/import/transformer_imports.h"
#include "tests/support/test_program.h"
#include "tests/support/written_torch.h"

namespace geneglass::transformer_refusals_test {

using namespace geneglass::testing;

class TransformerRefusalsTest final : public QObject, TransformerImports {
  Q_OBJECT

  using ForeignImports::reason;
  std::string reason(const TensorFile& tensors) { return reason(requestFor(safetensors(tensors))); }

 private Q_SLOTS:
  void whatIsNotSaidIsAskedForByItsOption() {
    const std::filesystem::path source = safetensors(madeTransformer({}, 5));
    ImportRequest request = requestFor(source);
    request.heads = {};
    QCOMPARE(reason(request),
             std::string("its files do not say how many heads its attention has; --heads does."));
    request = requestFor(source);
    request.heads = 3;
    QCOMPARE(reason(request), std::string("3 heads do not divide its 16 numbers a token."));
    request = requestFor(source);
    request.deviation = {};
    QCOMPARE(reason(request),
             std::string("its files do not say how its colours are normalised; --mean and --deviation do."));
  }

  void weightsThatDoNotFitAreRefusedByName() {
    const TensorFile good = madeTransformer({.scaled = true}, 5);
    const auto without = [&](const char* name) {
      TensorFile tensors = good;
      tensors.erase(name);
      return reason(tensors);
    };
    QCOMPARE(without("blocks.1.attn.proj.weight"),
             std::string("the tensor 'blocks.1.attn.proj.weight' is missing."));
    QCOMPARE(without("pos_embed"), std::string("the tensor 'pos_embed' is missing."));
    QCOMPARE(without("blocks.0.mlp.fc2.weight"),
             std::string("the tensor 'blocks.0.mlp.fc2.weight' is missing."));
    TensorFile bad = madeTransformer({.positionsBefore = 0}, 5);
    bad.erase("cls_token");
    QCOMPARE(reason(bad), std::string("its features would be of the class token, and 'cls_token' is missing; "
                                      "--pool mean does without."));
    bad = good;
    bad["blocks.0.attn.qkv.weight"] = {{47, 16}, std::vector<float>(47 * 16)};
    QCOMPARE(reason(bad),
             std::string("the tensor 'blocks.0.attn.qkv.weight' has the shape [47, 16] where [48, "
                         "16] is needed."));
    bad = good;
    bad["pos_embed"] = {{1, 14, 16}, std::vector<float>(14 * 16)};
    QCOMPARE(reason(bad), std::string("its 'pos_embed' is of 14 positions, which are no square of patches."));
    bad = good;
    bad["blocks.0.attn.q_norm.weight"] = {{8}, std::vector<float>(8)};
    QCOMPARE(reason(bad), std::string("it holds a tensor 'blocks.0.attn.q_norm.weight' that such a "
                                      "transformer does not have."));
    bad = good;
    bad.at("blocks.1.mlp.fc1.bias").values[3] = NAN;
    QCOMPARE(reason(bad),
             std::string("the tensor 'blocks.1.mlp.fc1.bias' holds numbers that are not finite."));
  }

  void whatTorchSavedIsReadUnlessItHoldsCode() {
    const TensorFile tensors = madeTransformer({}, 5);
    const ModelPackage expected = imported(tensors);
    writeTorch(path("weights.pth"), tensors);
    const ModelPackage package = imported(requestFor(path("weights.pth")));
    QCOMPARE(package.encoderHash, expected.encoderHash);
    std::filesystem::create_directories(path("hub"));
    writeTorchZip(path("hub/pytorch_model.bin"), "cposix\nsystem\n(" + pickledText("true") + "tR", {});
    QCOMPARE(reason(requestFor(path("hub"))), "Cannot read '" + path("hub/pytorch_model.bin").string() +
                                                  "': its pickle holds code ('posix.system'), which weights "
                                                  "do not need and which is not run here.");
  }

  void aFileThatIsNotWholeIsRefused() {
    const std::filesystem::path source = safetensors(madeTransformer({}, 5));
    std::filesystem::resize_file(source, std::filesystem::file_size(source) - 4);
    QVERIFY2(reason(requestFor(source)).ends_with("ends where the file does not reach."),
             reason(requestFor(source)).c_str());
  }

  void aPackageThatDoesNotFitIsRefused() {
    ModelPackage package = imported(madeTransformer({}, 5));
    const auto refusal = [&](const std::function<void(TransformerFacts&)>& change) {
      ModelPackage changed = package;
      change(changed.encoder.transformer);
      (void)writeManifest(changed);
      const Result<ModelPackage> read = openModelPackage(package.folder);
      if (!read) return read.error().sentence;
      const Result<Encoder> encoder = loadEncoder(*read);
      return encoder ? std::string("it was loaded") : encoder.error().sentence;
    };
    const auto ends = [&](const std::function<void(TransformerFacts&)>& change, const std::string& end) {
      const std::string said = refusal(change);
      QVERIFY2(said.ends_with(end), said.c_str());
    };
    ends([](TransformerFacts& facts) { facts.heads = 5; }, "are 5, which do not divide 16.");
    ends([](TransformerFacts& facts) { facts.patch = 5; }, "is 5, which does not divide a tile of 16.");
    ends([](TransformerFacts& facts) { facts.depth = 3; }, "the tensor 'blocks.2.fc1.bias' is missing.");
    ends([](TransformerFacts& facts) { facts.pool = TokenPool::ClassAndMean; },
         "16 features are promised where its pooled tokens have 32.");
    ends([](TransformerFacts& facts) { facts.heads = 4; }, "is allowed.");
  }

  void int8IsRefused() {
    const Result<Encoder> encoder = loadEncoder(imported(madeTransformer({}, 5)), Precision::Int8);
    QVERIFY(!encoder);
    QVERIFY2(encoder.error().sentence.ends_with("the architecture 'vit' is not computed in int8."),
             encoder.error().sentence.c_str());
  }
};

}  // namespace geneglass::transformer_refusals_test

GENEGLASS_TEST(geneglass::transformer_refusals_test::TransformerRefusalsTest)
#include "transformer_refusals_test.moc"
