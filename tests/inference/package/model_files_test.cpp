// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/features/feature_bag.h"
#include "inference/package/package_writer.h"
#include "tests/inference/made_model.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/sha256.h"

namespace geneglass::model_files_test {

using namespace geneglass::testing;
using nlohmann::json;

namespace {

FeatureBag madeBag() {
  FeatureBag bag;
  bag.features = Matrix(3, 2);
  bag.features.values = madeNumbers(6, 1);
  bag.grid = {449, 449, 7, 9, {{0, 1}, {3, 1}, {6, 8}}};
  bag.slideHash = "slide";
  bag.encoderHash = "encoder";
  bag.mpp = 0.499;
  return bag;
}

json readJson(const std::filesystem::path& file) {
  return json::parse(std::ifstream(file));
}

QString sentence(const Error& error) {
  return QString::fromStdString(error.sentence);
}

}  // namespace

class ModelFilesTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  Result<FeatureBag> readBroken(const std::function<void(H5::H5File&)>& write) const {
    (void)writeHdf5(path("broken.h5"), write);
    return readBag(path("broken.h5"));
  }

 private Q_SLOTS:
  void tensorsComeBackAsTheyWereWritten() {
    const TensorFile tensors = madeResNet({1, 1}, {4, 6}, 3);
    QVERIFY(writeTensors(path("t.h5"), tensors).has_value());
    const Result<TensorFile> read = readTensors(path("t.h5"));
    QVERIFY2(read.has_value(), "readable");
    QCOMPARE(read->size(), tensors.size());
    for (const auto& [name, tensor] : tensors) {
      QCOMPARE(read->at(name).shape, tensor.shape);
      QCOMPARE(read->at(name).values, tensor.values);
    }
    QVERIFY(!std::filesystem::exists(path("t.h5.1.part")));
  }

  void aStopIsHeededWhileTensorsAreRead() {
    QVERIFY(writeTensors(path("t.h5"), madeResNet({1, 1}, {4, 6}, 3)).has_value());
    std::stop_source stop;
    stop.request_stop();
    const Result<TensorFile> read = readTensors(path("t.h5"), stop.get_token());
    QVERIFY(!read);
    QCOMPARE(read.error().sentence, "Reading '" + path("t.h5").string() + "' was stopped.");
  }

  void aPackageThatTheDiskDoesNotTakeLeavesNothing() {
    Result<void> weights, table;
    {
      Result<PackageWriter> package = PackageWriter::begin(path("made"));
      QVERIFY(package.has_value());
      const testing::FullPlace full(3000);
      weights = package->addTensors("head.h5", madeResNet({1, 1}, {4, 6}, 3));
      table = package->addText("genes.csv", std::string(3001, 'x'));
    }
    const auto refused = [this](const char* file) {
      return "Cannot write '" + path("made.partial").string() + "/" + file + "': File too large.";
    };
    QCOMPARE(weights.error().sentence, refused("head.h5"));
    QCOMPARE(table.error().sentence, refused("genes.csv"));
    QVERIFY(!std::filesystem::exists(path("made")));
    QVERIFY(!std::filesystem::exists(path("made.partial")));
  }

  void filesThatAreNoTensorsAreRefusedByName() {
    std::ofstream(path("text.h5")) << "no HDF5";
    (void)writeHdf5(path("empty.h5"), [](H5::H5File&) {});
    (void)writeHdf5(path("whole.h5"), [](H5::H5File& file) {
      writeIntegers(file, "a", {2}, std::vector<int>{1, 2});
    });
    (void)writeHdf5(path("group.h5"), [](H5::H5File& file) { file.createGroup("g"); });
    const std::pair<const char*, const char*> cases[] = {
        {"absent.h5", "there is no such file"},
        {"text.h5", "it is not an HDF5 file, or it is damaged"},
        {"empty.h5", "it holds no tensors"},
        {"whole.h5", "the tensor 'a' does not hold floats"},
        {"group.h5", "'g' is not a dataset"}};
    for (const auto& [name, reason] : cases) {
      const Result<TensorFile> read = readTensors(path(name));
      QVERIFY2(!read, name);
      QCOMPARE(sentence(read.error()), QString::fromStdString("Cannot read '" + path(name).string() + "': ") +
                                           QString::fromLatin1(reason) + QStringLiteral("."));
    }
  }

  void aTruncatedFileIsRefused() {
    QVERIFY(writeTensors(path("cut.h5"), madeResNet({1, 1}, {4, 6}, 3)).has_value());
    std::filesystem::resize_file(path("cut.h5"), std::filesystem::file_size(path("cut.h5")) / 2);
    QVERIFY(!readTensors(path("cut.h5")));
  }

  void tensorsWhoseShapeLiesAreNotWritten() {
    const Result<void> written = writeTensors(path("lie.h5"), {{"a", {{2, 3}, {1, 2}}}});
    QVERIFY(!written);
    QVERIFY(sentence(written.error())
                .contains(QStringLiteral("the tensor 'a' has 2 values where its shape says 6")));
    QVERIFY(!std::filesystem::exists(path("lie.h5")));
  }

  void aFolderThatDoesNotExistCannotBeWrittenTo() {
    const Result<void> written = writeBag(path("no/such/folder/bag.h5"), madeBag());
    QVERIFY(!written);
    QVERIFY(sentence(written.error()).startsWith(QStringLiteral("Cannot write '")));
  }

  void aBagComesBackWithItsGrid() {
    const FeatureBag bag = madeBag();
    QVERIFY(writeBag(path("bag.h5"), bag).has_value());
    const Result<FeatureBag> read = readBag(path("bag.h5"));
    QVERIFY2(read.has_value(), "readable");
    QCOMPARE(read->features.values, bag.features.values);
    QVERIFY(read->grid.cells == bag.grid.cells);
    QCOMPARE(read->grid.tile, 449);
    QCOMPARE(read->grid.stride, 449);
    QCOMPARE(read->grid.columns, 7);
    QCOMPARE(read->grid.rows, 9);
    QCOMPARE(read->slideHash, bag.slideHash);
    QCOMPARE(read->encoderHash, bag.encoderHash);
    QCOMPARE(read->mpp, bag.mpp);
  }

  void bagsThatAreNoneAreRefusedWithTheReason() {
    const std::vector<float> six(6, 1.0f), bad(6, NAN);
    const std::vector<int> coords{0, 0, 256, 0, 512, 0}, off{0, 0, 256, 0, 500, 0}, two{0, 0, 256, 0};
    using Write = std::function<void(H5::H5File&)>;
    const std::pair<Write, const char*> cases[] = {
        {[&](H5::H5File& f) {
           writeIntegers(f, "coords", {3, 2}, coords);
         },
         "it holds no 'features'"},
        {[&](H5::H5File& f) { writeFloats(f, "features", {6}, six); }, "its 'features' are not N x D"},
        {[&](H5::H5File& f) {
           writeFloats(f, "features", {3, 2}, six);
         },
         "it holds no 'coords'"},
        {[&](H5::H5File& f) { writeStrings(f, "features", {"a"}); }, "its 'features' are not N x D"},
        {[&](H5::H5File& f) {
           writeFloats(f, "features", {3, 2}, bad);
           writeIntegers(f, "coords", {3, 2}, coords);
         },
         "some of its features are not finite numbers"},
        {[&](H5::H5File& f) {
           writeFloats(f, "features", {3, 2}, six);
           writeIntegers(f, "coords", {2, 2}, two);
         },
         "it holds 3 features but 2 positions"},
        {[&](H5::H5File& f) {
           writeFloats(f, "features", {3, 2}, six);
           writeIntegers(f, "coords", {3, 2}, off);
         },
         "does not lie on the grid of"}};
    for (const auto& [write, reason] : cases) {
      const Result<FeatureBag> read = readBroken(write);
      QVERIFY2(!read, reason);
      QVERIFY2(sentence(read.error()).contains(QString::fromLatin1(reason)), read.error().sentence.c_str());
      QVERIFY(sentence(read.error()).contains(QStringLiteral("broken.h5")));
    }
  }

  void numbersOutOfTheirRangeAreRefusedByName_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("range");
    const double largest = 2147483647;
    for (const double value : {1e300, double(NAN), -1.0, 0.0, 256.5})
      for (const char* name : {"stride", "tile"})
        QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(value)))
            << QString::fromLatin1(name) << value << QStringLiteral("1 to %1").arg(largest, 0, 'f', 0);
    for (const double value : {1e300, double(NAN), -1.0, 65537.0})
      for (const char* name : {"columns", "rows"})
        QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(value)))
            << QString::fromLatin1(name) << value << QStringLiteral("0 to 65536");
  }

  void numbersOutOfTheirRangeAreRefusedByName() {
    QFETCH(QString, name);
    QFETCH(double, value);
    QFETCH(QString, range);
    const Result<FeatureBag> read = readBroken([&](H5::H5File& f) {
      writeFloats(f, "features", {3, 2}, std::vector<float>(6, 1));
      writeIntegers(f, "coords", {3, 2}, std::vector<int>{0, 0, 256, 0, 512, 0});
      writeAttribute(f, name.toStdString(), value);
    });
    QVERIFY(!read);
    QCOMPARE(read.error().sentence,
             fmt::format("Cannot read '{}': its '{}' is {}, it must be a whole number from {}.",
                         path("broken.h5").string(), name.toStdString(), value, range.toStdString()));
  }

  void aGridThatNoMemoryHoldsIsRefused() {
    const Result<FeatureBag> read = readBroken([&](H5::H5File& f) {
      writeFloats(f, "features", {3, 2}, std::vector<float>(6, 1));
      writeIntegers(f, "coords", {3, 2}, std::vector<int>{0, 0, 256, 0, 512, 0});
      writeAttribute(f, "columns", 65536);
      writeAttribute(f, "rows", 65536);
    });
    QVERIFY(!read);
    QVERIFY(sentence(read.error()).endsWith(QStringLiteral("its grid of 65536 x 65536 tiles is too large.")));
  }

  void placesThatAreOnNoSlideAreRefused() {
    const Result<FeatureBag> read = readBroken([&](H5::H5File& f) {
      writeFloats(f, "features", {2, 2}, std::vector<float>(4, 1));
      writeFloats(f, "coords", {2, 2}, std::vector<float>{0, 0, 1e30f, 0});
    });
    QVERIFY(!read);
    QVERIFY(sentence(read.error()).contains(QStringLiteral("a tile lies at 1")));
    QVERIFY(sentence(read.error()).endsWith(QStringLiteral("which is on no slide.")));
  }

  void aWriterThatThrowsLeavesNothing() {
    const auto write = [](H5::H5File&) { throw std::runtime_error("the numbers ran out"); };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)writeHdf5(path("thrown.h5"), write));
    QVERIFY(!std::filesystem::exists(path("thrown.h5")));
    QVERIFY(!std::filesystem::exists(path("thrown.h5.1.part")));
  }

  void aBagOfAnotherToolIsReadOrRefusedWithASentence() {
    GENEGLASS_NEED(positioned, "bags/mopadi_TCGA-AD-6964-01Z-00-DX1_features.h5");
    GENEGLASS_NEED(featuresOnly, "bags/mopadi_TCGA-3X-AAVA-01Z-00-DX1_features.h5");
    const Result<FeatureBag> read = readBag(positioned);
    QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->features.rows, size_t(777));
    QCOMPARE(read->grid.stride, 512);
    QVERIFY(read->slideHash.empty());
    const Result<FeatureBag> refused = readBag(featuresOnly);
    QVERIFY(!refused);
    QVERIFY(sentence(refused.error())
                .endsWith(QStringLiteral("it holds no 'coords', the positions of its tiles.")));
  }

  void aPackageComesBackAndItsHashesFollowItsFiles() {
    const ModelPackage package = madeModel(path("model"));
    const Result<ModelPackage> read = openModelPackage(path("model"));
    QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->genes.size(), size_t(3));
    QCOMPARE(read->genes[2].trainingMean, 7.0);
    QCOMPARE(read->genes[2].predictionQuantiles, package.genes[2].predictionQuantiles);
    QCOMPARE(read->encoder.channels, package.encoder.channels);
    QCOMPARE(read->hash, package.hash);
    QCOMPARE(read->hash.size(), size_t(64));
    ModelPackage other = package;
    other.genes[0].heldOutR = 0.5;
    const Result<ModelPackage> rewritten = writeManifest(other);
    QVERIFY(rewritten.has_value());
    QVERIFY(rewritten->hash != package.hash);
    QCOMPARE(rewritten->encoderHash, package.encoderHash);
  }

  void everyBrokenManifestIsRefusedWithItsReason() {
    madeModel(path("broken"));
    const json good = readJson(path("broken/manifest.json"));
    const json gone;
    const std::tuple<const char*, json, const char*> cases[] = {
        {"/format", "other", "'format' in its manifest.json is not 'geneglass-model'"},
        {"/format_version", 2, "'format_version' in its manifest.json is 2; this program reads version 1"},
        {"/name", 5, "'name' in its manifest.json must be a text"},
        {"/minimum_tissue", 1.5, "'minimum_tissue' in its manifest.json is 1.5, it must be from 0 to 1"},
        {"/encoder", 1, "'encoder' in its manifest.json must be an object"},
        {"/encoder/width", 0, "'encoder.width' in its manifest.json is 0"},
        {"/encoder/width", 7, "'encoder.width' in its manifest.json is 7, but the last of 'channels' is 6"},
        {"/encoder/width", 6.5, "'encoder.width' in its manifest.json must be a whole number"},
        {"/encoder/mpp", "1", "'encoder.mpp' in its manifest.json must be a number"},
        {"/encoder/mean", {1, 2}, "'encoder.mean' in its manifest.json must be a list of 3 numbers"},
        {"/encoder/deviation", {1, 0, 1}, "'encoder.deviation' in its manifest.json must be above 0"},
        {"/encoder/architecture", "swin",
         "known are 'torchscript', 'resnet', 'resnetv2', 'mobilenetv2' and 'vit'"},
        {"/encoder/blocks", {1}, "'encoder.channels' in its manifest.json must be as many as 'blocks'"},
        {"/encoder/weights", "../encoder.h5", "must name a file in the package's folder"},
        {"/encoder/weights", "none.h5", "its file 'none.h5' is missing or not readable"},
        {"/encoder/sha256", "00", "its file 'encoder.h5' is not the one the manifest was written for"},
        {"/head/sha256", "00", "its file 'head.h5' is not the one the manifest was written for"},
        {"/head/kind", "oracle",
         "is 'oracle'; known are 'attention regression', 'gated attention' and 'linear'"},
        {"/view", {{"sizes", {2, 1}}}, "'view.sizes' in its manifest.json must begin with 1, not 2"},
        {"/view", {{"sizes", {1, 1}}}, "'view.sizes' in its manifest.json must differ"},
        {"/view",
         {{"sizes", {1, 9}}},
         "'view.sizes' in its manifest.json must be a list of numbers from 0.25 to 8"},
        {"/view", {{"sizes", json::array()}}, "'view.sizes' in its manifest.json must be a list of numbers"},
        {"/view",
         {{"sizes", {1, 2, 3, 4, 5, 6, 7}}},
         "'view.sizes' in its manifest.json must be 1 to 6 numbers"},
        {"/genes/1/symbol", "GENE0", "'genes[1].symbol' in its manifest.json 'GENE0' is there twice"},
        {"/genes/1/subtype", "CMS9",
         "'genes[1].subtype' in its manifest.json is 'CMS9', which is no group of its panel"},
        {"/genes/1/training_deviation", 0, "'genes[1].training_deviation' in its manifest.json is 0"},
        {"/genes/1/heldout_r", gone, "'genes[1].heldout_r' in its manifest.json must be a number"},
        {"/genes/1/ci_low", 0.9, "'genes[1].ci_high' in its manifest.json is 0.7"},
        {"/genes/1/well_predicted", 1,
         "'genes[1].well_predicted' in its manifest.json must be true or false"},
        {"/genes/1/prediction_quantiles/3", 99,
         "'genes[1].prediction_quantiles' in its manifest.json must not fall"}};
    for (const auto& [pointer, value, reason] : cases) {
      json document = good;
      document[json::json_pointer(pointer)] = value;
      std::ofstream(path("broken/manifest.json")) << document;
      const Result<ModelPackage> read = openModelPackage(path("broken"));
      QVERIFY2(!read, reason);
      QVERIFY2(read.error().sentence.find(reason) != std::string::npos, read.error().sentence.c_str());
      QVERIFY(sentence(read.error()).startsWith(QStringLiteral("Cannot use the model package '")));
    }
  }

  void aManifestWithoutAKeyIsRefused() {
    madeModel(path("missing"));
    const json good = readJson(path("missing/manifest.json"));
    for (const auto& item : good.items()) {
      json document = good;
      document.erase(item.key());
      std::ofstream(path("missing/manifest.json")) << document;
      const Result<ModelPackage> read = openModelPackage(path("missing"));
      QVERIFY2(!read, item.key().c_str());
      const std::string reason = "'" + item.key() + "' in its manifest.json is missing";
      QVERIFY2(read.error().sentence.find(reason) != std::string::npos, read.error().sentence.c_str());
    }
  }

  void aFolderWithoutAManifestIsNoPackage() {
    const Result<ModelPackage> read = openModelPackage(path("nothing"));
    QVERIFY(!read);
    QVERIFY(sentence(read.error()).endsWith(QStringLiteral("there is no readable manifest.json in it.")));
    std::filesystem::create_directories(path("words"));
    std::ofstream(path("words/manifest.json")) << "{ not json";
    const Result<ModelPackage> words = openModelPackage(path("words"));
    QVERIFY(!words);
    QVERIFY(sentence(words.error()).endsWith(QStringLiteral("its manifest.json is not valid JSON.")));
  }

  void sha256IsTheStandardOne() {
    QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }
};

}  // namespace geneglass::model_files_test

GENEGLASS_TEST(geneglass::model_files_test::ModelFilesTest)
#include "model_files_test.moc"
