// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/head/call_head.h"
#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "tests/inference/head/plain_gated_head.h"
#include "tests/inference/made_calls.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::predict_calls_test {

using namespace geneglass::testing;
using nlohmann::json;

namespace {

constexpr Size kSize{800, 600};

Matrix madeFeatures(size_t rows) {
  Matrix features(rows, 6);
  features.values = madeNumbers(rows * 6, 5);
  return features;
}

json manifestOf(const ModelPackage& package) {
  std::ifstream stream(package.folder / "manifest.json");
  return json::parse(stream);
}

std::string refusalOf(const ModelPackage& package, const json& manifest) {
  std::ofstream(package.folder / "manifest.json") << manifest.dump();
  const Result<ModelPackage> opened = openModelPackage(package.folder);
  return opened ? "it was opened" : opened.error().sentence;
}

/// Columns of what in a manifest does not fit; adds a row of them.
auto unfitRows() {
  QTest::addColumn<QString>("pointer");
  QTest::addColumn<QString>("value");
  QTest::addColumn<QString>("reason");
  return [](const char* name, const char* pointer, const char* value, const char* reason) {
    QTest::newRow(name) << pointer << value << reason;
  };
}

/// The package is refused for the row's reason once its manifest has the row's value.
void verifyUnfitRow(const ModelPackage& made) {
  QFETCH(QString, pointer);
  QFETCH(QString, value);
  QFETCH(QString, reason);
  json manifest = manifestOf(made);
  manifest[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
  const std::string said = refusalOf(made, manifest);
  QVERIFY2(said.find(reason.toStdString()) != std::string::npos, said.c_str());
}

}  // namespace

class PredictCallsTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  ModelPackage package(const char* name, int genes) const {
    return addMadeDiagnosis(madeModel(m_folder.path().toStdString() + "/" + name, genes));
  }

 private Q_SLOTS:
  void scoreProbabilityAndEvidenceAreTheFormulasOfTheHeader() {
    const TensorFile tensors = madeGatedHead({6, 5, 4, 1, 4, false}, 41);
    const Matrix features = madeFeatures(70);
    const Result<CallHead> head = CallHead::make(tensors, madeDiagnosisFacts());
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    const Result<SlideCall> said = head->call(features);
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    const auto tiles = plainGatedTiles(tensors, features);
    double sum = 0, score = 0;
    for (const PlainGatedTile& tile : tiles) sum += std::exp(tile.logits[0]);
    for (size_t i = 0; i < tiles.size(); ++i) {
      const auto out = [&](size_t output) { return plainRow(tensors, "value", output, tiles[i].embedded); };
      score += std::exp(tiles[i].logits[0]) / sum * (out(1) - out(0));
      QVERIFY(std::abs(said->evidence[i] - 1 / (1 + std::exp(out(2) - out(3)))) < 1e-5);
    }
    QVERIFY(std::abs(said->scores[1] - score) < 1e-5);
    QVERIFY(std::abs(said->probability() - 1 / (1 + std::exp(-(1.5 * score - 0.25)))) < 1e-5);
    QCOMPARE(said->scores[0], -said->scores[1]);
    QCOMPARE(said->probabilities[0] + said->probabilities[1], 1.0);
  }

  void ofThreeClassesEachIsSetAgainstTheOthersAndProbabilitiesAddUpToOne() {
    const TensorFile tensors = madeGatedHead({6, 5, 4, 1, 3, false}, 43);
    const Matrix features = madeFeatures(70);
    const CallFacts facts = madeSubtypeFacts();
    const Result<CallHead> head = CallHead::make(tensors, facts);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    const Result<SlideCall> said = head->call(features);
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    const auto tiles = plainGatedTiles(tensors, features);
    double sum = 0;
    std::array<double, 3> logits{}, chances{};
    for (const PlainGatedTile& tile : tiles) sum += std::exp(tile.logits[0]);
    for (const PlainGatedTile& tile : tiles)
      for (size_t i = 0; i < 3; ++i)
        logits[i] += std::exp(tile.logits[0]) / sum * plainRow(tensors, "value", i, tile.embedded);
    double all = 0;
    for (size_t i = 0; i < 3; ++i) {
      const double others = std::exp(logits[(i + 1) % 3]) + std::exp(logits[(i + 2) % 3]);
      const double score = logits[i] - std::log(others);
      QVERIFY(std::abs(said->scores[i] - score) < 1e-5);
      const ProbabilityScale& scale = facts.classes[i].calibration;
      chances[i] = 1 / (1 + std::exp(-(scale.slope * score + scale.offset)));
      all += chances[i];
    }
    for (size_t i = 0; i < 3; ++i) QVERIFY(std::abs(said->probabilities[i] - chances[i] / all) < 1e-5);
    QCOMPARE(said->likeliest(), size_t(std::ranges::max_element(chances) - chances.begin()));
    QCOMPARE(said->evidence.size(), tiles.size());
    const size_t own = said->likeliest();
    for (size_t i = 0; i < tiles.size(); ++i) {
      std::array<double, 3> grown{};
      for (size_t c = 0; c < 3; ++c) grown[c] = std::exp(plainRow(tensors, "value", c, tiles[i].embedded));
      QVERIFY(std::abs(said->evidence[i] - grown[own] / (grown[0] + grown[1] + grown[2])) < 1e-5);
    }
  }

  void theOrderOfTilesChangesNoScore() {
    const Result<CallHead> head =
        CallHead::make(madeGatedHead({6, 5, 4, 1, 4, false}, 41), madeDiagnosisFacts());
    Matrix features = madeFeatures(70), turned(70, 6);
    for (size_t i = 0; i < 70; ++i) std::copy_n(features.row(69 - i).begin(), 6, turned.row(i).begin());
    const SlideCall one = *head->call(features), other = *head->call(turned);
    QVERIFY(std::abs(one.scores[1] - other.scores[1]) < 1e-9);
    for (size_t i = 0; i < 70; ++i) QCOMPARE(one.evidence[i], other.evidence[69 - i]);
  }

  void headsThatDoNotFitAreRefused() {
    const auto reason = [](const GatedSides& sides) {
      const Result<CallHead> head = CallHead::make(madeGatedHead(sides, 1), {});
      return head ? std::string("it was made") : head.error().sentence;
    };
    QCOMPARE(reason({6, 5, 4, 1, 2, false}),
             std::string("it has 1 branches of 2 outputs where one of 4, pooled by attention, is needed"));
    QVERIFY(reason({6, 5, 4, 2, 4, false}).starts_with("it has 2 branches"));
    QVERIFY(reason({6, 5, 4, 1, 4, true}).ends_with("pooled by attention, is needed"));
    const auto head = CallHead::make(madeGatedHead({6, 5, 4, 1, 4, false}, 1), {});
    QCOMPARE(head->call(Matrix(3, 5)).error().sentence,
             std::string("The diagnosis failed: 5 features a tile where 6 are needed."));
    QCOMPARE(head->call(Matrix(0, 6)).error().sentence,
             std::string("The diagnosis failed: there are no tiles."));
    Matrix endless = madeFeatures(3);
    endless.values[4] = std::numeric_limits<float>::infinity();
    QCOMPARE(head->call(endless).error().sentence,
             std::string("The diagnosis failed: the score is not a finite number."));
  }

  void theRegionGoesAroundTilesAboveTheThreshold() {
    TileGrid grid{.tile = 400, .stride = 400, .columns = 5, .rows = 3, .cells = {}};
    SlideCall diagnosis;
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 5; ++column) {
        grid.cells.push_back({column, row});
        const bool inside = column >= 1 && column <= 3;
        diagnosis.evidence.push_back(inside && !(column == 2 && row == 1) ? 0.51F : 0.5F);
      }
    findRegion(diagnosis, grid, 0.5);
    QCOMPARE(diagnosis.regionTiles, size_t(8));
    QVERIFY(std::abs(diagnosis.regionMm2 - 8 * 0.04) < 1e-12);
    QCOMPARE(diagnosis.region.size(), size_t(2));
    const auto has = [&](size_t ring, Point corner) {
      const auto& points = diagnosis.region[ring];
      return std::any_of(points.begin(), points.end(),
                         [&](const Point& p) { return p.x == corner.x && p.y == corner.y; });
    };
    QVERIFY(has(0, {400, 0}) && has(0, {1600, 1200}));
    QVERIFY(has(1, {800, 400}) && has(1, {1200, 800}));  // the hole
  }

  void aManifestKeepsWhatTheDiagnosisIsWorth() {
    const ModelPackage kept = *openModelPackage(package("kept", 2).folder);
    QCOMPARE(kept.calls.size(), size_t(1));
    const CallFacts &said = kept.calls[0], wanted = madeDiagnosisFacts();
    QCOMPARE(said.positive().auc, wanted.positive().auc);
    QCOMPARE(said.positive().aucLow, wanted.positive().aucLow);
    QCOMPARE(said.positive().calibration.offset, wanted.positive().calibration.offset);
    QCOMPARE(said.patients, wanted.patients);
    QVERIFY(said.synthetic);
    QCOMPARE(said.statement, wanted.statement);
    QVERIFY(!manifestOf(kept).contains("calls") && !manifestOf(kept).at("diagnosis").contains("target"));
    QVERIFY(loadCallHead(kept));
    const Result<CallHead> none = loadCallHead(madeModel(m_folder.path().toStdString() + "/genes", 2));
    QVERIFY(!none && none.error().sentence.ends_with("holds no diagnosis."));
  }

  void aDiagnosisMayBeOfAColumnOfAnotherName() {
    ModelPackage made = package("status", 0);
    made.calls[0].target = "status";
    made.calls[0].classes[0].name = "MSS";
    made.calls[0].classes[1].name = "MSI";
    const Result<ModelPackage> written = writeManifest(made);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
    const CallFacts said = openModelPackage(made.folder)->calls[0];
    QCOMPARE(said.target, std::string("status"));
    QCOMPARE(said.positive().name, std::string("MSI"));
  }

  void aRegionIsOfTwoClassesAlone() {
    SlideCall call;
    call.facts = madeSubtypeFacts();
    call.evidence.assign(4, 0.9F);
    findRegion(
        call,
        {.tile = 400, .stride = 400, .columns = 2, .rows = 2, .cells = {{0, 0}, {1, 0}, {0, 1}, {1, 1}}},
        0.5);
    QVERIFY(call.region.empty() && call.regionTiles == 0);
  }

  void aManifestWhoseDiagnosisDoesNotFitIsRefused_data() {
    const auto row = unfitRows();
    row("area above 1", "/diagnosis/auc", "1.2",
        "'diagnosis.auc' in its manifest.json is 1.2, it must be from 0 to 1");
    row("interval beside the area", "/diagnosis/auc_low", "0.98",
        "'diagnosis.auc_low' in its manifest.json is 0.98, it must be from 0 to 0.97");
    row("no slides", "/diagnosis/slides", "0", "'diagnosis.slides' in its manifest.json is 0");
    row("more patients than slides", "/diagnosis/patients", "121",
        "'diagnosis.patients' in its manifest.json is 121");
    row("slope in words", "/diagnosis/calibration/slope", "\"steep\"",
        "'diagnosis.calibration.slope' in its manifest.json must be a number");
    row("one name for both", "/diagnosis/classes/positive", "\"normal\"",
        "'diagnosis.classes.positive' in its manifest.json must be a name of its own");
    row("another file", "/diagnosis/sha256", "\"0000\"",
        "its file 'diagnosis.h5' is not the one the manifest was written for");
  }
  void aManifestWhoseDiagnosisDoesNotFitIsRefused() { verifyUnfitRow(package("refused", 0)); }

  void aPackageWithoutItsDiagnosisFileIsRefused() {
    const ModelPackage made = package("lost", 0);
    std::filesystem::remove(made.folder / "diagnosis.h5");
    QVERIFY(
        refusalOf(made, manifestOf(made)).ends_with("its file 'diagnosis.h5' is missing or not readable."));
  }

  void aManifestKeepsACallOfThreeClassesBesideTheDiagnosis() {
    const ModelPackage kept = addMadeSubtypes(package("subtypes", 2));
    QCOMPARE(kept.calls.size(), size_t(2));
    QCOMPARE(kept.calls[0].target, std::string("tumour"));
    const CallFacts &said = kept.calls[1], wanted = madeSubtypeFacts();
    QCOMPARE(said.target, std::string("CMS"));
    QCOMPARE(said.classes.size(), size_t(3));
    QCOMPARE(said.classes[2].name, std::string("CMS4"));
    QCOMPARE(said.classes[1].aucHigh, wanted.classes[1].aucHigh);
    QCOMPARE(said.classes[0].calibration.slope, wanted.classes[0].calibration.slope);
    QCOMPARE(said.calibrationError, wanted.calibrationError);
    QCOMPARE(said.accuracy, wanted.accuracy);
    QVERIFY(loadCallHead(kept, 1));
    QVERIFY(std::filesystem::exists(kept.folder / "call1.h5"));
  }

  void aManifestWhoseCallDoesNotFitIsRefused_data() {
    const auto row = unfitRows();
    row("no list", "/calls", "5", "'calls' in its manifest.json must be a list");
    row("no target", "/calls/0/target", "\"\"", "'calls[0].target' in its manifest.json is empty");
    row("a target twice", "/calls/0/target", "\"tumour\"",
        "'calls[0].target' in its manifest.json 'tumour' is there twice");
    row("one class", "/calls/0/classes", "[]", "'calls[0].classes' in its manifest.json must be 2 to 255");
    row("a class twice", "/calls/0/classes/2/name", "\"CMS1\"",
        "'calls[0].classes[2].name' in its manifest.json 'CMS1' is there twice");
    row("area above 1", "/calls/0/classes/1/auc", "1.5",
        "'calls[0].classes[1].auc' in its manifest.json is 1.5, it must be from 0 to 1");
    row("offset in words", "/calls/0/classes/0/calibration/offset", "\"low\"",
        "'calls[0].classes[0].calibration.offset' in its manifest.json must be a number");
    row("another file", "/calls/0/sha256", "\"0000\"",
        "its file 'call1.h5' is not the one the manifest was written for");
  }
  void aManifestWhoseCallDoesNotFitIsRefused() { verifyUnfitRow(addMadeSubtypes(package("unfit call", 0))); }

  void aFirstCallOfTwoClassesIsNoneOfTheList() {
    const ModelPackage made = addMadeSubtypes(package("two", 0));
    json manifest = manifestOf(made);
    manifest.erase("diagnosis");
    manifest["calls"][0]["classes"].erase(2);
    const std::string said = refusalOf(made, manifest);
    QVERIFY2(said.ends_with("'calls[0].classes' in its manifest.json are two: a first call of two classes "
                            "stands as 'diagnosis'."),
             said.c_str());
  }

  void filesHoldEveryCallAndTheDiagnosisAsBefore() {
    const ModelPackage both = addMadeSubtypes(package("calls", 0));
    const Result<Prediction> prediction = predictSlide(openPainted(kSize, 0.5, tissue), both, {}, {}, {});
    QVERIFY2(prediction, prediction ? "" : prediction.error().sentence.c_str());
    QCOMPARE(prediction->calls.size(), size_t(2));
    const std::filesystem::path folder = m_folder.path().toStdString();
    QVERIFY(writePrediction(folder, "calls", *prediction));
    std::ifstream stream(folder / "calls.prediction.json");
    const json said = json::parse(stream);
    QVERIFY(said.contains("diagnosis"));
    QCOMPARE(said.at("calls").size(), size_t(2));
    QCOMPARE(said["calls"][0]["target"].get<std::string>(), std::string("tumour"));
    QCOMPARE(said["calls"][0]["probabilities"][1].get<double>(), said["diagnosis"]["p_tumour"].get<double>());
    const json& call = said["calls"][1];
    QCOMPARE(call["target"].get<std::string>(), std::string("CMS"));
    QCOMPARE(call["classes"].dump(), std::string(R"(["CMS1","CMS2","CMS4"])"));
    QVERIFY(call["probabilities"].get<std::vector<double>>() == prediction->calls[1].probabilities);
    QCOMPARE(call["heldout"]["classes"][2]["auc_low"].get<double>(), 0.8);
    QCOMPARE(call["heldout"]["judged_on"]["slides"].get<int>(), 120);
  }

  void predictionsOfGenesAreTheSameBesideADiagnosis() {
    const OpenedSlide slide = openPainted(kSize, 0.5, tissue);
    const ModelPackage genes = madeModel(m_folder.path().toStdString() + "/alone", 2);
    const Result<Prediction> alone = predictSlide(slide, genes, {}, {}, {});
    const Result<Prediction> both = predictSlide(slide, package("both", 2), {}, {}, {});
    const Result<Prediction> diagnosed = predictSlide(slide, package("diagnosis", 0), {}, {}, {});
    QVERIFY(alone && both && diagnosed);
    QVERIFY(!diagnosisOf(*alone) && diagnosisOf(*both) && diagnosisOf(*diagnosed));
    QCOMPARE(both->genes.size(), size_t(2));
    QCOMPARE(both->genes[1].value, alone->genes[1].value);
    for (const size_t gene : {0, 1})
      QVERIFY((*both->maps.of(gene))->contribution == (*alone->maps.of(gene))->contribution);
    QVERIFY(diagnosed->genes.empty());
    QCOMPARE(diagnosisOf(*diagnosed)->scores.back(), diagnosisOf(*both)->scores.back());
    QCOMPARE(diagnosisOf(*diagnosed)->evidence.size(), diagnosed->grid.count());
  }

  void filesHoldTheDiagnosisAndItsEvidence() {
    const Result<Prediction> prediction =
        predictSlide(openPainted(kSize, 0.5, tissue), package("files", 0), {}, {}, {});
    QVERIFY(prediction);
    const std::filesystem::path folder = m_folder.path().toStdString();
    QVERIFY(writePrediction(folder, "slide", *prediction));
    std::ifstream stream(folder / "slide.prediction.json");
    const json said = json::parse(stream).at("diagnosis");
    QCOMPARE(said.at("p_tumour").get<double>(), diagnosisOf(*prediction)->probability());
    QCOMPARE(said.at("auc").get<double>(), 0.97);
    QCOMPARE(said.at("auc_low").get<double>(), 0.91);
    QCOMPARE(said.at("auc_high").get<double>(), 0.99);
    QCOMPARE(said.at("calibrated").get<bool>(), true);
    std::vector<float> evidence;
    QVERIFY(readHdf5(folder / "slide.maps.h5", [&](H5::H5File& file) -> Result<void> {
      evidence = readFloats(file.openDataSet("evidence"));
      return {};
    }));
    QVERIFY(evidence == diagnosisOf(*prediction)->evidence);
  }

  void inWordsTheProbabilityNeverComesAlone() {
    SlideCall diagnosis;
    diagnosis.facts = madeDiagnosisFacts();
    diagnosis.probabilities = {0.066, 0.934};
    QCOMPARE(inWords(diagnosis),
             std::string(
                 "P(tumour) 0.93; held-out AUC 0.970 (95 % interval 0.910 to 0.990), on synthetic slides"));
    SlideCall subtypes;
    subtypes.facts = madeSubtypeFacts();
    subtypes.probabilities = {0.1, 0.2, 0.7};
    QCOMPARE(inWords(subtypes),
             std::string("CMS: CMS1 0.10, CMS2 0.20, CMS4 0.70; held-out AUC 0.930 (95 % interval 0.880 to "
                         "0.960), 0.810 (95 % interval 0.740 to 0.870), 0.860 (95 % interval 0.800 to "
                         "0.910), in their order, on synthetic slides"));
  }
};

}  // namespace geneglass::predict_calls_test

GENEGLASS_TEST(geneglass::predict_calls_test::PredictCallsTest)
#include "predict_calls_test.moc"
