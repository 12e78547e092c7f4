// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_cohort.h"

#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <set>

#include "inference/features/spot_features.h"
#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/packages/training_preparation.h"
#include "inference/learning/spots/colour_statistics.h"
#include "inference/learning/spots/spot_labels.h"
#include "inference/learning/spots/spot_scores.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/pixel.h"

namespace geneglass::spot_cohort_test {

using namespace geneglass::testing;

namespace {

float tenEverywhere(int, int) {
  return 10;
}

/// Spots 100 px apart, `columns` x `rows` of them; VIM counts the column, MT-CO1 all else.
SpotTable madeSpots(int columns, int rows, const std::function<float(int, int)>& tp53 = tenEverywhere) {
  SpotTable table;
  table.file = "made.tsv";
  table.genes = {"MT-CO1", "VIM", "TP53"};
  Matrix counts(size_t(columns * rows), 3);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      table.names.push_back(std::to_string(column) + "x" + std::to_string(row));
      table.centres.push_back({100.0 * column + 50, 100.0 * row + 50});
      std::ranges::copy(std::array{90.0f - float(column), float(column), tp53(row, column)},
                        counts.row(table.names.size() - 1).begin());
    }
  table.counts = SparseCounts(counts);
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
    const SpotTable first = madeSpots(4, 3);
    SpotTable second = first;
    const std::array<const SpotTable*, 2> tables{&first, &second};
    QCOMPARE(mostExpressedGenes(tables, 9), (std::vector<std::string>{"TP53", "VIM"}));
    QCOMPARE(mostExpressedGenes(tables, 1), (std::vector<std::string>{"TP53"}));
    second.genes[2] = "KRAS";
    QCOMPARE(mostExpressedGenes(tables, 9), (std::vector<std::string>{"VIM"}));
  }

  void spotsBeyondTheSlideAreRefusedByMoreThanHalf() {
    const OpenedSlide opened = openPainted({400, 300}, 1.0, tissue);
    SpotTable spots = madeSpots(4, 3);
    for (size_t spot = 0; spot < 6; ++spot) spots.centres[spot].x += 400;
    QVERIFY(lieOn(spots, *opened.slide));
    spots.centres[6].y = -1;
    const Result<void> fits = lieOn(spots, *opened.slide);
    QVERIFY(!fits);
    const std::string beginning = "Cannot use the spots in 'made.tsv': 7 of 12 lie outside '";
    QVERIFY2(fits.error().sentence.starts_with(beginning), fits.error().sentence.c_str());
  }

  void tilesGoToTheRegionOfTheNearestSpot() {
    const SpotTable spots = madeSpots(2, 1);  // about (50, 50) and (150, 50), 50 px wide
    TileGrid grid{40, 40, 6, 2, {}};
    for (int column = 0; column < 6; ++column) grid.cells.push_back({column, 1});  // y 40..80
    const auto nearest = tilesOfRegions(grid, spots, {{0}, {1}});
    QCOMPARE(nearest[0], (std::vector<size_t>{0, 1, 2}));  // 2 is as near to both
    QCOMPARE(nearest[1], (std::vector<size_t>{3, 4, 5}));
  }

  void aCohortOfRegionsIsReadByWhatTrains() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    const std::vector<SpotSection> sections{madeSection("A"), madeSection("B"), madeSection("C")};
    SpotCohortOptions options{.out = in(folder, "cohort"), .regionSpots = 4, .threads = 2};
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
        makeSpotCohort({madeSection("A"), madeSection("B")}, package, {.out = in(folder, "cohort")},
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

  void aSpotIsSeenAsTilesOfAllSizesAboutItAre() {
    const QTemporaryDir folder;
    ModelPackage package = madeModel(in(folder, "model"));
    package.view.sizes = {1, 2};
    const SpotSection section = madeSection("A");
    const LoadedEncoder loaded(std::make_shared<const ModelPackage>(package));
    const Result<FeatureBag> bag =
        spotBag(section.opened, section.spots.centres, loaded, 1, {}, [](const Progress&) {});
    QVERIFY2(bag.has_value(), bag ? "" : bag.error().sentence.c_str());
    QCOMPARE(bag->features.rows, size_t(12));
    QCOMPARE(bag->features.columns, size_t(2 * package.encoder.width));
    QVERIFY(bag->grid.area(bag->grid.cells[1]) == (Rect{150 - 16, 50 - 16, 32, 32}));
    QVERIFY(writeBag(in(folder, "bag.h5"), partOf(*bag, {1})).has_value());
    const Result<FeatureBag> again = readBag(in(folder, "bag.h5"));
    QVERIFY2(again.has_value(), again ? "" : again.error().sentence.c_str());
    Result<Encoder> encoder = loadEncoder(package);
    QVERIFY(encoder.has_value());
    std::vector<Image> tiles(2, Image(32, 32));
    for (int y = 0; y < 32; ++y)
      for (int x = 0; x < 32; ++x) {
        tiles[0].at(x, y) = tissue(150 - 16 + x, 50 - 16 + y);
        std::array<double, 3> sums{};
        for (int i = 0; i < 4; ++i) {
          const uint32_t pixel = tissue(150 - 32 + 2 * x + i % 2, 50 - 32 + 2 * y + i / 2);
          sums[0] += redOf(pixel), sums[1] += greenOf(pixel), sums[2] += blueOf(pixel);
        }
        tiles[1].at(x, y) = opaque(int(std::lround(sums[0] / 4)), int(std::lround(sums[1] / 4)),
                                   int(std::lround(sums[2] / 4)));
      }
    const Result<Matrix> alone = encoder->encode(tiles);
    QVERIFY(alone.has_value());
    for (size_t i = 0; i < alone->columns; ++i) {
      QCOMPARE(bag->features.at(1, i), alone->at(0, i));
      QVERIFY(std::abs(bag->features.at(1, alone->columns + i) - alone->at(1, i)) < 0.02f);
    }
  }

  void aCohortOfSpotsTellsItsTrainingWhatItIs() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    std::vector<SpotSection> sections{madeSection("A"), madeSection("B"), madeSection("C")};
    for (SpotSection& section : sections)
      section.spots = madeSpots(4, 3, [](int row, int column) { return float(5 + 4 * row + column); });
    SpotCohortOptions options{.out = in(folder, "cohort"), .bags = SpotBags::Spots, .sizes = {1, 0.5}};
    const Result<SpotCohort> made = makeSpotCohort(sections, package, options, {}, [](const Progress&) {});
    QVERIFY2(made.has_value(), made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->cases, size_t(36));
    TrainingRequest request;
    request.cohort = made->file;
    request.encoder = in(folder, "model");
    request.options.out = in(folder, "trained");
    const Result<PreparedTraining> prepared = prepareTraining(request);
    QVERIFY2(prepared.has_value(), prepared ? "" : prepared.error().sentence.c_str());
    QCOMPARE(prepared->options.labelUnit, std::string(kSpotLabelUnit));
    QVERIFY(prepared->options.ofSpots);
    QCOMPARE(prepared->encoder.view.sizes, (std::vector<double>{1, 0.5}));
    const auto& genes = std::get<GeneTraining>(prepared->cases);
    QVERIFY(genes.head == HeadChoice::Linear);  // three sections: too few to choose with
    QCOMPARE(genes.folds.count, 3);
    QCOMPARE(genes.folds.ofCase[12], 1);
    request.options.sizes = {1, 2};
    QCOMPARE(QString::fromStdString(prepareTraining(request).error().sentence),
             QStringLiteral("The bags of '%1' tell of tiles of the sizes 1,0.5, not 1,2.")
                 .arg(QString::fromStdString(made->file.string())));
    options.out = in(folder, "other");
    options.sizes = {2, 1};
    const Result<SpotCohort> refused = makeSpotCohort(sections, package, options, {}, [](const Progress&) {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().sentence, std::string("The sizes of tiles must begin with 1, not 2."));
  }

  void aSectionCutInSeveralWaysGivesBagsOfEachCut() {
    const QTemporaryDir folder;
    const ModelPackage package = madeModel(in(folder, "model"));
    const std::vector<SpotSection> sections{madeSection("A"), madeSection("B")};
    const SpotCohortOptions options{.out = in(folder, "cohort"), .regionSpots = 4, .cuts = 2};
    const Result<SpotCohort> made = makeSpotCohort(sections, package, options, {}, [](const Progress&) {});
    QVERIFY2(made.has_value(), made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->cases, size_t(2 * 2 * 3));
    const Result<Cohort> cohort = readCohort(made->file);
    QVERIFY(cohort.has_value());
    QCOMPARE(cohort->cases[0].name, std::string("A-1-001"));
    QCOMPARE(cohort->cases[3].name, std::string("A-2-001"));
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
};

}  // namespace geneglass::spot_cohort_test

GENEGLASS_TEST(geneglass::spot_cohort_test::SpotCohortTest)
#include "spot_cohort_test.moc"
