// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_cohort.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <set>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/spots/colour_statistics.h"
#include "inference/learning/spots/spot_features.h"
#include "inference/learning/spots/spot_labels.h"
#include "inference/learning/statistics/ridge.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::spot_cohort_test {

using namespace geneglass::testing;

namespace {

/// Spots 100 px apart, `columns` x `rows` of them; VIM counts the column, MT-CO1 all else.
SpotTable madeSpots(int columns, int rows) {
  SpotTable table;
  table.file = "made.tsv";
  table.genes = {"MT-CO1", "VIM", "TP53"};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      table.names.push_back(std::to_string(column) + "x" + std::to_string(row));
      table.centres.push_back({100.0 * column + 50, 100.0 * row + 50});
      for (const float count : {90.0f - float(column), float(column), 10.0f})
        table.counts.values.push_back(count);
    }
  table.counts.rows = table.names.size();
  table.counts.columns = 3;
  table.diameter = 50;
  return table;
}

SpotSection madeSection(const std::string& name) {
  return {name, openPainted({400, 300}, 1.0, tissue), madeSpots(4, 3)};
}

std::filesystem::path in(const QTemporaryDir& folder, const char* name) {
  return std::filesystem::path(folder.path().toStdString()) / name;
}

}  // namespace

class SpotCohortTest final : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aCutHasEachSpotOnceInConnectedRegions() {
    const SpotTable spots = madeSpots(11, 9);
    for (const double turn : {0.0, 0.4}) {
      const std::vector<SpotGroup> regions = cutRegions(spots.centres, 8, turn);
      std::set<size_t> seen;
      for (const SpotGroup& region : regions) {
        QVERIFY(region.size() <= 8 && region.size() >= 4);
        std::set<size_t> reached{region.front()};
        for (size_t before = 0; before != reached.size();) {
          before = reached.size();
          for (const size_t a : region)
            for (const size_t b : std::set(reached))
              if (std::hypot(spots.centres[a].x - spots.centres[b].x,
                             spots.centres[a].y - spots.centres[b].y) < 150)
                reached.insert(a);
        }
        QCOMPARE(reached.size(), region.size());
        seen.insert(region.begin(), region.end());
      }
      QCOMPARE(seen.size(), spots.centres.size());
    }
    QVERIFY(cutRegions(spots.centres, 8, 0) != cutRegions(spots.centres, 8, 0.4));
    QVERIFY(cutRegions({}, 8).empty());
  }

  void aPseudoBulkIsWhatTheSumOfItsSpotsGives() {
    const SpotTable spots = madeSpots(4, 3);
    const std::vector<SpotGroup> groups{{1}, {1, 2, 3}};
    const Result<Matrix> labels = pseudoBulk(spots, {"VIM", "TP53"}, groups);
    QVERIFY(labels.has_value());
    QCOMPARE(labels->at(0, 0), float(std::log1p(10000 * 1.0 / 100)));
    QCOMPARE(labels->at(1, 0), float(std::log1p(10000 * 6.0 / 300)));
    QCOMPARE(labels->at(1, 1), float(std::log1p(1000.0)));
    const Result<Matrix> unknown = pseudoBulk(spots, {"KRAS"}, groups);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().sentence,
             std::string("Cannot use the spots in 'made.tsv': they have no gene KRAS."));
  }

  void theMostExpressedGenesAreInAllTablesAndNotOfMitochondria() {
    std::vector<SpotTable> tables{madeSpots(4, 3), madeSpots(4, 3)};
    QCOMPARE(mostExpressedGenes(tables, 9), (std::vector<std::string>{"TP53", "VIM"}));
    QCOMPARE(mostExpressedGenes(tables, 1), (std::vector<std::string>{"TP53"}));
    tables[1].genes[2] = "KRAS";
    QCOMPARE(mostExpressedGenes(tables, 9), (std::vector<std::string>{"VIM"}));
  }

  void tilesGoToTheSpotsTheyTouchOrToTheNearestRegion() {
    const SpotTable spots = madeSpots(2, 1);  // about (50, 50) and (150, 50), 50 px wide
    TileGrid grid{40, 40, 6, 2, {}};
    for (int column = 0; column < 6; ++column) grid.cells.push_back({column, 1});  // y 40..80
    const auto touched = tilesOfGroups(grid, spots, singleSpots(spots), SpotBags::Spots);
    QCOMPARE(touched[0], (std::vector<size_t>{0, 1}));
    QCOMPARE(touched[1], (std::vector<size_t>{3, 4}));
    const auto nearest = tilesOfGroups(grid, spots, {{0}, {1}}, SpotBags::Regions);
    QCOMPARE(nearest[0], (std::vector<size_t>{0, 1, 2}));  // 2 is as near to both
    QCOMPARE(nearest[1], (std::vector<size_t>{3, 4, 5}));
  }

  void aCohortOfRegionsIsReadByWhatTrains() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    const std::vector<SpotSection> sections{madeSection("A"), madeSection("B"), madeSection("C")};
    SpotCohortOptions options{in(folder, "cohort"), SpotBags::Regions, 4, 250, 2};
    const Result<SpotCohort> made = makeSpotCohort(sections, package, options, {}, [](const Progress&) {});
    QVERIFY2(made.has_value(), made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->cases, size_t(9));
    const Result<Cohort> cohort = readCohort(made->file);
    QVERIFY2(cohort.has_value(), cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->genes, (std::vector<std::string>{"TP53", "VIM"}));
    const Result<Folds> folds = readFolds(in(folder, "cohort") / "folds.csv", *cohort);
    QVERIFY2(folds.has_value(), folds ? "" : folds.error().sentence.c_str());
    QCOMPARE(folds->ofCase, (std::vector<int>{0, 0, 0, 1, 1, 1, 2, 2, 2}));
    const Result<std::vector<Matrix>> bags =
        bagsOf(*cohort, LoadedEncoder(std::make_shared<const ModelPackage>(package)), {.threads = 1}, {},
               [](const Progress&) {});
    QVERIFY2(bags.has_value(), bags ? "" : bags.error().sentence.c_str());
    size_t tiles = 0;
    for (size_t i = 0; i < 3; ++i) tiles += (*bags)[i].rows;
    QCOMPARE(tiles, size_t(12 * 9));  // 400 x 300 in tiles of 32: all of them, each in one region

    const Result<SpotCohort> again = makeSpotCohort(sections, package, options, {}, [](const Progress&) {});
    QVERIFY(!again);
    QVERIFY2(again.error().sentence.find("cohort'") != std::string::npos, again.error().sentence.c_str());
  }

  void aStoppedCohortLeavesNothing() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    std::stop_source stop;
    stop.request_stop();
    const Result<SpotCohort> made =
        makeSpotCohort({madeSection("A"), madeSection("B")}, package, {in(folder, "cohort")},
                       stop.get_token(), [](const Progress&) {});
    QVERIFY(!made);
    QVERIFY2(made.error().sentence.find("cancelled") != std::string::npos, made.error().sentence.c_str());
    QVERIFY(!std::filesystem::exists(in(folder, "cohort")));
    QVERIFY(!std::filesystem::exists(in(folder, "cohort.partial")));
  }

  void aBagOfAnotherEncoderIsRefused() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    FeatureBag bag;
    bag.features = Matrix(1, size_t(package.encoder.width));
    bag.grid = {32, 32, 1, 1, {{0, 0}}};
    bag.encoderHash = std::string(64, 'b');
    QVERIFY(writeBag(in(folder, "bag.h5"), bag).has_value());
    const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
    const Result<FeatureBag> other = featuresOf(in(folder, "bag.h5"), encoder, {.threads = 1}, {});
    QVERIFY(!other);
    QVERIFY2(other.error().sentence.find("another encoder made it than that of '") != std::string::npos,
             other.error().sentence.c_str());
    bag.encoderHash.clear();
    bag.features = Matrix(1, 3);
    QVERIFY(writeBag(in(folder, "bag.h5"), bag).has_value());
    const Result<FeatureBag> narrow = featuresOf(in(folder, "bag.h5"), encoder, {.threads = 1}, {});
    QVERIFY(!narrow);
    QVERIFY2(narrow.error().sentence.find("it has 3 features a tile, the encoder of '") != std::string::npos,
             narrow.error().sentence.c_str());
  }

  void aSpotIsSeenAsItsTilesAre() {
    const QTemporaryDir folder;
    Result<Encoder> encoder = loadEncoder(madeModel(in(folder, "model")));
    QVERIFY(encoder.has_value());
    const SpotSection section = madeSection("A");
    const Result<std::vector<Matrix>> features = spotFeatures(
        section.opened, section.spots, {32, {{0, 0}, {16, -8}}}, *encoder, {}, [](const Progress&) {});
    QVERIFY2(features.has_value(), features ? "" : features.error().sentence.c_str());
    QCOMPARE(features->size(), size_t(12));
    Image tile(32, 32);
    for (int y = 0; y < 32; ++y)
      for (int x = 0; x < 32; ++x) tile.at(x, y) = tissue(150 + 16 - 16 + x, 50 - 8 - 16 + y);
    const Result<Matrix> alone = encoder->encode({&tile, 1});
    for (size_t i = 0; i < alone->columns; ++i) QCOMPARE((*features)[1].at(1, i), alone->at(0, i));
  }

  void coloursAreMeansDeviationsAndPercentiles() {
    Image tile(2, 2, opaque(0, 51, 255));
    tile.at(0, 0) = tile.at(1, 0) = opaque(255, 51, 255);
    std::array<float, kColourStatistics> colours{};
    colourStatistics(tile, colours);
    const std::array<float, kColourStatistics> expected{0.5f, 0.2f, 1,    0.5f, 0, 0,    0, 0.2f,
                                                        1,    0,    0.2f, 1,    1, 0.2f, 1};
    for (size_t i = 0; i < colours.size(); ++i) QVERIFY(std::abs(colours[i] - expected[i]) < 1e-6);
  }

  void ridgeIsTheClosedForm() {
    Matrix features(2, 1), targets(2, 1);
    features.values = {3, 5};  // standardised -1, 1
    targets.values = {10, 30};
    const Matrix fitted = Ridge::fit(features, targets, 0.5).predict(features);
    QVERIFY(std::abs(fitted.at(1, 0) - (20 + 10 * 2 / 2.5)) < 1e-4);  // W = 2 / (2 + 0.5)
    // Without noise and nearly without a penalty the plane is found again, also from fewer rows than
    // features.
    Matrix many(40, 3), plane(40, 2);
    for (size_t row = 0; row < 40; ++row) {
      for (size_t i = 0; i < 3; ++i) many.at(row, i) = float(noise(int64_t(row), int64_t(i), 100)) / 50;
      plane.at(row, 0) = 2 * many.at(row, 0) - many.at(row, 2) + 7;
      plane.at(row, 1) = many.at(row, 1);
    }
    const Matrix found = Ridge::fit(many, plane, 1e-6).predict(many);
    for (size_t i = 0; i < found.values.size(); ++i)
      QVERIFY(std::abs(found.values[i] - plane.values[i]) < 1e-3);
  }
};

}  // namespace geneglass::spot_cohort_test

GENEGLASS_TEST(geneglass::spot_cohort_test::SpotCohortTest)
#include "spot_cohort_test.moc"
