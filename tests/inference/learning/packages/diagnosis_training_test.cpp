// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <numeric>
#include <random>

#include "inference/head/call_head.h"
#include "inference/learning/packages/class_package.h"
#include "tests/inference/head/plain_gated_head.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::diagnosis_training_test {

using namespace geneglass::testing;

namespace {

/// Patients with a tumour and a normal bag each: tiles of random features, of which a part of a tumour bag's
/// are shifted along two of them.
struct PlantedSlides {
  Cohort cohort{"planted.csv", {"tumour"}, {}, Classes{{"normal", "tumour"}, true}};
  std::vector<Matrix> bags;
  std::vector<std::vector<bool>> tumourTiles;

  PlantedSlides(size_t patients, uint64_t seed, float shift) {
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    for (size_t i = 0; i < 2 * patients; ++i) {
      const bool positive = i % 2 == 0;
      cohort.cases.push_back({"p" + std::to_string(i / 2),
                              Split::Train,
                              {"slide" + std::to_string(i)},
                              {positive ? 1.0F : 0.0F}});
      Matrix bag(24 + random() % 12, 8);
      std::vector<bool> tumour(bag.rows, false);
      for (size_t tile = 0; tile < bag.rows; ++tile) {
        tumour[tile] = positive && random() % 3 == 0;
        for (size_t f = 0; f < 8; ++f)
          bag.at(tile, f) = 3 + 2 * normal(random) + (tumour[tile] && f < 2 ? shift : 0);
      }
      bags.push_back(std::move(bag));
      tumourTiles.push_back(std::move(tumour));
    }
  }
  TrainingCases all() const {
    TrainingCases slides;
    for (const Matrix& bag : bags) slides.bags.push_back(&bag);
    slides.labels = cohort.labels();
    return slides;
  }
};

/// Patients with a bag each, of three classes: a third of a bag's tiles are shifted along the feature of its
/// class.
PlantedSlides plantedSubtypes(size_t patients, uint64_t seed) {
  PlantedSlides planted(0, seed, 0);
  planted.cohort.genes = {"CMS"};
  planted.cohort.target = Classes{{"CMS1", "CMS2", "CMS4"}};
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  for (size_t i = 0; i < patients; ++i) {
    planted.cohort.cases.push_back(
        {"p" + std::to_string(i), Split::Train, {"slide" + std::to_string(i)}, {float(i % 3)}});
    Matrix bag(24 + random() % 12, 8);
    for (size_t tile = 0; tile < bag.rows; ++tile)
      for (size_t f = 0; f < 8; ++f)
        bag.at(tile, f) = 3 + 2 * normal(random) + (tile % 3 == 0 && f == i % 3 ? 5 : 0);
    planted.bags.push_back(std::move(bag));
  }
  return planted;
}

ClassSettings quickSettings() {
  ClassSettings settings;
  settings.embedding = 10;
  settings.attention = 6;
  settings.learningRate = 5e-3;
  settings.epochs = 12;
  settings.patience = 4;
  return settings;
}

/// The score column of diagnosis.csv, of one fold or of all (-1).
std::vector<std::string> scoresOf(const std::filesystem::path& package, int fold) {
  std::ifstream stream(package / "diagnosis.csv");
  std::vector<std::string> scores;
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> cells;
    std::stringstream cut(line);
    for (std::string cell; std::getline(cut, cell, ',');) cells.push_back(cell);
    if (fold < 0 || cells.at(1) == std::to_string(fold)) scores.push_back(cells.at(3));
  }
  return scores;
}

double crossEntropy(double logitDifference, bool positive) {
  return std::log1p(std::exp(positive ? -logitDifference : logitDifference));
}

/// The whole loss of one bag by plain loops over a head's tensors.
double plainLoss(const TensorFile& head, const Matrix& features, bool positive, size_t each) {
  const auto tiles = plainGatedTiles(head, features);
  std::vector<size_t> order(tiles.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return tiles[a].logits[0] > tiles[b].logits[0]; });
  const auto difference = [&](size_t tile, size_t first) {
    return plainRow(head, "value", first + 1, tiles[tile].embedded) -
           plainRow(head, "value", first, tiles[tile].embedded);
  };
  double sum = 0, score = 0, own = 0;
  for (const PlainGatedTile& tile : tiles) sum += std::exp(tile.logits[0]);
  for (size_t i = 0; i < tiles.size(); ++i) score += std::exp(tiles[i].logits[0]) / sum * difference(i, 0);
  for (size_t i = 0; i < each; ++i)
    own += crossEntropy(difference(order[i], 2), positive) +
           crossEntropy(difference(order[order.size() - 1 - i], 2), false);
  return 0.7 * crossEntropy(score, positive) + 0.3 * own / double(2 * each);
}

}  // namespace

class DiagnosisTrainingTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  const PlantedSlides m_planted{18, 3, 4};
  ModelPackage m_encoder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<ClassPackage> train(
      const char* name, const PlantedSlides& planted, std::stop_token stop = {},
      const ModelPackage* addTo = nullptr, const OnProgress& progress = [](const Progress&) {}) const {
    TrainOptions options;
    options.recipe = "histcode2022";
    options.out = path(name);
    options.folds = 3;
    options.threads = 1;
    options.name = "planted";
    return trainClassesOnBags(planted.cohort, planted.bags, addTo ? *addTo : m_encoder, addTo != nullptr,
                              options, quickSettings(), stop, progress);
  }

 private Q_SLOTS:
  void initTestCase() { m_encoder = makePlantedEncoder(path("encoder"), 8); }

  void theLossIsTheStatedSumOfBagAndTiles() {
    const TrainingCases slides = m_planted.all();
    ClassSettings settings = quickSettings();
    settings.learningRate = 0;  // the head stays as it was drawn
    settings.stopAfter = 1;
    for (const size_t slide : {size_t{0}, size_t{1}}) {
      const std::vector<size_t> training{slide};
      double said = 0;
      const auto head = trainClasses(slides, 2, training, {}, settings, 9, {},
                                     [&](const EpochReport& report) { said = report.trainingLoss; });
      QVERIFY(head);
      const double wanted = plainLoss(head->weights, m_planted.bags[slide], slide == 0, 8);
      QVERIFY2(std::abs(said - wanted) < 1e-4, qPrintable(QStringLiteral("%1 %2").arg(said).arg(wanted)));
    }
  }

  void plantedTumourIsToldOutOfFoldAndItsTilesAreFound() {
    const Result<ClassPackage> trained = train("first", m_planted);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    const CallFacts& facts = trained->package.calls[0];
    QVERIFY2(facts.positive().auc > 0.9, qPrintable(QString::number(facts.positive().auc)));
    QVERIFY(facts.positive().aucLow < facts.positive().auc &&
            facts.positive().auc <= facts.positive().aucHigh);
    QVERIFY(facts.accuracy > 0.8);
    QCOMPARE(facts.slides, 36);
    QCOMPARE(facts.patients, 18);
    QVERIFY(trained->package.genes.empty());
    QVERIFY(trained->package.domain && trained->package.domain->slides == 36);
    const Result<CallHead> head = loadCallHead(*openModelPackage(path("first")));
    QVERIFY(head);
    std::vector<double> evidence;
    std::vector<bool> tumour;
    const PlantedSlides fresh(10, 77, 4);
    for (size_t slide = 0; slide < fresh.bags.size(); ++slide) {
      const SlideCall said = *head->call(fresh.bags[slide]);
      evidence.insert(evidence.end(), said.evidence.begin(), said.evidence.end());
      tumour.insert(tumour.end(), fresh.tumourTiles[slide].begin(), fresh.tumourTiles[slide].end());
    }
    QVERIFY2(areaUnderRoc(evidence, tumour) > 0.85,
             qPrintable(QString::number(areaUnderRoc(evidence, tumour))));
  }

  void aJudgedFoldHasNoPartInItsOwnHead() {
    PlantedSlides other = m_planted;
    const std::vector<int> folds = assignFolds(other.cohort, 3, 1);
    for (size_t i = 0; i < folds.size(); ++i)
      if (float& label = other.cohort.cases[i].labels[0]; folds[i] == 0) label = 1 - label;
    QVERIFY(train("turned", other));
    QCOMPARE(scoresOf(path("turned"), 0), scoresOf(path("first"), 0));
    QVERIFY(scoresOf(path("turned"), 1) != scoresOf(path("first"), 1));
  }

  void labelsThatFollowNothingGiveNothing() {
    const Result<ClassPackage> trained = train("nothing", PlantedSlides(18, 5, 0));
    QVERIFY(trained);
    const ClassScores& scores = trained->scores.ofClass.front();
    QVERIFY2(scores.ci.low < 0.5 && scores.ci.high > 0.5, qPrintable(QString::number(scores.auc)));
    QVERIFY(trained->scores.calibrationError < 0.25);
  }

  void aStoppedTrainingGoesOnToTheSameBytes() {
    std::stop_source source;
    int reports = 0;
    const Result<ClassPackage> stopped =
        train("stopped", m_planted, source.get_token(), nullptr, [&](const Progress&) {
          if (++reports == 12) source.request_stop();
        });
    QVERIFY(!stopped);
    QVERIFY(stopped.error().sentence.ends_with("was cancelled."));
    QVERIFY(!std::filesystem::exists(path("stopped")));
    QVERIFY(train("stopped", m_planted));
    for (const char* name : {"diagnosis.h5", "diagnosis.csv", "diagnosis.json", "manifest.json"})
      QVERIFY2(bytesOfFile(path("stopped") / name) == bytesOfFile(path("first") / name), name);
    QCOMPARE(bytesOfFile(path("stopped.curve.csv")), bytesOfFile(path("first.curve.csv")));
    QVERIFY(!std::filesystem::exists(path("stopped.training")));
  }

  void aPackageMayHaveGenesAndADiagnosis() {
    ModelPackage genes = m_encoder;
    genes.folder = path("genes");
    std::filesystem::create_directories(genes.folder);
    std::filesystem::copy_file(path("encoder") / "encoder.h5", genes.folder / "encoder.h5");
    QVERIFY(writeTensors(genes.folder / "head.h5", madeHead(8, 5, 4, 1, 3)));
    std::ofstream(genes.folder / "out-of-fold.json") << "{}";
    genes.name = "genes";
    genes.statement = "of genes";
    genes.genes.push_back({.symbol = "CD8A",
                           .heldOutR = 0.5,
                           .ciLow = 0.3,
                           .ciHigh = 0.6,
                           .predictionQuantiles = std::vector<float>(101, 1.0f)});
    const Result<ModelPackage> base = writeManifest(genes);
    QVERIFY2(base, base ? "" : base.error().sentence.c_str());
    const Result<ClassPackage> trained = train("together", m_planted, {}, &*base);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->package.genes.size(), size_t(1));
    QCOMPARE(trained->package.statement, std::string("of genes"));
    QCOMPARE(trained->package.calls.size(), size_t(1));
    QCOMPARE(bytesOfFile(path("together") / "head.h5"), bytesOfFile(path("genes") / "head.h5"));
    QCOMPARE(bytesOfFile(path("together") / "out-of-fold.json"), std::string("{}"));
    QCOMPARE(bytesOfFile(path("together") / "diagnosis.h5"), bytesOfFile(path("first") / "diagnosis.h5"));
  }

  void theLossOfThreeClassesIsTheCrossEntropyOfTheBag() {
    const PlantedSlides planted = plantedSubtypes(3, 4);
    ClassSettings settings = quickSettings();
    settings.learningRate = 0;
    settings.stopAfter = 1;
    for (const size_t slide : {size_t{0}, size_t{2}}) {
      const std::vector<size_t> training{slide};
      double said = 0;
      const auto head = trainClasses(planted.all(), 3, training, {}, settings, 9, {},
                                     [&](const EpochReport& report) { said = report.trainingLoss; });
      QVERIFY(head);
      const auto tiles = plainGatedTiles(head->weights, planted.bags[slide]);
      double weights = 0, all = 0;
      std::array<double, 3> logits{};
      for (const PlainGatedTile& tile : tiles) weights += std::exp(tile.logits[0]);
      for (const PlainGatedTile& tile : tiles)
        for (size_t i = 0; i < 3; ++i)
          logits[i] +=
              std::exp(tile.logits[0]) / weights * plainRow(head->weights, "value", i, tile.embedded);
      for (const double logit : logits) all += std::exp(logit);
      const double wanted = std::log(all) - logits[slide];
      QVERIFY2(std::abs(said - wanted) < 1e-4, qPrintable(QStringLiteral("%1 %2").arg(said).arg(wanted)));
    }
  }

  void plantedSubtypesAreToldOutOfFoldAndAddToAPackageThatHasADiagnosis() {
    const Result<ModelPackage> base = openModelPackage(path("together"));
    QVERIFY(base);
    const Result<ClassPackage> trained = train("subtypes", plantedSubtypes(45, 3), {}, &*base);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->call.target, std::string("CMS"));
    QCOMPARE(trained->scores.ofClass.size(), size_t(3));
    for (const ClassFacts& each : trained->call.classes)
      QVERIFY2(each.auc > 0.9 && each.aucLow < each.auc && each.auc <= each.aucHigh,
               qPrintable(QStringLiteral("%1").arg(each.auc)));
    QVERIFY(trained->call.accuracy > 0.7);
    QVERIFY2(trained->call.statement.find("(15 CMS1, 15 CMS2, 15 CMS4)") != std::string::npos,
             trained->call.statement.c_str());
    QCOMPARE(trained->package.calls.size(), size_t(2));
    QCOMPARE(trained->package.calls[0].target, std::string("tumour"));
    QCOMPARE(bytesOfFile(path("subtypes") / "diagnosis.h5"), bytesOfFile(path("together") / "diagnosis.h5"));
    const Result<CallHead> head = loadCallHead(*openModelPackage(path("subtypes")), 1);
    QVERIFY2(head, head ? "" : head.error().sentence.c_str());
    const PlantedSlides fresh = plantedSubtypes(30, 99);
    size_t right = 0;
    for (size_t i = 0; i < fresh.bags.size(); ++i) right += head->call(fresh.bags[i])->likeliest() == i % 3;
    QVERIFY2(right > 21, qPrintable(QString::number(right)));
  }

  void aCallOfTwoNamedClassesStandsBesideTheDiagnosis() {
    const Result<ModelPackage> base = openModelPackage(path("subtypes"));
    QVERIFY(base);
    PlantedSlides planted = m_planted;
    planted.cohort.genes = {"status"};
    planted.cohort.target = Classes{{"MSS", "MSI"}};
    const Result<ClassPackage> trained = train("status", planted, {}, &*base);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->call.target, std::string("status"));
    QCOMPARE(trained->call.positive().name, std::string("MSI"));
    QVERIFY2(trained->call.statement.find("(18 MSI)") != std::string::npos, trained->call.statement.c_str());
    const Result<ModelPackage> kept = openModelPackage(path("status"));
    QCOMPARE(kept->calls.size(), size_t(3));
    QCOMPARE(kept->calls[0].target, std::string("tumour"));
    QCOMPARE(kept->calls[2].classes[0].name, std::string("MSS"));
    QVERIFY(bytesOfFile(path("status") / callFile(*kept, 2)) == bytesOfFile(path("first") / "diagnosis.h5"));
    const Result<ClassPackage> alone = train("alone", planted);
    QVERIFY2(alone, alone ? "" : alone.error().sentence.c_str());
    QCOMPARE(openModelPackage(path("alone"))->calls[0].target, std::string("status"));
    std::ifstream csv(path("alone") / "diagnosis.csv");
    std::string header, row;
    QVERIFY(std::getline(csv, header) && std::getline(csv, row));
    QCOMPARE(header, std::string("slide,fold,status,score,probability"));
    QVERIFY2(row.find(",MSI,") != std::string::npos, row.c_str());
  }

  void whatCannotBeTrainedEndsInASentence() {
    QCOMPARE(
        classSettings("graziani2022").error().sentence,
        std::string("The recipe 'graziani2022' has no diagnosis; the recipes 'geneglass' and 'histcode2022' "
                    "have."));
    const ClassSettings paper = *classSettings("histcode2022");
    QCOMPARE(paper.embedding, 512);
    QCOMPARE(paper.attention, 256);
    QCOMPARE(paper.learningRate, 1e-4);
    TrainOptions options;
    options.recipe = "geneglass";
    options.out = path("first");
    const auto reason = [&](const ModelPackage& base, bool keepGenes) {
      return trainClassPackage(m_planted.cohort, base, keepGenes, options, {}, [](const Progress&) {})
          .error()
          .sentence;
    };
    QVERIFY(reason(m_encoder, false).ends_with("it exists already; remove it or choose another name."));
    options.out = path("new");
    QVERIFY(reason(m_encoder, true).ends_with("has no genes to add a diagnosis to."));
  }
};

}  // namespace geneglass::diagnosis_training_test

GENEGLASS_TEST(geneglass::diagnosis_training_test::DiagnosisTrainingTest)
#include "diagnosis_training_test.moc"
