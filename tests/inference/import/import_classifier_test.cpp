// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "tests/inference/import/foreign_imports.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::import_classifier_test {

using namespace geneglass::testing;

namespace {

constexpr const char* kWsInfer =
    R"({"spec_version": "1.0", "architecture": "resnet18", "num_classes": 2, "class_names": ["notumor", "tumor"],)"
    R"("patch_size_pixels": 56, "spacing_um_px": 0.25, "transform": [{"name": "Resize", "arguments": {"size": 32}},)"
    R"({"name": "ToTensor"}, {"name": "Normalize", "arguments": {"mean": [0.7, 0.5, 0.6], "std": [0.1, 0.2, 0.3]}}]})";

TensorFile withClassifier(TensorFile tensors, const std::string& name, int64_t classes, int64_t width) {
  tensors[name + ".weight"] = {{classes, width}, madeNumbers(size_t(classes * width), 3)};
  tensors[name + ".bias"] = {{classes}, madeNumbers(size_t(classes), 4)};
  return tensors;
}

/// As TIAToolbox counts torchvision's layers.
TensorFile counted(const TensorFile& tensors) {
  TensorFile renamed;
  const std::pair<std::string, std::string> names[] = {
      {"conv1", "0"}, {"bn1", "1"}, {"layer1", "4"}, {"layer2", "5"}};
  for (const auto& [name, tensor] : tensors)
    for (const auto& [from, to] : names)
      if (name.starts_with(from + ".")) renamed["feat_extract." + to + name.substr(from.size())] = tensor;
  return renamed;
}

std::vector<std::string> namesOf(const ModelPackage& package) {
  std::vector<std::string> names;
  if (!package.calls.empty())
    for (const ClassFacts& each : package.calls[0].classes) names.push_back(each.name);
  return names;
}

}  // namespace

class ImportClassifierTest final : public QObject, ForeignImports {
  Q_OBJECT

  std::filesystem::path wsInfer(const std::string& config) const {
    std::filesystem::create_directories(path("wsinfer"));
    writeSafetensors(path("wsinfer/model.safetensors"),
                     withClassifier(madeResNet({2, 2}, {4, 6}, 7), "fc", 2, 6));
    std::ofstream(path("wsinfer/config.json")) << config;
    return path("wsinfer");
  }
  ImportRequest unsaid(const std::filesystem::path& source) {
    ImportRequest request = requestFor(source);
    request.mpp = 0;
    request.tile.reset();
    return request;
  }

 private Q_SLOTS:
  void tiatoolboxsKather100kHasItsNineClasses() {
    const TensorFile plain = madeResNet({2, 2}, {4, 6}, 7);
    const Result<ModelPackage> package =
        importEncoder(unsaid(safetensors(withClassifier(counted(plain), "classifier", 9, 6))));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(namesOf(*package).size(), size_t(9));
    QCOMPARE(namesOf(*package)[3], std::string("tumour epithelium"));
    QVERIFY(package->calls[0].ofTiles);
    QCOMPARE(package->encoder.mpp, 0.5);
    QCOMPARE(package->encoder.tile, 224);
    QVERIFY(package->encoder.mean == (std::vector<float>{0, 0, 0}));
    QVERIFY(package->encoder.deviation == (std::vector<float>{1, 1, 1}));
    const TensorFile head = readTensors(package->folder / "call0.h5").value();
    QVERIFY(head.at("value.weight").values == madeNumbers(54, 3));
  }

  void classesAreTheOnesThatAreNamed() {
    ImportRequest request =
        requestFor(safetensors(withClassifier(madeResNet({2, 2}, {4, 6}, 7), "fc", 3, 6)));
    request.classes = {"gland", "stroma", "fat"};
    const Result<ModelPackage> package = importEncoder(request);
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(namesOf(*package), request.classes);
    request.out = freshPackage();
    request.classes.clear();
    QVERIFY(importEncoder(request)->calls.empty());
  }

  void classesThatDoNotFitAreRefused() {
    ImportRequest request =
        requestFor(safetensors(withClassifier(madeResNet({2, 2}, {4, 6}, 7), "fc", 3, 6)));
    const auto reasonFor = [&](std::vector<std::string> classes) {
      request.classes = std::move(classes);
      return reason(request);
    };
    QCOMPARE(reasonFor({"gland", "stroma"}),
             std::string("2 classes are named where its classifier has 3 outputs."));
    QCOMPARE(reasonFor({"gland"}), std::string("1 classes are named where 2 to 255 can be told apart."));
    QCOMPARE(reasonFor({"gland", "stroma", "gland"}),
             std::string("the class 'gland' is empty or there twice."));
    request.lastBlock = 1;
    QCOMPARE(reasonFor({"gland", "stroma", "fat"}),
             std::string("classes are named, but it has no classifier of them that is understood here."));
    request.lastBlock.reset();
    request.source = safetensors(withClassifier(madeResNet({2, 2}, {4, 6}, 7), "fc", 3, 5));
    QCOMPARE(reasonFor({"gland", "stroma", "fat"}),
             std::string("the tensor 'fc.weight' has the shape [3, 5] where [3, 6] is needed."));
    QCOMPARE(reason(unsaid(safetensors(madeResNet({2, 2}, {4, 6}, 7)))),
             std::string("it does not say how many micrometres a pixel of its tiles is; --mpp does."));
  }

  void wsInfersFolderSaysSizeColoursAndClasses() {
    const Result<ModelPackage> package = importEncoder(unsaid(wsInfer(kWsInfer)));
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->encoder.architecture, std::string("resnet"));
    QCOMPARE(package->encoder.tile, 32);
    QCOMPARE(package->encoder.mpp, 0.25 * 56 / 32);
    QVERIFY(package->encoder.mean == (std::vector<float>{0.7f, 0.5f, 0.6f}));
    QVERIFY(package->encoder.deviation == (std::vector<float>{0.1f, 0.2f, 0.3f}));
    QVERIFY(namesOf(*package) == (std::vector<std::string>{"notumor", "tumor"}));
  }

  void aWsInferConfigThatIsNotSoIsRefused_data() {
    QTest::addColumn<QString>("instead");
    QTest::addColumn<QString>("of");
    QTest::addColumn<QString>("why");
    QTest::newRow("another step")
        << "ColorJitter"
        << "Resize"
        << "its 'transform' has the step \"ColorJitter\", which is not understood here";
    QTest::newRow("no size") << "\"edge\""
                             << "\"size\""
                             << "its 'size' is no number from 16 to 4096";
    QTest::newRow("no patch") << "\"none\""
                              << "56"
                              << "its 'patch_size_pixels' is no number from 1 to 65536";
    QTest::newRow("no spacing") << "0"
                                << "0.25"
                                << "its 'spacing_um_px' is no number above 0";
    QTest::newRow("too few names") << "[\"tumor\"]"
                                   << "[\"notumor\", \"tumor\"]"
                                   << "its 'class_names' are not as many names as 'num_classes' says";
    QTest::newRow("deviation of 0") << "0, 0.2"
                                    << "0.1, 0.2"
                                    << "its 'std' is no list of three numbers from 0.001 to 1";
    QTest::newRow("no list") << "\"transform\": 3, \"was\""
                             << "\"transform\""
                             << "its 'transform' is no list";
    QTest::newRow("of slides") << "patch_size_um"
                               << "patch_size_pixels"
                               << "it is a model of whole slides, not of tiles";
  }
  void aWsInferConfigThatIsNotSoIsRefused() {
    QFETCH(QString, instead);
    QFETCH(QString, of);
    QFETCH(QString, why);
    const QString config = QString::fromLatin1(kWsInfer).replace(of, instead);
    const std::filesystem::path folder = wsInfer(config.toStdString());
    QCOMPARE(QString::fromStdString(reason(unsaid(folder))),
             QStringLiteral("Cannot read '%1/config.json': %2.")
                 .arg(QString::fromStdString(folder.string()), why));
  }

  void aScriptWithoutItsConfigIsRefused() {
    std::filesystem::create_directories(path("script"));
    std::ofstream(path("script/torchscript_model.pt")) << "none";
    QCOMPARE(reason(requestFor(path("script"))),
             std::string(
                 "its config.json is not WSInfer's, so that nothing says what 'torchscript_model.pt' takes "
                 "and gives."));
  }
};

}  // namespace geneglass::import_classifier_test

GENEGLASS_TEST(geneglass::import_classifier_test::ImportClassifierTest)
#include "import_classifier_test.moc"
