// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_training.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "inference/encoder/encoder.h"
#include "inference/learning/pretraining/pretrain.h"
#include "inference/learning/pretraining/pretrain_recipes.h"
#include "inference/package/package_writer.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::contrast_training_test {

using namespace geneglass::testing;

namespace {

const auto kQuiet = [](const Progress&) {};

/// Stripes of a drawn slant on a drawn colour: two classes, which blur and colour do not tell apart.
QImage drawnPicture(int kind, std::mt19937& random) {
  constexpr int kSide = 48;
  QImage picture(kSide, kSide, QImage::Format_RGB32);
  const int red = 150 + int(random() % 80), blue = 150 + int(random() % 80), shift = int(random() % 16);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const bool dark = kind == 0 ? (x + y + shift) / 3 % 2 == 0 : ((x + shift) / 9 + y / 9) % 2 == 0;
      picture.setPixelColor(x, y, dark ? QColor(red / 2, 60, blue) : QColor(red, 140, blue));
    }
  return picture;
}

}  // namespace

class ContrastTrainingTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  PretrainRequest optionsFor(const char* name) const {
    PretrainRequest options;
    options.sources = {path("pictures")};
    options.out = path(name);
    options.threads = 2;
    options.epochs = 2;
    options.batch = 16;
    options.negatives = 32;
    return options;
  }
  std::string refusal(const PretrainRequest& options) const {
    const Result<PretrainedEncoder> encoder = pretrainEncoder(options, {}, kQuiet);
    return encoder ? "" : encoder.error().sentence;
  }

 private Q_SLOTS:
  void initTestCase() {
    std::filesystem::create_directories(path("pictures"));
    std::mt19937 random(1);
    for (int i = 0; i < 72; ++i)
      drawnPicture(i % 2, random)
          .save(QString::fromStdString(
              (path("pictures") /
               QString::asprintf("%s-%02d.png", i % 2 ? "CHECK" : "SLANT", i).toStdString())
                  .string()));
  }

  void anEncoderIsTrainedThatTellsTexturesApart() {
    const Result<PretrainedEncoder> trained = pretrainEncoder(optionsFor("whole"), {}, kQuiet);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->tiles, size_t(72));
    QVERIFY(!trained->judgedAreHeldOut);
    QVERIFY(trained->neighbourAccuracy > 0.9);
    QCOMPARE(trained->package.recipe, "contrast");
    const Result<Encoder> encoder = loadEncoder(trained->package);
    QVERIFY2(encoder, encoder ? "" : encoder.error().sentence.c_str());
    QVERIFY(!std::filesystem::exists(path("whole.state")));
    const std::string curve = bytesOfFile(path("whole.curve.csv"));
    QVERIFY(curve.starts_with("step,epoch,tiles,loss,neighbour_accuracy\n1,1,16,"));
    QCOMPARE(std::count(curve.begin(), curve.end(), '\n'), 1 + 8 + 2);
  }
  void otherThreadsGiveTheSameBytes() {
    PretrainRequest options = optionsFor("alone");
    options.threads = 1;
    const Result<PretrainedEncoder> trained = pretrainEncoder(options, {}, kQuiet);
    QVERIFY(trained);
    QCOMPARE(trained->package.hash, openModelPackage(path("whole"))->hash);
  }
  void whatWasStoppedGoesOnToTheSameBytes_data() {
    QTest::addColumn<int>("step");
    QTest::newRow("in the first epoch") << 2;
    QTest::newRow("at its end") << 4;
  }
  void whatWasStoppedGoesOnToTheSameBytes() {
    QFETCH(int, step);
    const PretrainRequest options = optionsFor(("stopped" + std::to_string(step)).c_str());
    std::stop_source stop;
    const Result<PretrainedEncoder> stopped =
        pretrainEncoder(options, stop.get_token(), [&](const Progress& progress) {
          if (progress.stage.starts_with("contrast") && progress.done == step) stop.request_stop();
        });
    QVERIFY(!stopped);
    QVERIFY(stopped.error().sentence.ends_with("was cancelled; the same call goes on where it stopped."));
    QVERIFY(!std::filesystem::exists(options.out));
    int64_t first = 0;
    const Result<PretrainedEncoder> trained = pretrainEncoder(options, {}, [&](const Progress& progress) {
      if (first == 0 && progress.stage.starts_with("contrast")) first = progress.done;
    });
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(first, int64_t(step + 1));
    QCOMPARE(trained->package.hash, openModelPackage(path("whole"))->hash);
    QCOMPARE(bytesOfFile(options.out.string() + ".curve.csv"), bytesOfFile(path("whole.curve.csv")));
  }
  void aStoppedFillOfTheBankGoesOnToTheSameBytes() {
    const PretrainRequest options = optionsFor("filling");
    std::stop_source stop;
    std::vector<int64_t> filled;
    const auto watch = [&](const Progress& progress) {
      if (!progress.stage.starts_with("filling")) return;
      filled.push_back(progress.done);
      if (filled.size() == 1) stop.request_stop();
    };
    const Result<PretrainedEncoder> stopped = pretrainEncoder(options, stop.get_token(), watch);
    QVERIFY(!stopped);
    QVERIFY(stopped.error().sentence.ends_with("was cancelled; the same call goes on where it stopped."));
    const Result<PretrainedEncoder> trained = pretrainEncoder(options, {}, watch);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(filled, (std::vector<int64_t>{16, 32}));
    QCOMPARE(trained->package.hash, openModelPackage(path("whole"))->hash);
  }
  void otherSettingsDoNotGoOn() {
    PretrainRequest options = optionsFor("other");
    std::stop_source stop;
    QVERIFY(!pretrainEncoder(options, stop.get_token(), [&](const Progress& progress) {
      if (progress.stage.starts_with("contrast")) stop.request_stop();
    }));
    options.seed = 2;
    int64_t first = 0;
    QVERIFY(pretrainEncoder(options, {}, [&](const Progress& progress) {
      if (first == 0 && progress.stage.starts_with("contrast")) first = progress.done;
    }));
    QCOMPARE(first, int64_t(1));
  }

  void thePublishedRecipeIsTheTableOfThePaper() {
    const Result<ContrastRecipe> recipe = contrastRecipe("histcode2022", "");
    QVERIFY(recipe);
    QCOMPARE(recipe->encoder.width, 1024);
    QCOMPARE(recipe->encoder.blocks, (std::vector<int>{3, 4, 6}));
    QVERIFY(recipe->encoder.block == ResidualBlock::Bottleneck);
    QCOMPARE(recipe->settings.negatives, int64_t(318'193));
    QCOMPARE(recipe->settings.projection, 128);
    QCOMPARE(recipe->settings.temperature, 0.12);
    QCOMPARE(recipe->settings.bank.temperature, 0.02);
    QCOMPARE(recipe->settings.bank.learningRate, 0.3);
    QCOMPARE(recipe->batch, 250);
    QCOMPARE(recipe->part, 0);
    QCOMPARE(recipe->epochs, 50);
    QCOMPARE(recipe->views.side, 224);
  }
  void thePublishedRecipeRunsWithAnotherEncoder() {
    PretrainRequest options = optionsFor("published");
    options.recipe = "histcode2022";
    options.encoder = "small";
    options.epochs = 1;
    const Result<PretrainedEncoder> trained = pretrainEncoder(options, {}, kQuiet);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QVERIFY(trained->package.training.find("32 negatives") != std::string::npos);
    QVERIFY(loadEncoder(trained->package));
  }
  void aStartKeepsItsShapeAndAtALowRateItsWeights() {
    PretrainRequest options = optionsFor("low");
    options.recipe = "histcode2022";
    options.epochs = 1;
    options.learningRate = 1e-9;
    options.start = path("whole");
    const Result<PretrainedEncoder> trained = pretrainEncoder(options, {}, kQuiet);
    QVERIFY2(trained, trained ? "" : trained.error().sentence.c_str());
    QCOMPARE(trained->package.encoder.channels, (std::vector<int>{16, 32, 64, 128}));
    const auto weights = [&](const char* name) {
      return readTensors(path(name) / "encoder.h5")->at("layer4.0.conv2.weight").values;
    };
    const std::vector<float> before = weights("whole"), after = weights("low");
    for (size_t i = 0; i < before.size(); ++i) QVERIFY(std::abs(before[i] - after[i]) < 1e-6F);
  }

  void wrongCallsAreSentences() {
    PretrainRequest options = optionsFor("none");
    options.encoder = "resnet99";
    QCOMPARE(refusal(options), "There is no encoder 'resnet99'; 'small', 'resnet18' and 'resnet50' are.");
    options = optionsFor("none");
    options.batch = 100;
    QVERIFY(refusal(options).ends_with("72 tiles are fewer than a batch of 100."));
    options = optionsFor("none");
    options.start = path("nowhere");
    QVERIFY(refusal(options).find("nowhere") != std::string::npos);
    options.start = path("whole");
    options.encoder = "resnet18";
    QVERIFY(refusal(options).ends_with(
        "whole': it has stages of 16 32 64 128 channels and 1 1 1 1 blocks, 'resnet18' has 64 128 256 512 "
        "and 2 2 2 2; without --encoder its own shape is kept."));
    options.encoder = "small";
    options.batch = 100;
    QVERIFY(refusal(options).ends_with("72 tiles are fewer than a batch of 100."));
    QVERIFY(refusal(optionsFor("whole")).find("it exists already") != std::string::npos);
    QVERIFY(!std::filesystem::exists(path("none")));
  }
};

}  // namespace geneglass::contrast_training_test

GENEGLASS_TEST(geneglass::contrast_training_test::ContrastTrainingTest)
#include "contrast_training_test.moc"
