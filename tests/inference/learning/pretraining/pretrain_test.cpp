// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain.h"

#include <QTemporaryDir>
#include <QtTest>

#include "inference/encoder/encoder.h"
#include "inference/learning/evaluation/evaluate.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/learning/packages/train_regression.h"
#include "inference/learning/pretraining/labelled_tiles.h"
#include "inference/learning/pretraining/stain_augmentation.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/support/test_program.h"

namespace geneglass::pretrain_test {
namespace {

const auto kQuiet = [](const Progress&) {};

std::vector<uint8_t> rampTile(int side) {
  std::vector<uint8_t> rgb;
  for (int i = 0; i < side * side * 3; ++i) rgb.push_back(uint8_t(i * 7 % 256));
  return rgb;
}

std::vector<float> augmented(const StainAugmentation& how, int side) {
  const std::vector<float> mean{0, 0, 0}, deviation{1, 1, 1};
  std::vector<float> planes(size_t(side * side) * 3);
  augmentTile(how, rampTile(side), side, mean, deviation, planes);
  return planes;
}

}  // namespace

class PretrainTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  PretrainRequest optionsFor(const char* name) const {
    PretrainRequest options;
    options.recipe = "composition";
    options.sources = {path("cohort")};
    options.out = path(name);
    options.threads = 1;
    options.epochs = 1;
    options.batch = 8;
    options.channels = {4, 4, 8, 8};
    return options;
  }

 private Q_SLOTS:
  void initTestCase() {
    const SyntheticCohortOptions cohort{.slides = 6, .seed = 6, .size = {1792, 1792}, .threads = 2};
    const Result<void> written = writeSyntheticCohort(path("cohort"), cohort);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
  }

  void noChangeOfStainingGivesTheTileBack() {
    const std::vector<float> planes = augmented({}, 4);
    const std::vector<uint8_t> rgb = rampTile(4);
    for (size_t i = 0; i < 16; ++i)
      for (size_t c = 0; c < 3; ++c)
        QVERIFY(std::abs(planes[c * 16 + i] - (rgb[i * 3 + c] + 1) / 256.0f) < 3e-3f);
  }
  void fourQuarterTurnsAreNone() {
    StainAugmentation how;
    how.quarterTurns = 4;
    QCOMPARE(augmented(how, 5), augmented({}, 5));
    how.quarterTurns = 1;
    QVERIFY(augmented(how, 5) != augmented({}, 5));
  }
  void drawnStainingsAreSeededAndDiffer() {
    std::mt19937_64 one(1), same(1);
    const StainAugmentation first = drawAugmentation(one);
    QCOMPARE(augmented(first, 4), augmented(drawAugmentation(same), 4));
    QVERIFY(first.mixing != drawAugmentation(one).mixing);
  }

  void tilesBearTheFractionsPlantedThere() {
    const std::vector<std::filesystem::path> folders{path("cohort")};
    const Result<LabelledTiles> tiles = readLabelledTiles(folders, {112, 1.0, 0.7}, 2, {}, kQuiet);
    QVERIFY2(tiles, tiles ? "" : tiles.error().sentence.c_str());
    QVERIFY(tiles->pixels.size() > 8);
    QCOMPARE(tiles->slides, 6);
    for (size_t i = 0; i < tiles->pixels.size(); ++i) {
      QCOMPARE(tiles->pixels[i].size(), size_t(112 * 112 * 3));
      double sum = 0;
      for (const double fraction : tiles->fractions[i]) sum += fraction;
      QVERIFY(std::abs(sum - 1) < 1e-4);
    }
  }
  void aFolderWithoutPlantedTruthIsRefused() {
    std::filesystem::create_directories(path("empty"));
    PretrainRequest options = optionsFor("none");
    options.sources = {path("empty")};
    const Result<PretrainedEncoder> encoder = pretrainEncoder(options, {}, kQuiet);
    QVERIFY(!encoder);
    QVERIFY(encoder.error().sentence.find("it holds no slide with its NAME.truth.h5") != std::string::npos);
    QVERIFY(!std::filesystem::exists(path("none")));
  }
  void otherRecipesAreRefused() {
    PretrainRequest options = optionsFor("none");
    options.recipe = "unheard-of";
    const Result<PretrainedEncoder> encoder = pretrainEncoder(options, {}, kQuiet);
    QVERIFY(!encoder);
    QCOMPARE(encoder.error().sentence,
             "There is no recipe 'unheard-of'; 'contrast', 'histcode2022' and 'composition' are.");
  }
  void aCancelledPretrainingLeavesNothing() {
    std::stop_source stop;
    const auto stopWhenTraining = [&](const Progress& progress) {
      if (progress.stage.starts_with("training")) stop.request_stop();
    };
    const Result<PretrainedEncoder> encoder =
        pretrainEncoder(optionsFor("cancelled"), stop.get_token(), stopWhenTraining);
    QVERIFY(!encoder);
    QVERIFY(encoder.error().sentence.ends_with("was cancelled."));
    QVERIFY(!std::filesystem::exists(path("cancelled")));
    QVERIFY(!std::filesystem::exists(path("cancelled.partial")));
  }

  void cohortToModelToEvaluation() {
    const Result<PretrainedEncoder> encoder = pretrainEncoder(optionsFor("encoder"), {}, kQuiet);
    QVERIFY2(encoder, encoder ? "" : encoder.error().sentence.c_str());
    QVERIFY(loadEncoder(encoder->package));
    const Result<PretrainedEncoder> again = pretrainEncoder(optionsFor("again"), {}, kQuiet);
    QVERIFY(again);
    QCOMPARE(again->package.hash, encoder->package.hash);
    TrainOptions options;
    options.out = path("model");
    options.bags = path("model.bags");
    options.folds = 3;
    options.threads = 1;
    const Result<Cohort> cohort = readCohort(path("cohort") / "cohort.csv");
    QVERIFY(cohort);
    const Result<TrainedPackage> trained = trainRegression(*cohort, encoder->package, options, {}, kQuiet);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->package.encoderHash, encoder->package.encoderHash);
    QCOMPARE(std::distance(std::filesystem::directory_iterator(path("model.bags")), {}), 6);

    const Result<std::vector<GeneScore>> scores =
        evaluatePackage(*openModelPackage(path("model")), *cohort, {path("model.bags"), 1}, {}, kQuiet);
    QVERIFY2(scores, scores ? "" : scores.error().sentence.c_str());
    QCOMPARE(scores->size(), cohort->genes.size());
    QCOMPARE(summarise(*scores).nullGenes, 6);
    for (const GeneScore& score : *scores) QCOMPARE(score.mapAuc && score.planted == false, false);
  }
  void anEncoderAloneIsNotEvaluated() {
    const Result<Cohort> cohort = readCohort(path("cohort") / "cohort.csv");
    const Result<std::vector<GeneScore>> scores =
        evaluatePackage(*openModelPackage(path("encoder")), *cohort, {path("model.bags"), 1}, {}, kQuiet);
    QVERIFY(!scores);
    QVERIFY(scores.error().sentence.ends_with("they have no gene in common."));
  }
};

}  // namespace geneglass::pretrain_test

GENEGLASS_TEST(geneglass::pretrain_test::PretrainTest)
#include "pretrain_test.moc"
