// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/tile_view.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "inference/features/extract_features.h"
#include "inference/features/slide_features.h"
#include "inference/package/package_precision.h"
#include "inference/package/package_writer.h"
#include "inference/predict_slide.h"
#include "inference/tissue/tile_reader.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::tile_view_test {

using namespace geneglass::testing;

class TileViewTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  static Result<ExtractedBag> extracted(const OpenedSlide& slide, const ModelPackage& package,
                                        std::shared_ptr<const FeatureStore> store = {}) {
    return extractFeatures(slide, package, {.threads = 2, .store = std::move(store)}, {},
                           [](const Progress&) {});
  }

 private Q_SLOTS:
  void aRowTellsOfTilesOfEachSizeAboutItsCentre() {
    ModelPackage package = madeModel(path("model"));
    package.view.sizes = {1, 0.5, 3};
    const OpenedSlide slide = openPainted({400, 300}, 1.0, tissue);
    const Result<ExtractedBag> bag = extracted(slide, package);
    QVERIFY2(bag.has_value(), bag ? "" : bag.error().sentence.c_str());
    const Matrix& features = bag->bag.features;
    const auto width = size_t(package.encoder.width);
    QCOMPARE(features.columns, 3 * width);
    Result<Encoder> encoder = loadEncoder(package);
    QVERIFY(encoder.has_value());
    const TileGrid& grid = bag->bag.grid;
    for (const size_t cell : {size_t(0), grid.count() / 2}) {  // the first lies in the slide's corner
      const Rect area = grid.area(grid.cells[cell]);
      for (size_t size = 0; size < 3; ++size) {
        const std::optional<Image> seen =
            readAround(*slide.slide, *slide.source, area, package.view.sizes[size], 32);
        QVERIFY(seen.has_value());
        const Result<Matrix> alone = encoder->encode({&*seen, 1});
        QVERIFY(alone.has_value());
        for (size_t i = 0; i < width; ++i) QCOMPARE(features.at(cell, size * width + i), alone->at(0, i));
      }
    }
  }

  void whatLiesOutsideTheSlideIsWhite() {
    const OpenedSlide slide = openPainted({400, 300}, 1.0, tissue);
    const std::optional<Image> seen = readAround(*slide.slide, *slide.source, {0, 0, 32, 32}, 3, 48);
    QVERIFY(seen.has_value());
    QVERIFY(seen->at(0, 0) == opaque(255, 255, 255) && seen->at(15, 40) == opaque(255, 255, 255));
    QVERIFY(seen->at(16, 16) != opaque(255, 255, 255) && seen->at(47, 47) != opaque(255, 255, 255));
  }

  void aTileWhoseSurroundingsCannotBeReadIsDamaged() {
    ModelPackage package = madeModel(path("damaged"));
    package.view.sizes = {1, 2};
    auto source = std::make_shared<PaintedSource>(Size{256, 128}, tissue);
    source->damaged.insert({0, 1, 0});
    const Result<ExtractedBag> bag = extracted(openPainted({256, 128}, 1.0, source), package);
    QVERIFY2(bag.has_value(), bag ? "" : bag.error().sentence.c_str());
    // Of eight columns the right half is damaged, and of the left one the column beside it.
    for (const TileGrid::Cell& cell : bag->bag.grid.cells) QVERIFY(cell.column < 3);
    QCOMPARE(bag->bag.grid.count(), size_t(3 * 4));
    QCOMPARE(bag->bag.damagedTiles, 5 * 4);
  }

  void featuresOfAnotherViewAreNeverTakenForThese() {
    const ModelPackage one = madeModel(path("one"));
    ModelPackage two = one;
    two.view.sizes = {1, 2};
    QCOMPARE(featuresHash(one, Precision::Float32), one.encoderHash);
    QVERIFY(featuresHash(two, Precision::Float32) != one.encoderHash);
    const OpenedSlide slide = openPainted({400, 300}, 1.0, tissue);
    QVERIFY(FeatureStore::keyOf(*slide.slide, one, Precision::Float32) !=
            FeatureStore::keyOf(*slide.slide, two, Precision::Float32));
    const Result<ExtractedBag> bag = extracted(slide, two);
    QVERIFY(bag.has_value() && writeBag(path("two.h5"), bag->bag).has_value());
    const LoadedEncoder encoder(std::make_shared<const ModelPackage>(one));
    const Result<FeatureBag> taken = featuresOf(path("two.h5"), encoder, {.threads = 1}, {});
    QVERIFY(!taken);
    QCOMPARE(taken.error().sentence, "Cannot use the bag '" + path("two.h5").string() +
                                         "': another encoder made it than that of '" + path("one").string() +
                                         "', or it saw tiles of other sizes.");
  }

  void aPackageKeepsItsViewAndPredictsByIt() {
    const ModelPackage made = madeModel(path("plain"));
    ModelPackage package = made;
    package.view.sizes = {1, 2};
    package.head = HeadKind::Linear;
    Result<PackageWriter> writer = PackageWriter::begin(path("viewed"));
    QVERIFY(writer.has_value());
    QVERIFY(writer->addCopy(made.folder / made.encoder.weights).has_value());
    const auto width = int64_t(featuresATile(package));
    QVERIFY(writer
                ->addTensors("head.h5", {{"value.weight", {{3, width}, madeNumbers(size_t(3 * width), 4)}},
                                         {"value.bias", {{3}, {0, 1, 2}}}})
                .has_value());
    const Result<ModelPackage> written = writer->finish(package);
    QVERIFY2(written.has_value(), written ? "" : written.error().sentence.c_str());
    const Result<ModelPackage> opened = openModelPackage(path("viewed"));
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->view.sizes, (std::vector<double>{1, 2}));
    QCOMPARE(opened->encoderHash, made.encoderHash);
    QVERIFY(opened->head == HeadKind::Linear);
    const Result<Prediction> prediction = predictSlide(openPainted({400, 300}, 1.0, tissue), *opened,
                                                       {.threads = 2}, {}, [](const Progress&) {});
    QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().sentence.c_str());
    const Result<GeneMapPtr> map = prediction->maps.of(0);
    QVERIFY(map.has_value());
    QVERIFY((*map)->attention.empty());
    QCOMPARE((*map)->expression.size(), prediction->grid.count());
  }
};

}  // namespace geneglass::tile_view_test

GENEGLASS_TEST(geneglass::tile_view_test::TileViewTest)
#include "tile_view_test.moc"
