// SPDX-License-Identifier: GPL-3.0-or-later
#include <caffe2/serialize/inline_container.h>
#include <torch/script.h>
#include <torch/version.h>

#include <QtTest>

#include "inference/head/call_head.h"
#include "tests/inference/import/foreign_imports.h"
#include "tests/support/test_program.h"

namespace geneglass::import_script_test {

using namespace geneglass::testing;

class ImportScriptTest final : public QObject, ForeignImports {
  Q_OBJECT

  std::filesystem::path wsInfer(const std::string& body) const {
    std::filesystem::create_directories(path("wsinfer"));
    torch::jit::Module module("classifier");
    module.define("def forward(self, x):\n  return " + body + "\n");
    module.save(path("wsinfer/torchscript_model.pt").string());
    std::ofstream(path("wsinfer/config.json"))
        << R"({"spec_version": "1.0", "architecture": "inception_v4nobn", "num_classes": 3, "class_names": ["red",)"
           R"("green", "blue"], "patch_size_pixels": 100, "spacing_um_px": 0.5, "transform": [{"name": "Resize",)"
           R"("arguments": {"size": [32, 32]}}, {"name": "ToTensor"}]})";
    return path("wsinfer");
  }
  /// The module written anew as by a LibTorch that knows `calls` instead of 'mean'.
  std::filesystem::path ofNewer(uint64_t version, const std::string& calls) const {
    const std::filesystem::path folder = wsInfer("x.mean(3).mean(2)");
    const std::string file = (folder / "torchscript_model.pt").string();
    caffe2::serialize::PyTorchStreamReader whole(file);
    caffe2::serialize::PyTorchStreamWriter anew(file + ".newer");
    for (const std::string& name : whole.getAllRecords()) {
      if (name == "version" || name.starts_with(".")) continue;
      const auto [bytes, count] = whole.getRecord(name);
      QByteArray text(static_cast<const char*>(bytes.get()), qsizetype(count));
      if (name.ends_with(".py")) text.replace("torch.mean(", ("torch." + calls + "(").c_str());
      anew.writeRecord(name, text.constData(), size_t(text.size()));
    }
    anew.setMinVersion(version);
    anew.writeEndOfFile();
    std::filesystem::rename(file + ".newer", file);
    return folder;
  }
  ImportRequest unsaid(const std::filesystem::path& source) {
    ImportRequest request = requestFor(source);
    request.mpp = 0;
    request.tile.reset();
    return request;
  }

 private Q_SLOTS:
  void aTorchScriptModuleSortsTilesByItsLogits() {
    const Result<ModelPackage> package = importEncoder(unsaid(wsInfer("x.mean(3).mean(2)")));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.name, std::string("inception_v4nobn"));
    QCOMPARE(package->encoder.mpp, 0.5 * 100 / 32);
    const Image green(32, 32, opaque(20, 220, 90));
    const std::vector<float> logits = featuresOf(*package, green);
    QVERIFY(std::abs(logits[1] - 220 / 255.0) < 1e-6);  // no normalisation is said
    Matrix features(1, 3);
    features.values = logits;
    const SlideCall said = loadCallHead(*package)->call(features).value();
    QCOMPARE(int(said.classOfTile.at(0)), 1);
  }

  void aModuleOfANewerLibTorchIsRefusedWithTheVersions() {
    const std::string begin = "'encoder.pt' is no TorchScript module that can be used (";
    QCOMPARE(reason(unsaid(ofNewer(99, "mean"))),
             begin + "a newer LibTorch wrote it, in version 99 of the format; LibTorch " TORCH_VERSION
                     " reads up to 10).");
    QCOMPARE(reason(unsaid(ofNewer(0, "softmax_"))),
             begin + "it calls 'aten::softmax_', which LibTorch " TORCH_VERSION
                     " does not know and a newer one may).");
    QVERIFY(importEncoder(unsaid(ofNewer(0, "mean"))).has_value());
  }

  void whatIsNoSuchModuleIsRefused() {
    QCOMPARE(reason(unsaid(wsInfer("x.mean(3).mean(2).sum(1, keepdim=True)"))),
             std::string("it returns [2, 1] where [2, 3] is promised."));
    const std::filesystem::path folder = wsInfer("x");
    std::ofstream(folder / "torchscript_model.pt") << "text";
    QVERIFY(QString::fromStdString(reason(unsaid(folder)))
                .startsWith(QStringLiteral("'encoder.pt' is no TorchScript module that can be used (")));
    ImportRequest cut = unsaid(folder);
    cut.lastBlock = 2;
    QCOMPARE(reason(cut), std::string("a TorchScript module cannot be cut after a block."));
  }
};

}  // namespace geneglass::import_script_test

GENEGLASS_TEST(geneglass::import_script_test::ImportScriptTest)
#include "import_script_test.moc"
