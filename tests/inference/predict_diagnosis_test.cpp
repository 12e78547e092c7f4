// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/head/diagnosis_head.h"
#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "tests/inference/head/plain_gated_head.h"
#include "tests/inference/made_diagnosis.h"
#include "tests/inference/painted_slide.h"
#include "viewer/foundation/hdf5_access.h"

using namespace geneglass;
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

}  // namespace

class DiagnosisTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  ModelPackage package(const char* name, int genes) const {
    return addMadeDiagnosis(madeModel(m_folder.path().toStdString() + "/" + name, genes));
  }

 private Q_SLOTS:
  void scoreProbabilityAndEvidenceAreTheFormulasOfTheHeader() {
    const TensorFile tensors = madeGatedHead({6, 5, 4, 1, 4, false}, 41);
    const Matrix features = madeFeatures(70);
    const Result<DiagnosisHead> head = DiagnosisHead::make(tensors, madeDiagnosisFacts());
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    const Result<SlideDiagnosis> said = head->diagnose(features);
    QVERIFY2(said, said ? "" : said.error().sentence.c_str());
    const auto tiles = plainGatedTiles(tensors, features);
    double sum = 0, score = 0;
    for (const PlainGatedTile& tile : tiles) sum += std::exp(tile.logits[0]);
    for (size_t i = 0; i < tiles.size(); ++i) {
      const auto out = [&](size_t output) { return plainRow(tensors, "value", output, tiles[i].embedded); };
      score += std::exp(tiles[i].logits[0]) / sum * (out(1) - out(0));
      QVERIFY(std::abs(said->evidence[i] - 1 / (1 + std::exp(out(2) - out(3)))) < 1e-5);
    }
    QVERIFY(std::abs(said->score - score) < 1e-5);
    QVERIFY(std::abs(said->probability - 1 / (1 + std::exp(-(1.5 * score - 0.25)))) < 1e-5);
  }

  void theOrderOfTilesChangesNoScore() {
    const Result<DiagnosisHead> head =
        DiagnosisHead::make(madeGatedHead({6, 5, 4, 1, 4, false}, 41), madeDiagnosisFacts());
    Matrix features = madeFeatures(70), turned(70, 6);
    for (size_t i = 0; i < 70; ++i) std::copy_n(features.row(69 - i).begin(), 6, turned.row(i).begin());
    const SlideDiagnosis one = *head->diagnose(features), other = *head->diagnose(turned);
    QVERIFY(std::abs(one.score - other.score) < 1e-9);
    for (size_t i = 0; i < 70; ++i) QCOMPARE(one.evidence[i], other.evidence[69 - i]);
  }

  void headsThatDoNotFitAreRefused() {
    const auto reason = [](const GatedSides& sides) {
      const Result<DiagnosisHead> head = DiagnosisHead::make(madeGatedHead(sides, 1), {});
      return head ? std::string("it was made") : head.error().sentence;
    };
    QCOMPARE(reason({6, 5, 4, 1, 2, false}),
             std::string("it has 1 branches of 2 outputs where one of 4, pooled by attention, is needed"));
    QVERIFY(reason({6, 5, 4, 2, 4, false}).starts_with("it has 2 branches"));
    QVERIFY(reason({6, 5, 4, 1, 4, true}).ends_with("pooled by attention, is needed"));
    const auto head = DiagnosisHead::make(madeGatedHead({6, 5, 4, 1, 4, false}, 1), {});
    QCOMPARE(head->diagnose(Matrix(3, 5)).error().sentence,
             std::string("The diagnosis failed: 5 features a tile where 6 are needed."));
    QCOMPARE(head->diagnose(Matrix(0, 6)).error().sentence,
             std::string("The diagnosis failed: there are no tiles."));
    Matrix endless = madeFeatures(3);
    endless.values[4] = std::numeric_limits<float>::infinity();
    QCOMPARE(head->diagnose(endless).error().sentence,
             std::string("The diagnosis failed: the score is not a finite number."));
  }

  void theRegionGoesAroundTilesAboveTheThreshold() {
    TileGrid grid{.tile = 400, .stride = 400, .columns = 5, .rows = 3, .cells = {}};
    SlideDiagnosis diagnosis;
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 5; ++column) {
        grid.cells.push_back({column, row});
        const bool inside = column >= 1 && column <= 3;
        diagnosis.evidence.push_back(inside && !(column == 2 && row == 1) ? 0.51F : 0.5F);
      }
    findTumourRegion(diagnosis, grid, 0.5);
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
    QVERIFY(kept.diagnosis);
    const DiagnosisFacts wanted = madeDiagnosisFacts();
    QCOMPARE(kept.diagnosis->auc, wanted.auc);
    QCOMPARE(kept.diagnosis->aucLow, wanted.aucLow);
    QCOMPARE(kept.diagnosis->calibration.offset, wanted.calibration.offset);
    QCOMPARE(kept.diagnosis->patients, wanted.patients);
    QVERIFY(kept.diagnosis->synthetic);
    QCOMPARE(kept.diagnosis->statement, wanted.statement);
    QVERIFY(loadDiagnosisHead(kept));
    const Result<DiagnosisHead> none =
        loadDiagnosisHead(madeModel(m_folder.path().toStdString() + "/genes", 2));
    QVERIFY(!none && none.error().sentence.ends_with("holds no diagnosis."));
  }

  void aManifestWhoseDiagnosisDoesNotFitIsRefused_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* pointer, const char* value, const char* reason) {
      QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value)
                          << QString::fromLatin1(reason);
    };
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
  void aManifestWhoseDiagnosisDoesNotFitIsRefused() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, reason);
    const ModelPackage made = package("refused", 0);
    json manifest = manifestOf(made);
    manifest[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
    const QString sentence = QString::fromStdString(refusalOf(made, manifest));
    QVERIFY2(sentence.contains(reason), qPrintable(sentence));
  }

  void aPackageWithoutItsDiagnosisFileIsRefused() {
    const ModelPackage made = package("lost", 0);
    std::filesystem::remove(made.folder / "diagnosis.h5");
    QVERIFY(
        refusalOf(made, manifestOf(made)).ends_with("its file 'diagnosis.h5' is missing or not readable."));
  }

  void predictionsOfGenesAreTheSameBesideADiagnosis() {
    const OpenedSlide slide = openPainted(kSize, 0.5, tissue);
    const ModelPackage genes = madeModel(m_folder.path().toStdString() + "/alone", 2);
    const Result<Prediction> alone = predictSlide(slide, genes, {}, {}, {});
    const Result<Prediction> both = predictSlide(slide, package("both", 2), {}, {}, {});
    const Result<Prediction> diagnosed = predictSlide(slide, package("diagnosis", 0), {}, {}, {});
    QVERIFY(alone && both && diagnosed);
    QVERIFY(!alone->diagnosis && both->diagnosis && diagnosed->diagnosis);
    QCOMPARE(both->genes.size(), size_t(2));
    QCOMPARE(both->genes[1].value, alone->genes[1].value);
    for (const size_t gene : {0, 1})
      QVERIFY((*both->maps.of(gene))->contribution == (*alone->maps.of(gene))->contribution);
    QVERIFY(diagnosed->genes.empty());
    QCOMPARE(diagnosed->diagnosis->score, both->diagnosis->score);
    QCOMPARE(diagnosed->diagnosis->evidence.size(), diagnosed->grid.count());
  }

  void filesHoldTheDiagnosisAndItsEvidence() {
    const Result<Prediction> prediction =
        predictSlide(openPainted(kSize, 0.5, tissue), package("files", 0), {}, {}, {});
    QVERIFY(prediction);
    const std::filesystem::path folder = m_folder.path().toStdString();
    QVERIFY(writePrediction(folder, "slide", *prediction));
    std::ifstream stream(folder / "slide.prediction.json");
    const json said = json::parse(stream).at("diagnosis");
    QCOMPARE(said.at("p_tumour").get<double>(), prediction->diagnosis->probability);
    QCOMPARE(said.at("auc").get<double>(), 0.97);
    QCOMPARE(said.at("auc_low").get<double>(), 0.91);
    QCOMPARE(said.at("auc_high").get<double>(), 0.99);
    QCOMPARE(said.at("calibrated").get<bool>(), true);
    std::vector<float> evidence;
    QVERIFY(readHdf5(folder / "slide.maps.h5", [&](H5::H5File& file) -> Result<void> {
      evidence = readFloats(file.openDataSet("evidence"));
      return {};
    }));
    QVERIFY(evidence == prediction->diagnosis->evidence);
  }

  void inWordsTheProbabilityNeverComesAlone() {
    SlideDiagnosis diagnosis;
    diagnosis.facts = madeDiagnosisFacts();
    diagnosis.probability = 0.934;
    QCOMPARE(inWords(diagnosis),
             std::string(
                 "P(tumour) 0.93; held-out AUC 0.970 (95 % interval 0.910 to 0.990), on synthetic slides"));
  }
};

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "predict_diagnosis_test.moc"
