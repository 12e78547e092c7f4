// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::predict_slide_test {

using namespace geneglass::testing;

namespace {

constexpr Size kSize{1600, 1300};  // 25 x 20 tiles of 64 px at 0.5 um

/// Tissue with glass to the right of it.
uint32_t half(int64_t x, int64_t y) {
  return x < 960 ? tissue(x, y) : glass(x, y);
}

std::shared_ptr<PaintedSource> halfTissue() {
  return std::make_shared<PaintedSource>(kSize, half);
}

double mean(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

}  // namespace

class PredictSlideTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  ModelPackage m_package;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  ExtractedBag extracted(std::shared_ptr<PaintedSource> source, const ExtractOptions& options = {}) const {
    const auto outcome = extractFeatures(openPainted(kSize, 0.5, source), m_package, options, {}, {});
    if (!outcome) qFatal("%s", outcome.error().sentence.c_str());
    return *outcome;
  }

 private Q_SLOTS:
  void initTestCase() { m_package = madeModel(path("model")); }

  void everyTissueTileGivesOneRowInTheGridsOrder() {
    const ExtractedBag bag = extracted(halfTissue());
    QCOMPARE(bag.bag.grid.tile, 64);
    QCOMPARE(bag.bag.grid.columns, 25);
    QCOMPARE(bag.bag.grid.rows, 20);
    QCOMPARE(bag.bag.features.rows, size_t(15 * 20));
    QCOMPARE(bag.bag.grid.count(), bag.bag.features.rows);
    QVERIFY((bag.bag.grid.cells[16] == TileGrid::Cell{1, 1}));
    QCOMPARE(bag.bag.damagedTiles, 0);
    QCOMPARE(bag.bag.mpp, 0.5);
    QCOMPARE(bag.bag.slideHash, std::string(64, 'a'));
    QCOMPARE(bag.bag.encoderHash, m_package.encoderHash);
  }

  void anAreaGivesTheTilesOfTheWholeThatLieInItAndIsNotStored() {
    const auto store = std::make_shared<FeatureStore>(path("area-store"), 1 << 30);
    const ExtractedBag whole = extracted(halfTissue(), {.stride = 16});
    const Rect area{200, 150, 300, 200};
    const ExtractedBag part = extracted(halfTissue(), {.stride = 16, .area = area, .store = store});
    size_t next = 0;
    for (size_t i = 0; i < whole.bag.grid.count(); ++i) {
      const Rect tile = whole.bag.grid.area(whole.bag.grid.cells[i]);
      if (!area.contains({tile.x + tile.width / 2, tile.y + tile.height / 2})) continue;
      QVERIFY(next < part.bag.grid.count() && part.bag.grid.cells[next] == whole.bag.grid.cells[i]);
      QVERIFY(std::ranges::equal(part.bag.features.row(next), whole.bag.features.row(i)));
      ++next;
    }
    QVERIFY(next > 50);
    QCOMPARE(part.bag.grid.count(), next);
    const std::filesystem::path kept = path("area-store");
    QVERIFY(!std::filesystem::exists(kept) || std::filesystem::is_empty(kept));
    const auto glass = extractFeatures(openPainted(kSize, 0.5, half), m_package,
                                       {.area = Rect{1400, 100, 100, 100}}, {}, {});
    QVERIFY(!glass);
    QCOMPARE(glass.error().sentence,
             std::string("Cannot predict 'painted.tif': no tissue that fills a tile lies in this area."));
  }

  void threadsAndTheWatchedViewChangeNoBitOfTheFeatures() {
    const ExtractedBag one = extracted(halfTissue(), {.threads = 1});
    const auto watched = std::make_shared<WatchedArea>();
    watched->look({700, 900, 200, 200});
    for (const ExtractOptions& options : {ExtractOptions{.threads = 4}, ExtractOptions{.threads = 7},
                                          ExtractOptions{.threads = 2, .watched = watched}}) {
      const ExtractedBag other = extracted(halfTissue(), options);
      QVERIFY(other.bag.grid.cells == one.bag.grid.cells);
      QVERIFY(other.bag.features.values == one.bag.features.values);  // bit for bit
    }
  }

  void tilesThatCannotBeReadAreLeftOutAndCounted() {
    const auto source = halfTissue();
    source->damaged = {{0, 2, 2}};  // 128 px: four tiles of the model, at columns 4 5 and rows 4 5
    const ExtractedBag whole = extracted(halfTissue()), part = extracted(source);
    QCOMPARE(part.bag.features.rows + size_t(part.bag.damagedTiles), whole.bag.features.rows);
    QVERIFY(part.bag.damagedTiles <= 4);
    for (const TileGrid::Cell& cell : part.bag.grid.cells) QVERIFY(cell.column / 2 != 2 || cell.row / 2 != 2);
  }

  void aTileDamagedAfterTheTissueWasFoundIsCounted() {
    const auto source = halfTissue();
    source->damagedLater = {{0, 2, 9}};
    const auto opened = openPainted(kSize, 0.5, source);
    const auto breakTile = [&](const Progress& progress) {
      if (progress.stage == "encoding tiles") source->brokenMeanwhile = true;
    };
    const auto outcome = extractFeatures(opened, m_package, {.threads = 1}, {}, breakTile);
    QVERIFY(outcome.has_value());
    QCOMPARE(outcome->bag.damagedTiles, 4);
    QCOMPARE(outcome->bag.features.rows, size_t(15 * 20 - 4));
  }

  void whatCannotBePredictedIsRefusedWithASentence() {
    const auto reason = [this](const OpenedSlide& opened) {
      const auto outcome = predictSlide(opened, m_package, {}, {}, {});
      return outcome ? std::string("no error") : outcome.error().sentence;
    };
    QVERIFY(reason(openPainted(kSize, {}, half))
                .starts_with("'painted.tif' does not say how large its pixels are"));
    QCOMPARE(reason(openPainted(kSize, 0.5, glass)),
             std::string("Cannot predict 'painted.tif': no tissue was found that fills a tile."));
    QCOMPARE(reason(openPainted(kSize, 1.6, half)),
             std::string("'painted.tif' has 1.6 um per pixel, too coarse for a model of 1 um per pixel."));
    const auto even = [](int64_t, int64_t) { return opaque(180, 110, 170); };
    QCOMPARE(
        reason(openPainted(kSize, 0.5, even)),
        std::string("Cannot predict 'painted.tif': its tissue is too pale or too even to tell anything."));
  }

  void tooCoarseASlideIsRefusedBeforeItsTissueIsLookedFor() {
    int steps = 0;
    const auto outcome =
        predictSlide(openPainted(kSize, 1.6, half), m_package, {}, {}, [&](const Progress&) { ++steps; });
    QVERIFY(!outcome);
    QCOMPARE(steps, 0);
  }

  void aStopBeforeTheStartIsACancel() {
    std::stop_source stop;
    stop.request_stop();
    const auto outcome = predictSlide(openPainted(kSize, 0.5, half), m_package, {}, stop.get_token(), {});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().sentence, std::string("The prediction of 'painted.tif' was cancelled."));
  }

  void aCancelWhileTilesAreReadReturnsSoon() {
    const auto source = halfTissue();
    source->delay = std::chrono::milliseconds(20);
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    const auto outcome = predictSlide(openPainted(kSize, 0.5, source), m_package, {}, stop.get_token(),
                                      [&](const Progress& progress) {
                                        if (progress.done == 0 || stop.stop_requested()) return;
                                        asked = std::chrono::steady_clock::now();
                                        stop.request_stop();
                                      });
    const auto taken = std::chrono::steady_clock::now() - asked;
    QVERIFY(!outcome);
    QVERIFY(outcome.error().sentence.ends_with("was cancelled."));
    qInfo("cancelled in %.1f ms", std::chrono::duration<double, std::milli>(taken).count());
    QVERIFY(taken < std::chrono::seconds(2));
  }

  void progressGrowsToTheWholeAndEstimatesTheRest() {
    const auto source = halfTissue();
    source->delay = std::chrono::milliseconds(3);
    std::vector<Progress> told;
    const auto outcome = predictSlide(openPainted(kSize, 0.5, source), m_package, {}, {},
                                      [&](const Progress& progress) { told.push_back(progress); });
    QVERIFY(outcome.has_value());
    QCOMPARE(told[0].stage, std::string("finding tissue"));
    QCOMPARE(told[1].stage, std::string("reading the encoder's weights"));
    int64_t before = 0;
    for (const Progress& progress : told) {
      if (progress.stage != "encoding tiles") continue;
      QVERIFY(progress.done > before);
      QVERIFY(progress.secondsLeft >= 0);
      QCOMPARE(progress.total, int64_t(300));
      before = progress.done;
    }
    QCOMPARE(before, int64_t(300));
  }

  void featuresOfAnotherSlideOrEncoderAreRefused() {
    const ExtractedBag good = extracted(halfTissue());
    const Slide slide = *openPainted(kSize, 0.5, half).slide;
    FeatureBag bag = good.bag;
    bag.slideHash = "other";
    QCOMPARE(predictBag(slide, bag, m_package).error().sentence,
             std::string("Cannot predict 'painted.tif': the features are those of another slide."));
    bag = good.bag;
    bag.encoderHash = "other";
    QCOMPARE(
        predictBag(slide, bag, m_package).error().sentence,
        std::string(
            "Cannot predict 'painted.tif': the features were made with another encoder than the model's."));
    const std::pair<std::function<void(FeatureBag&)>, std::string> foreign[] = {
        {[](FeatureBag& b) { b.slideName = "TCGA-1"; }, "the features are those of a slide named 'TCGA-1'."},
        {[](FeatureBag& b) {
           b.slideSize = {9, 8};
         },
         "the features are those of a slide of 9 x 8 pixels."},
        {[](FeatureBag& b) { b.grid.left = 100000; }, "lies outside its"}};
    for (const auto& [change, reason] : foreign) {
      bag = good.bag;
      change(bag);
      const auto refused = predictBag(slide, bag, m_package);
      QVERIFY(!refused);
      QVERIFY2(refused.error().sentence.find(reason) != std::string::npos, refused.error().sentence.c_str());
    }
    bag = good.bag;
    bag.slideName = "painted";
    bag.slideSize = slide.size();
    QVERIFY(predictBag(slide, bag, m_package));
    bag = good.bag;
    bag.grid.cells.pop_back();
    QVERIFY(!predictBag(slide, bag, m_package));
  }

  void genesThatAreNotWellPredictedHaveNoHotspots() {
    const ExtractedBag bag = extracted(halfTissue());
    ModelPackage package = m_package;
    const Slide slide = *openPainted(kSize, 0.5, half).slide;
    for (GeneFacts& gene : package.genes) gene.wellPredicted = false;
    const Result<Prediction> prediction = predictBag(slide, bag.bag, package);
    for (size_t gene = 0; gene < package.genes.size(); ++gene) {
      QCOMPARE(prediction->genes[gene].hotspots, 0);
      QVERIFY((*prediction->maps.of(gene))->hotspots.empty());
    }
  }

  void theFilesHoldThePredictionWithTheKeysOfTheContract() {
    const auto prediction = predictSlide(openPainted(kSize, 0.5, half), m_package, {}, {}, {});
    QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().sentence.c_str());
    QVERIFY(writePrediction(path("."), "painted", *prediction).has_value());
    const auto facts = nlohmann::json::parse(std::ifstream(path("painted.prediction.json")));
    QCOMPARE(facts["slide"]["hash"], std::string(64, 'a'));
    QCOMPARE(facts["slide"]["width"], 1600);
    QCOMPARE(facts["slide"]["height"], 1300);
    QCOMPARE(facts["slide"]["mpp"], 0.5);
    QCOMPARE(facts["model"]["hash"], m_package.hash);
    QCOMPARE(facts["grid"]["tile"], 64);
    QCOMPARE(facts["grid"]["cols"], 25);
    QCOMPARE(facts["grid"]["tiles"], 300);
    for (const char* key : {"tissue", "read", "encode", "aggregate", "total"})
      QVERIFY(facts["seconds"].contains(key));
    QCOMPARE(facts["genes"].size(), size_t(3));
    for (const auto& gene : facts["genes"])
      for (const char* key :
           {"symbol", "value", "percentile", "heldout_r", "ci_low", "ci_high", "well_predicted"})
        QVERIFY2(gene.contains(key), key);
    size_t hotspots = 0;
    for (const GenePrediction& gene : prediction->genes) hotspots += size_t(gene.hotspots);
    QCOMPARE(facts["hotspots"].size(), hotspots);
    for (const auto& hotspot : facts["hotspots"])
      for (const char* key : {"gene", "rank", "area_mm2", "mean", "polygon"})
        QVERIFY2(hotspot.contains(key), key);
    QVERIFY(!std::filesystem::exists(path("painted.maps.h5.1.part")));
    const auto read = readHdf5(path("painted.maps.h5"), [&](H5::H5File& file) -> Result<void> {
      const auto attention = readFloats(file.openDataSet("attention"));
      const auto contribution = readFloats(file.openDataSet("contribution"));
      if (shapeOf(file.openDataSet("expression")) != std::vector<hsize_t>{3, 300}) return fail("expression");
      if (shapeOf(file.openDataSet("coords")) != std::vector<hsize_t>{300, 2}) return fail("coords");
      if (readDoubles(file.openDataSet("coords"))[2 * 16 + 1] != 64) return fail("a coordinate");
      if (readAttribute(file, "slide_hash", std::string()) != std::string(64, 'a')) return fail("slide_hash");
      if (readAttribute(file, "model_hash", std::string()) != m_package.hash) return fail("model_hash");
      if (readAttribute(file, "mpp", 0.0) != 0.5 || readAttribute(file, "tile", 0.0) != 64)
        return fail("mpp");
      for (size_t gene = 0; gene < 3; ++gene) {
        const std::span shares(&attention[gene * 300], 300), parts(&contribution[gene * 300], 300);
        if (std::abs(mean(shares) * 300 - 1) > 1e-5) return fail("the sum of attention");
        const double value = facts["genes"][gene]["value"], baseline = facts["genes"][gene]["baseline"];
        if (std::abs(mean(parts) - (value - baseline)) > 1e-4) return fail("the mean contribution");
      }
      char* names[3] = {};
      const H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
      file.openDataSet("genes").read(names, type);
      const std::string last = names[2];
      for (char* name : names) std::free(name);  // HDF5 makes strings of variable length with malloc
      return last == "GENE2" ? Result<void>{} : fail("genes");
    });
    QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
  }

  /// Of other settings, gene by gene in turns: each result is whole, the later's stays.
  void twoWritersOfOnePredictionDoNotMixTheirFiles() {
    const auto coarse = predictSlide(openPainted(kSize, 0.5, half), m_package, {}, {}, {});
    const auto fine = predictSlide(openPainted(kSize, 0.5, half), m_package, {.stride = 24}, {}, {});
    QVERIFY(coarse && fine);
    for (const bool coarseLast : {false, true}) {
      PredictionFiles one(path("."), "two"), other(path("."), "two");
      for (size_t gene = 0; gene < coarse->genes.size(); ++gene) {
        QVERIFY(one.add(*coarse, gene, **coarse->maps.of(gene)));
        QVERIFY(other.add(*fine, gene, **fine->maps.of(gene)));
      }
      if (coarseLast) QVERIFY(other.finish(*fine));
      QVERIFY(one.finish(*coarse));
      if (!coarseLast) QVERIFY(other.finish(*fine));
      const Prediction& last = coarseLast ? *coarse : *fine;
      const auto facts = nlohmann::json::parse(std::ifstream(path("two.prediction.json")), nullptr, false);
      QVERIFY(!facts.is_discarded());
      QCOMPARE(facts["grid"]["tiles"], last.grid.count());
      const auto read = readHdf5(path("two.maps.h5"), [&](H5::H5File& file) -> Result<void> {
        const auto expression = readFloats(file.openDataSet("expression"));
        const std::vector<float>& map = (*last.maps.of(1))->expression;
        if (expression.size() != 3 * map.size()) return fail("of another grid");
        return std::equal(map.begin(), map.end(), expression.begin() + std::ptrdiff_t(map.size()))
                   ? Result<void>{}
                   : fail("of another prediction");
      });
      QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    }
    for (const auto& entry : std::filesystem::directory_iterator(path(".")))
      QVERIFY2(entry.path().extension() != ".part", entry.path().c_str());
  }

  void resultsThatCannotBeWrittenLeaveNothingBehind() {
    const auto prediction = predictSlide(openPainted(kSize, 0.5, half), m_package, {}, {}, {});
    QVERIFY(prediction.has_value());
    QVERIFY(!writePrediction(path("no/folder"), "painted", *prediction));
    std::filesystem::create_directories(path("taken/painted.prediction.json/in the way"));
    const Result<void> written = writePrediction(path("taken"), "painted", *prediction);
    QVERIFY(!written);
    QVERIFY(written.error().sentence.find("painted.prediction.json") != std::string::npos);
    QVERIFY(!std::filesystem::exists(path("taken/painted.maps.h5")));
  }

  void aRealSlideIsPredictedWhole() {
    GENEGLASS_NEED(file, "slides/CMU-1-Small-Region.svs");
    const Result<OpenedSlide> opened = openSlide(file);
    QVERIFY(opened.has_value());
    const auto prediction = predictSlide(*opened, m_package, {}, {}, {});
    QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().sentence.c_str());
    QCOMPARE(prediction->grid.tile, 64);
    QVERIFY(prediction->grid.count() > 300);
    for (size_t gene = 0; gene < 3; ++gene)
      QVERIFY(std::abs(mean((*prediction->maps.of(gene))->attention) - 1) < 1e-4);
  }
};

}  // namespace geneglass::predict_slide_test

GENEGLASS_TEST(geneglass::predict_slide_test::PredictSlideTest)
#include "predict_slide_test.moc"
