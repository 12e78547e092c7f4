// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "inference/head/call_head.h"
#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "tests/inference/made_calls.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::predict_tile_classes_test {

using namespace geneglass::testing;
using nlohmann::json;

class PredictTileClassesTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  ModelPackage package(const char* name,
                       std::vector<std::string> classes = {"gland", "stroma", "fat"}) const {
    return addMadeTileClasses(madeModel(m_folder.path().toStdString() + "/" + name, 0), std::move(classes));
  }
  static json manifestOf(const ModelPackage& package) {
    std::ifstream stream(package.folder / "manifest.json");
    return json::parse(stream);
  }
  static std::string refusalOf(const ModelPackage& package, const json& manifest) {
    std::ofstream(package.folder / "manifest.json") << manifest.dump();
    const Result<ModelPackage> opened = openModelPackage(package.folder);
    return opened ? "it was opened" : opened.error().sentence;
  }

 private Q_SLOTS:
  void eachTileIsOfTheClassOfItsHighestLogit() {
    const ModelPackage made = package("formula");
    const TensorFile tensors = readTensors(made.folder / "call0.h5").value();
    const Result<CallHead> head = loadCallHead(made);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    Matrix features(70, 6);
    features.values = madeNumbers(70 * 6, 5);
    const Result<SlideCall> said = head->call(features);
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    QCOMPARE(said->classOfTile.size(), size_t(70));
    std::vector<double> share(3);
    for (size_t tile = 0; tile < 70; ++tile) {
      double logits[3], sum = 0;
      for (size_t each = 0; each < 3; ++each) {
        logits[each] = tensors.at("value.bias").values[each];
        for (size_t d = 0; d < 6; ++d)
          logits[each] += double(tensors.at("value.weight").values[each * 6 + d]) * features.at(tile, d);
        sum += std::exp(logits[each]);
      }
      QCOMPARE(size_t(said->classOfTile[tile]), size_t(std::max_element(logits, logits + 3) - logits));
      share[said->classOfTile[tile]] += 1 / 70.0;
      QVERIFY(std::abs(said->evidence[tile] - std::exp(logits[said->likeliest()]) / sum) < 1e-5);
    }
    for (size_t each = 0; each < 3; ++each) QVERIFY(std::abs(said->probabilities[each] - share[each]) < 1e-9);
    QVERIFY(said->scores.empty() && !said->facts.isDiagnosis());
  }

  void twoClassesOfTilesAreNoDiagnosisAndHaveNoRegion() {
    const ModelPackage made = package("two", {"other", "tumour"});
    const Result<ModelPackage> opened = openModelPackage(made.folder);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QVERIFY(opened->calls[0].ofTiles && !opened->calls[0].isDiagnosis());
    QVERIFY(!manifestOf(made).contains("diagnosis"));
    const Result<Prediction> said = predictSlide(openPainted({800, 600}, 0.5, tissue), *opened, {}, {}, {});
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    QVERIFY(!diagnosisOf(*said) && said->calls[0].region.empty());
    QCOMPARE(said->calls[0].classOfTile.size(), said->grid.count());
  }

  void filesHoldThePartOfTilesOfEachClassAndNoHeldOutFigure() {
    const Result<Prediction> said =
        predictSlide(openPainted({800, 600}, 0.5, tissue), package("files"), {}, {}, {});
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    const std::filesystem::path folder = m_folder.path().toStdString();
    QVERIFY(writePrediction(folder, "said", *said));
    std::ifstream stream(folder / "said.prediction.json");
    const json call = json::parse(stream).at("calls").at(0);
    QCOMPARE(call["target"].get<std::string>(), std::string("tissue"));
    QCOMPARE(call["tiles"].get<size_t>(), said->grid.count());
    QVERIFY(call["heldout"].is_null());
    double sum = 0;
    for (const json& each : call["shares"]) sum += each["share"].get<double>();
    QVERIFY(std::abs(sum - 1) < 1e-9);
    QCOMPARE(call["shares"][1]["class"].get<std::string>(), std::string("stroma"));
    QVERIFY(inWords(said->calls[0]).ends_with(" tiles; not judged here"));
    QVERIFY(readHdf5(folder / "said.maps.h5", [&](H5::H5File& file) -> Result<void> {
      const std::vector<float> ofTile = readFloats(file.openDataSet("classes/tissue/of_tile"));
      const std::vector<uint8_t>& told = said->calls[0].classOfTile;
      [&] {
        QCOMPARE(ofTile, std::vector<float>(told.begin(), told.end()));
        QCOMPARE(readStrings(file.openDataSet("classes/tissue/names")),
                 (std::vector<std::string>{"gland", "stroma", "fat"}));
      }();
      return {};
    }));
  }

  void whatDoesNotFitIsRefused() {
    const ModelPackage made = package("unfit");
    json manifest = manifestOf(made);
    manifest["calls"][0]["classes"].erase(2);
    const json one = manifest;
    std::ofstream(made.folder / "manifest.json") << one.dump();
    const Result<CallHead> head = loadCallHead(openModelPackage(made.folder).value());
    QVERIFY(!head);
    QVERIFY2(
        head.error().sentence.ends_with("call0.h5: it tells 3 classes of tiles apart where 2 are named."),
        head.error().sentence.c_str());
    manifest["calls"][0]["classes"].erase(1);
    QVERIFY(refusalOf(made, manifest).ends_with("'calls[0].classes' in its manifest.json must be 2 to 255."));
  }
};

}  // namespace geneglass::predict_tile_classes_test

GENEGLASS_TEST(geneglass::predict_tile_classes_test::PredictTileClassesTest)
#include "predict_tile_classes_test.moc"
