// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_scores.h"
#include "inference/learning/spots/read_spots.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/pages/spot_picture.h"
#include "inference/learning/spots/spot_report.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "inference/synthetic/synthetic_truth.h"
#include "tests/support/held_maps.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/colour_map.h"

namespace geneglass::spot_scores_test {
namespace {

/// `columns` x `rows` tiles of `tile` pixels side by side, all of them tissue.
TileGrid fullGrid(int columns, int rows, int tile) {
  TileGrid grid{tile, tile, columns, rows, {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) grid.cells.push_back({column, row});
  return grid;
}

/// One tile of 100 px a spot, a spot of 50 px in the middle of each; `genes` named G0, G1, ... are predicted.
struct MadeSection {
  Prediction prediction;
  Matrix expression;  ///< genes x tiles
  Matrix counts;      ///< of the table, tiles x genes and one
  SpotTable table;

  MadeSection(int columns, int rows, size_t genes) {
    prediction.slideFile = "made.tif";
    prediction.slideSize = {100 * columns, 100 * rows};
    prediction.mpp = 0.5;
    prediction.modelName = "made model";
    prediction.grid = fullGrid(columns, rows, 100);
    const size_t tiles = prediction.grid.count();
    expression = Matrix(genes, tiles);
    for (size_t gene = 0; gene < genes; ++gene) {
      prediction.genes.emplace_back().symbol = "G" + std::to_string(gene);
      table.genes.push_back(prediction.genes.back().symbol);
    }
    table.genes.push_back("OTHER");
    table.file = "made.tsv";
    table.diameter = 50;
    counts = Matrix(tiles, genes + 1);
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      table.centres.push_back({cell.column * 100 + 50.0, cell.row * 100 + 50.0});
    table.names.resize(tiles);
  }

  Prediction predicted() const {
    std::vector<GeneMap> maps(expression.rows);
    for (size_t gene = 0; gene < maps.size(); ++gene)
      maps[gene].expression.assign(expression.row(gene).begin(), expression.row(gene).end());
    Prediction whole = prediction;
    whole.maps = testing::heldMaps(maps);
    return whole;
  }

  SpotPrediction seen() const { return {predicted(), viewsOfEach(table.centres)}; }

  SpotTable counted() const {
    SpotTable whole = table;
    whole.counts = SparseCounts(counts);
    return whole;
  }

  SpotComparison compared() const {
    const Result<SpotComparison> comparison = compareSpots(seen(), counted(), 1);
    if (!comparison) qFatal("%s", comparison.error().sentence.c_str());
    return *comparison;
  }

  std::string refusal() const {
    const Result<SpotComparison> comparison = compareSpots(seen(), counted(), 1);
    return comparison ? "" : comparison.error().sentence;
  }
};

/// Ten spots of one gene: 0, 1, .. 9 counted, of 100 in each.
MadeSection tenSpots() {
  MadeSection section(5, 2, 1);
  for (size_t spot = 0; spot < 10; ++spot) {
    section.counts.at(spot, 0) = float(spot);
    section.counts.at(spot, 1) = 100 - float(spot);
  }
  return section;
}

/// Spots of 55 um every 100 um, row by row half a step apart, that count what was planted there.
SpotTable plantedSpots(const SyntheticTruth& truth) {
  SpotTable table;
  table.file = "planted";
  table.diameter = 110;
  for (const PlantedGene& gene : plantedGenes())
    if (!gene.drivers.empty()) table.genes.push_back(gene.symbol);
  table.genes.push_back("REST");
  Matrix counts(0, table.genes.size());
  bool shifted = false;
  for (double y = 100; y < double(truth.size.height) - 100; y += 173, shifted = !shifted)
    for (double x = shifted ? 200 : 100; x < double(truth.size.width) - 100; x += 200) {
      const ClassFractions here = compositionOf(truth, {x - 55, y - 55, 110, 110});
      if (here[size_t(TissueClass::Background)] > 0.5) continue;
      table.centres.push_back({x, y});
      for (const PlantedGene& gene : plantedGenes())
        if (!gene.drivers.empty())
          counts.values.push_back(float(std::round(20 * std::exp2(plantedTruth(gene, here) - gene.base))));
      counts.values.push_back(100000);
    }
  table.names.resize(table.centres.size());
  counts.rows = table.centres.size();
  table.counts = SparseCounts(counts);
  return table;
}

}  // namespace

class SpotScoresTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsAreNormalisedToTheMedianSpotAndLogged() {
    MadeSection section = tenSpots();
    section.counts.at(3, 1) = 197;  // 200 in this spot, 100 in the others
    section.counts.at(0, 1) = 0;    // nothing at all in the first
    section.table.centres[9] = {5000, 5000};
    const SpotComparison comparison = section.compared();
    QCOMPARE(comparison.measured, size_t(10));
    QCOMPARE(comparison.compared(), size_t(8));
    QCOMPARE(comparison.withoutTile, size_t(1));
    QCOMPARE(comparison.withoutCounts, size_t(1));
    QCOMPARE(comparison.measuredValues.at(0, 0), float(std::log1p(1.0)));
    QCOMPARE(comparison.measuredValues.at(2, 0), float(std::log1p(1.5)));
    QCOMPARE(comparison.measuredValues.at(4, 0), float(std::log1p(5.0)));
    QCOMPARE(comparison.pitch, 100.0);
  }

  void aMapThatFollowsTheCountsCorrelatesWithThem() {
    MadeSection section = tenSpots();
    for (size_t spot = 0; spot < 10; ++spot)
      section.expression.at(0, spot) = float(2 * std::log1p(double(spot)) - 7);
    SpotScore score = section.compared().scores[0];
    QVERIFY(std::abs(score.pearson - 1) < 1e-9 && std::abs(score.spearman - 1) < 1e-9);
    std::vector<double> measured, cubes;
    for (size_t spot = 0; spot < 10; ++spot) {
      section.expression.at(0, spot) = -float(spot * spot * spot);
      measured.push_back(std::log1p(double(spot)));
      cubes.push_back(-double(spot * spot * spot));
    }
    score = section.compared().scores[0];
    QVERIFY(std::abs(score.pearson - pearson(cubes, measured)) < 1e-6);
    QVERIFY(std::abs(score.spearman + 1) < 1e-9);
    QCOMPARE(score.counted, size_t(9));
    QVERIFY(std::isnan(score.pearsonInterval.low));  // counted in fewer than 10 spots
  }

  void aFlatMapHasNoCorrelationAndTheMeanIsOverTheOthers() {
    MadeSection section(6, 6, 2);
    for (size_t spot = 0; spot < 36; ++spot) {
      section.counts.at(spot, 0) = section.counts.at(spot, 1) = float(1 + (spot * 7) % 11);
      section.counts.at(spot, 2) = 100;
      section.expression.at(0, spot) = float((spot * 5) % 13);
      section.expression.at(1, spot) = 4;
    }
    const SpotComparison comparison = section.compared();
    QVERIFY(std::isnan(comparison.scores[1].pearson) && std::isnan(comparison.scores[1].spearman));
    QCOMPARE(comparison.meanPearson, comparison.scores[0].pearson);
    const auto document = nlohmann::json::parse(spotsAsJson(section.prediction, comparison));
    QVERIFY(document["genes"][1]["pearson"].is_null() && document["genes"][0]["pearson"].is_number());
    QVERIFY(QString::fromStdString(spotsAsTable(section.prediction, comparison))
                .contains(QStringLiteral("no correlation for 1 of the genes")));
  }

  void theJsonHasTheKeysOfTheInterface() {
    const MadeSection section = tenSpots();
    const auto document = nlohmann::json::parse(spotsAsJson(section.prediction, section.compared()));
    for (const char* key : {"slide", "model", "spots", "genes", "mean_pearson"})
      QVERIFY(document.contains(key));
    for (const char* key : {"file", "measured", "compared", "diameter_um", "pitch_um"})
      QVERIFY(document["spots"].contains(key));
    for (const char* key : {"symbol", "pearson", "pearson_low", "pearson_high", "spearman", "spearman_low",
                            "spearman_high", "heldout_r", "ci_low", "ci_high", "well_predicted"})
      QVERIFY2(document["genes"][0].contains(key), key);
    QCOMPARE(document["spots"]["diameter_um"].get<double>(), 25.0);
    QCOMPARE(document["spots"]["pitch_um"].get<double>(), 50.0);
    QCOMPARE(document["spots"]["compared"].get<int>(), 10);
  }

  void whatCannotBeComparedIsRefusedWithASentence() {
    MadeSection section = tenSpots();
    section.table.genes = {"g0", "OTHER"};
    QCOMPARE(section.refusal(),
             std::string("Cannot use the spots in 'made.tsv': of its 2 genes (the first is g0) none "
                         "is one of the model's 1 (the first is G0)."));
    section = tenSpots();
    for (size_t spot = 2; spot < 10; ++spot) section.table.centres[spot].x += 10000;
    QCOMPARE(section.refusal(),
             std::string(
                 "Cannot compare 'made.tif' with the spots in 'made.tsv': 2 of 10 lie on the slide and have "
                 "counts; are their places in level-0 pixels of this slide?"));
    section = tenSpots();
    std::stop_source source;
    source.request_stop();
    const auto stopped = compareSpots(section.seen(), section.counted(), 1, source.get_token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().sentence,
             std::string("The comparison with the spots in 'made.tsv' was cancelled."));
    section.table.centres.assign(10, {150, 50});
    QCOMPARE(section.refusal(), std::string("Cannot use the spots in 'made.tsv': they lie on each other."));
  }

  void aPictureShowsBothSidesInTheirColours() {
    GENEGLASS_NEED(file, "slides/CMU-1-Small-Region.svs");
    const Result<OpenedSlide> opened = openSlide(file);
    QVERIFY(opened);
    MadeSection section(11, 14, 1);
    section.prediction.slideFile = file.string();
    section.prediction.slideSize = opened->slide->size();
    for (size_t spot = 0; spot < 154; ++spot) {
      const bool left = section.prediction.grid.cells[spot].column < 5;
      section.counts.at(spot, 0) = left ? 0 : 50;
      section.counts.at(spot, 1) = left ? 100 : 50;
      section.expression.at(0, spot) = left ? 3 : -3;
    }
    const SpotComparison comparison = section.compared();
    QVERIFY(std::abs(comparison.scores[0].pearson + 1) < 1e-9);
    const QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("spots.png"));
    QVERIFY(drawSpots(*opened, section.prediction, comparison, 0, picture.toStdString(), {}));
    const QImage drawn(picture);
    QVERIFY(drawn.width() > 1000 && drawn.height() > 700);
    std::map<QRgb, std::array<int, 2>> found;  // how many pixels of a colour are left and right
    for (int y = 100; y < 800; ++y)
      for (int x = 0; x < drawn.width(); ++x) ++found[drawn.pixel(x, y)][size_t(2 * x >= drawn.width())];
    // 70 spots low and 84 high: z = -sqrt(84 / 70) and sqrt(70 / 84).
    const double low = std::sqrt(84.0 / 70), high = std::sqrt(70.0 / 84);
    const auto count = [&](double z) { return found[colourAt(ColourMap::Viridis, (z + 2.5) / 5)]; };
    QVERIFY(count(-low)[0] > 5000 && count(-low)[1] < 50);    // measured
    QVERIFY(count(-high)[1] > 5000 && count(-high)[0] < 50);  // predicted, the other way round
    const auto refused = drawSpots(*opened, section.prediction, comparison, 0, "/nowhere/spots.png", {});
    QVERIFY(!refused && refused.error().sentence.starts_with("Cannot write '/nowhere/spots.png': "));
  }

  void genesCountedInFewSpotsHaveNoInterval() {
    MadeSection section(20, 20, 2);
    for (size_t spot = 0; spot < 400; ++spot) {
      section.expression.at(0, spot) = section.expression.at(1, spot) = float(spot % 7);
      section.counts.at(spot, 0) = spot % 40 == 5 && spot > 40 ? 1 : 0;  // 9 spots
      section.counts.at(spot, 1) = spot % 40 == 5 ? 1 : 0;               // 10
      section.counts.at(spot, 2) = 100;
    }
    const SpotComparison comparison = section.compared();
    QCOMPARE(comparison.scores[0].counted, size_t(9));
    QVERIFY(std::isfinite(comparison.scores[0].pearson));
    QVERIFY(std::isnan(comparison.scores[0].pearsonInterval.low));
    QVERIFY(std::isnan(comparison.scores[0].spearmanInterval.high));
    QCOMPARE(comparison.scores[1].counted, size_t(10));
    QVERIFY(comparison.scores[1].pearsonInterval.low < comparison.scores[1].pearson);
    QVERIFY(comparison.scores[1].spearmanInterval.high > comparison.scores[1].spearman);
  }

  void plantedSpotsAreFoundAgainAndOnlyAtTheirPlaces() {
    const QTemporaryDir folder;
    const std::filesystem::path cohort = folder.path().toStdString();
    QVERIFY(writeSyntheticCohort(cohort, {.slides = 1, .seed = 5, .size = {6144, 4096}, .threads = 2}));
    const auto file = std::find_if(std::filesystem::directory_iterator(cohort), {},
                                   [](const auto& entry) { return entry.path().extension() == ".tif"; });
    const Result<OpenedSlide> opened = openSlide(file->path());
    const Result<ModelPackage> package = openShippedModel();
    QVERIFY(opened && package);
    const Result<SyntheticTruth> truth = readTruth(cohort / (opened->slide->name() + ".truth.h5"));
    QVERIFY(truth);
    SpotTable spots = plantedSpots(*truth);
    const LoadedModel model(*package);
    const Result<SpotPrediction> prediction =
        predictSpots(*opened, spots, model, 0, {}, [](const Progress&) {});
    QVERIFY(prediction);
    const Result<SpotComparison> right = compareSpots(*prediction, spots, 1);
    QVERIFY(right && right->compared() > 100);
    QVERIFY2(right->meanPearson > 0.5, qPrintable(QString::number(right->meanPearson)));
    QVERIFY(right->meanPearsonInterval.low > 0.3);
    SpotTable mirrored = spots;
    for (Point& centre : mirrored.centres) centre.x = 6144 - centre.x;
    const Result<SpotPrediction> elsewhere =
        predictSpots(*opened, mirrored, model, 0, {}, [](const Progress&) {});
    QVERIFY(elsewhere);
    const Result<SpotComparison> wrong = compareSpots(*elsewhere, mirrored, 1);
    QVERIFY(wrong);
    QVERIFY2(wrong->meanPearson < 0.2, qPrintable(QString::number(wrong->meanPearson)));
  }

  void theShippedModelSaysNothingOfRealTissue() {
    GENEGLASS_NEED(file, "st/her2st-C2/slide.tif");
    const Result<OpenedSlide> opened = openSlide(file);
    const Result<ModelPackage> package = openShippedModel();
    const Result<SpotTable> table =
        readSpots(file.parent_path() / "counts.tsv.gz", file.parent_path() / "spots.tsv");
    QVERIFY(opened && package && table);
    const Result<SpotPrediction> prediction =
        predictSpots(*opened, *table, LoadedModel(*package), 0, {}, [](const Progress&) {});
    QVERIFY(prediction);
    const Result<SpotComparison> comparison = compareSpots(*prediction, *table, 1);
    QVERIFY(comparison);
    QCOMPARE(comparison->measured, size_t(187));
    QCOMPARE(comparison->compared(), size_t(187));
    QVERIFY(comparison->scores.size() > 40);
    QVERIFY(comparison->meanPearsonInterval.low < 0 && comparison->meanPearsonInterval.high > 0);
    QVERIFY(std::abs(comparison->meanPearson) < 0.1);
    const Result<SpotComparison> again = compareSpots(*prediction, *table, 1);
    QCOMPARE(again->scores[0].pearsonInterval.low, comparison->scores[0].pearsonInterval.low);
  }
};

}  // namespace geneglass::spot_scores_test

GENEGLASS_TEST(geneglass::spot_scores_test::SpotScoresTest)
#include "spot_scores_test.moc"
