// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "inference/learning/statistics/statistics.h"
#include "inference/prediction/withheld.h"
#include "inference/regions/compare_regions.h"
#include "inference/regions/region_squares.h"
#include "tests/inference/regions/made_field.h"
#include "tests/inference/regions/null_fields.h"
#include "tests/support/test_program.h"

namespace geneglass::compare_regions_test {

using namespace geneglass::testing;

namespace {

using Field = std::function<double(int, int)>;

double numbers(int column, int row) {
  return std::sin(12.9898 * column + 78.233 * row) * 3;
}

/// 40 x 30 tiles: numbers, the same and 2 more in the left 20 columns, 7 everywhere.
Prediction madeThree() {
  return madeField(40, 30,
                   {numbers, [](int column, int row) { return numbers(column, row) + (column < 20 ? 2 : 0); },
                    [](int, int) { return 7.0; }});
}

Result<RegionComparison> compared(const Prediction& prediction, const Region& a,
                                  const std::optional<Region>& b = {}) {
  return compareRegions(prediction, a, b, {}, {});
}

std::string refusal(const Prediction& prediction, const Region& a, const std::optional<Region>& b = {}) {
  const Result<RegionComparison> made = compared(prediction, a, b);
  return made ? std::string("It was not refused.") : made.error().sentence;
}

double meanOver(const Prediction& prediction, size_t gene, const std::function<bool(TileGrid::Cell)>& in) {
  const GeneMapPtr map = *prediction.maps.of(gene);
  double sum = 0, count = 0;
  for (size_t tile = 0; tile < prediction.grid.count(); ++tile)
    if (in(prediction.grid.cells[tile])) sum += double(map->expression[tile]), ++count;
  return sum / count;
}

}  // namespace

class CompareRegionsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aGeneThatIsPlantedIsFoundAndOneThatIsNotIsNot() {
    const auto made = compared(madeThree(), tilesFrom(0, 0, 20, 30));
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->genes.size(), size_t(3));
    const RegionGene &null = made->genes[0], &planted = made->genes[1], &flat = made->genes[2];
    const auto left = [](TileGrid::Cell cell) { return cell.column < 20; };
    QVERIFY(std::abs(null.meanA - meanOver(madeThree(), 0, left)) < 1e-9);
    QVERIFY(std::abs(null.meanB - meanOver(madeThree(), 0, std::not_fn(left))) < 1e-9);
    QVERIFY(std::abs(planted.difference - null.difference - 2) < 1e-6);
    QVERIFY(null.low < 0 && null.high > 0 && null.p > 0.05);
    QVERIFY(planted.low < 2 && planted.low > 1 && planted.high > 2 && planted.high < 3);
    QVERIFY(planted.p < 1e-6 && planted.q < 1e-5 && planted.q >= planted.p);
    QVERIFY(std::abs(planted.effect - 2 / 2.12) < 0.1);  // 3 sin has the deviation 3 / sqrt(2)
    QCOMPARE(flat.difference, 0.0);
    QCOMPARE(flat.low, 0.0);
    QCOMPARE(flat.p, 1.0);
    QVERIFY(std::isnan(flat.effect));
  }

  void regionsSayHowManyTilesTheyHoldAndHowMuchOfThemIsTissue() {
    Prediction prediction = madeThree();
    std::erase_if(prediction.grid.cells, [](TileGrid::Cell cell) { return cell.row >= 15; });
    std::vector<GeneMap> maps(3);
    for (size_t gene = 0; gene < 3; ++gene) maps[gene].expression.assign(prediction.grid.count(), 1);
    const auto without = prediction.maps.valuesWithout;
    prediction.maps = heldMaps(maps);
    prediction.maps.valuesWithout = without;
    const auto made = compared(prediction, tilesFrom(0, 0, 20, 30, "Tumour"));
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->a.name, std::string("Tumour"));
    QCOMPARE(made->a.tiles, size_t(300));
    QCOMPARE(made->a.tileMm2, 3.0);
    QCOMPARE(made->a.drawnMm2, 6.0);
    QCOMPARE(made->a.tissue, 0.5);
    QCOMPARE(made->b.name, std::string("Rest of the tissue"));
    QCOMPARE(made->b.tiles, size_t(300));
    QVERIFY(std::isnan(made->b.drawnMm2));
    QVERIFY(made->bIsRest);
    QCOMPARE(inWords(made->a), std::string("Tumour: 300 tiles, 3 mm2, 50 % of the 6 mm2 drawn is tissue"));
    QCOMPARE(inWords(made->b), std::string("Rest of the tissue: 300 tiles, 3 mm2"));
  }

  void tilesInBothRegionsCountInNeither() {
    const auto made =
        compared(madeThree(), tilesFrom(0, 0, 22, 30, "Left"), tilesFrom(18, 0, 22, 30, "Right"));
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    QCOMPARE(made->sharedTiles, size_t(4 * 30));
    QCOMPARE(made->a.tiles, size_t(18 * 30));
    QCOMPARE(made->b.tiles, size_t(18 * 30));
    const auto rightOnly = [](TileGrid::Cell cell) { return cell.column >= 22; };
    QVERIFY(std::abs(made->genes[0].meanB - meanOver(madeThree(), 0, rightOnly)) < 1e-9);
    const auto said = sentencesOf(*made);
    QCOMPARE(said.front(), std::string("120 tiles lie in both regions and count in neither."));
    // The counterfactual is without all that was drawn.
    const auto notLeft = [](TileGrid::Cell cell) { return cell.column >= 22; };
    QVERIFY(std::abs(made->genes[0].withoutA - meanOver(madeThree(), 0, notLeft)) < 1e-6);
  }

  void ofFewSquaresTheDifferenceIsShownWithoutAnInterval() {
    const auto made = compared(madeThree(), tilesFrom(0, 0, 10, 10, "Small"));
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    QVERIFY(!made->hasIntervals());
    for (const RegionGene& gene : made->genes) {
      QVERIFY(!std::isnan(gene.difference));
      QVERIFY(std::isnan(gene.low) && std::isnan(gene.high) && std::isnan(gene.p) && std::isnan(gene.q));
    }
    QVERIFY2(sentencesOf(*made).front().starts_with("“Small” is worth ") &&
                 sentencesOf(*made).front().ends_with(
                     " squares of 5 x 5 tiles where an interval needs 8: the differences are shown without "
                     "intervals."),
             sentencesOf(*made).front().c_str());
  }

  void theSameSeedGivesTheSameTableOnAnyNumberOfThreads() {
    const Prediction prediction = madeThree();
    const auto one = compareRegions(prediction, tilesFrom(0, 0, 20, 30), {}, {.threads = 1}, {});
    const auto three = compareRegions(prediction, tilesFrom(0, 0, 20, 30), {}, {.threads = 3}, {});
    const auto other = compareRegions(prediction, tilesFrom(0, 0, 20, 30), {}, {.seed = 21}, {});
    QVERIFY(one && three && other);
    QCOMPARE(toJson(*one), toJson(*three));
    QVERIFY(toJson(*one) != toJson(*other));
  }

  void unreliableGenesAreNotCompared() {
    Prediction prediction = madeThree();
    prediction.genes[1].wellPredicted = false;
    const auto made = compared(prediction, tilesFrom(0, 0, 20, 30));
    QVERIFY(made);
    QCOMPARE(made->genes.size(), size_t(2));
    QCOMPARE(made->genes[1].symbol, std::string("GENE3"));
    std::vector<double> p;
    for (const RegionGene& gene : made->genes) p.push_back(gene.p);
    const std::vector<double> q = benjaminiHochberg(p);
    for (size_t i = 0; i < q.size(); ++i) QCOMPARE(made->genes[i].q, q[i]);
  }

  void hotspotsAndCompositionAreSharesOfTiles() {
    Prediction prediction = madeThree();
    std::vector<GeneMap> maps = mapsOf(prediction);
    Hotspot hotspot;
    for (int i = 0; i < 5; ++i) hotspot.cells.push_back({18 + i, 3});  // two in the left, three in the right
    maps[0].hotspots = {hotspot};
    const auto without = prediction.maps.valuesWithout;
    prediction.maps = heldMaps(maps);
    prediction.maps.valuesWithout = without;
    SlideCall call;
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      call.evidence.push_back(cell.column < 5 ? 0.9f : 0.1f);
    call.probabilities = {0.5, 0.5};
    prediction.calls = {call};
    const auto made = compared(prediction, tilesFrom(0, 0, 20, 30, "Left"));
    QVERIFY(made);
    QCOMPARE(made->genes[0].hotspotA, 2.0 / 600);
    QCOMPARE(made->genes[0].hotspotB, 3.0 / 600);
    QCOMPARE(made->genes[1].hotspotA, 0.0);
    QCOMPARE(made->a.composition.size(), size_t(2));
    QCOMPARE(made->a.composition[1].className, std::string("tumour"));
    QCOMPARE(made->a.composition[1].share, 0.25);
    QCOMPARE(made->b.composition[1].share, 0.0);
    QCOMPARE(inWords(made->a),
             std::string("Left: 600 tiles, 6 mm2, 100 % of the 6 mm2 drawn is tissue; normal "
                         "75 %, tumour 25 %"));
    prediction.domain.emplace();
    prediction.domain->shareOutside = 0.9;
    prediction.domain->outside = true;
    const auto hidden = compared(withhold(prediction), tilesFrom(0, 0, 20, 30, "Left"));
    QVERIFY(hidden);
    QVERIFY(std::isnan(hidden->genes[0].hotspotA) && hidden->a.composition.empty() && hidden->withheld);
    QCOMPARE(sentencesOf(*hidden).front(), outsideSentence(withhold(prediction)));
  }

  void whatCannotBeComparedIsRefusedInOneSentence() {
    const std::string cannot = "Cannot compare regions of 'made.tif': ";
    const Prediction prediction = madeThree();
    const Region left = tilesFrom(0, 0, 20, 30, "Left");
    QCOMPARE(refusal(prediction, {"Lines", {}}),
             cannot + "“Lines” has no area, as lines and points have none.");
    QCOMPARE(refusal(prediction, tilesFrom(50, 0, 5, 5, "Far")), cannot + "“Far” lies outside the slide.");
    QCOMPARE(refusal(prediction, {"Tiny", rectangleArea({10, 10, 20, 20})}),
             cannot + "“Tiny” holds the middle of no tile with tissue.");
    QCOMPARE(refusal(prediction, tilesFrom(0, 0, 40, 30, "All")),
             cannot + "“All” holds all of its tissue, so that there is no rest.");
    QCOMPARE(refusal(prediction, tilesFrom(2, 2, 3, 3, "Inner"), left),
             cannot + "all 9 tiles of “Inner” lie in “Left” too, and what lies in both counts in neither.");
    QCOMPARE(refusal(prediction, left, tilesFrom(2, 2, 3, 3, "Inner")),
             cannot + "all 9 tiles of “Inner” lie in “Left” too, and what lies in both counts in neither.");
    Prediction provisional = prediction;
    provisional.waiting = {{1, 1}, {2, 2}};
    QCOMPARE(refusal(provisional, left),
             cannot + "its prediction is provisional, 2 tiles are still to come.");
    Prediction unreliable = prediction;
    for (GenePrediction& gene : unreliable.genes) gene.wellPredicted = false;
    QCOMPARE(refusal(unreliable, left),
             cannot + "the model Made model predicts none of its 3 genes reliably.");
    Prediction calls = prediction;
    calls.genes.clear();
    QCOMPARE(refusal(calls, left), cannot + "the model Made model predicts no genes.");
    Prediction broken = prediction;
    broken.maps.of = [](size_t) -> Result<GeneMapPtr> { return fail("The heads failed."); };
    QCOMPARE(refusal(broken, left), std::string("The heads failed."));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = compareRegions(prediction, left, {}, {}, stop.get_token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().sentence, cannot + "it was cancelled.");
  }

  void tilesBelongByTheirCentreAsAPointDoes() {
    const Prediction prediction = madeThree();
    Area area;
    Ring star;
    for (int i = 0; i < 11; ++i) {
      const double radius = i % 2 == 0 ? 1400 : 500, angle = i * 0.571;
      star.push_back({2000 + radius * std::cos(angle), 1500 + radius * std::sin(angle)});
    }
    area.parts.push_back({star, {{{1900, 1400}, {2230, 1430}, {2100, 1800}}}});
    area.parts.push_back({{{100, 100}, {900, 130}, {400, 700}}, {}});
    area.parts.push_back({{{300, 100}, {1100, 130}, {600, 700}}, {}});  // over the one before
    const std::vector<bool> within = placesWithin(prediction.grid, area);
    int inside = 0;
    for (size_t i = 0; i < within.size(); ++i) {
      const TileGrid::Cell& cell = prediction.grid.cells[i];
      const Point centre{cell.column * 100.0 + 50, cell.row * 100.0 + 50};
      bool expected = false;
      for (const Polygon& part : area.parts) expected = expected || holds(Area{{part}}, centre);
      QCOMPARE(bool(within[i]), expected);
      inside += within[i];
    }
    QVERIFY(inside > 100);
  }

  /// Resembling their neighbours as real maps do; eight sections, so that the seed decides little.
  void intervalsHoldZeroIn93To97PercentOfNullGenesAndPlantedOnesAreFound() {
    std::mt19937_64 random(5);
    int nulls = 0, held = 0, planted = 0, found = 0;
    for (int section = 0; section < 8; ++section) {
      NullSection made = madeSection(0.12 + 0.035 * section, random);
      addGenes(made, 250, 20, 1, realReaches(), random);
      const auto told = compareRegions(made.prediction, made.region, {}, {}, {});
      QVERIFY2(told, told ? "" : told.error().sentence.c_str());
      for (const RegionGene& gene : told->genes) {
        const bool isNull = gene.symbol.starts_with("NULL");
        ++(isNull ? nulls : planted);
        held += isNull && gene.low <= 0 && gene.high >= 0;
        found += !isNull && gene.q < 0.05 && gene.difference > 0;
      }
    }
    const double share = 100.0 * held / nulls;
    QVERIFY2(nulls == 2000 && share >= 93 && share <= 97, std::to_string(share).c_str());
    QVERIFY2(found >= 0.95 * planted, std::to_string(found).c_str());
  }

  void squaresAreWorthWhatTheyHold() {
    const TileGrid grid = madeThree().grid;
    std::vector<size_t> all(grid.count());
    for (size_t tile = 0; tile < all.size(); ++tile) all[tile] = tile;
    std::mt19937_64 random(1);
    const RegionSquares squares(grid, all, 5, 50, random);
    // n^2 / sum n_k^2 along a side of 8 or 6 squares that the origin shifts by 0 .. 4 tiles.
    const double across = (8 + 2 * 1600.0 / (7 * 25 + 17) + 2 * 1600.0 / (7 * 25 + 13)) / 5;
    const double down = (6 + 2 * 900.0 / (5 * 25 + 17) + 2 * 900.0 / (5 * 25 + 13)) / 5;
    QVERIFY(std::abs(squares.squares() - across * down) < 1e-9);
    const RegionSquares single(grid, std::vector<size_t>{41}, 5, 50, random);
    QCOMPARE(single.squares(), 1.0);
    QCOMPARE(single.deviationOfMean(std::vector<double>{3.0}), 0.0);
  }

  void ofIndependentTilesTheErrorIsThatOfAMean() {
    const Prediction prediction = madeField(60, 60, {[](int column, int row) {
                                              std::mt19937_64 random(uint64_t(column * 1000 + row));
                                              random.discard(3);
                                              return double(random() % 1000) / 1000;
                                            }});
    const GeneMapPtr map = *prediction.maps.of(0);
    std::vector<size_t> all(prediction.grid.count());
    for (size_t tile = 0; tile < all.size(); ++tile) all[tile] = tile;
    const std::vector<double> values(map->expression.begin(), map->expression.end());
    std::mt19937_64 random(1);
    const RegionSquares squares(prediction.grid, all, 5, 2000, random);
    const double expected = std::sqrt(1.0 / 12) / 60;
    QVERIFY(std::abs(squares.deviationOfMean(values) / expected - 1) < 0.15);
  }
};

}  // namespace geneglass::compare_regions_test

GENEGLASS_TEST(geneglass::compare_regions_test::CompareRegionsTest)
#include "compare_regions_test.moc"
