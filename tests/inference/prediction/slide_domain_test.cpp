// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/slide_domain.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "inference/prediction/prediction_files.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::slide_domain_test {
namespace {

/// Of 100 tiles so many are outside.
std::vector<float> distancesWith(int outside) {
  std::vector<float> distances(100, 0.5F);
  std::fill_n(distances.begin(), outside, 1.5F);
  return distances;
}

/// `count` slides whose shares rise evenly from 0 to `highest`.
std::vector<float> sharesUpTo(int count, float highest) {
  std::vector<float> shares;
  for (int i = 0; i < count; ++i) shares.push_back(highest * (float(i) / float(count - 1)));
  return shares;
}

/// madePrediction() with a call, of a slide with 90 % of its tiles outside or none.
Prediction madeWithDomain(bool outside) {
  Prediction prediction = testing::madePrediction();
  SlideCall call;
  call.scores = {-3, 3};
  call.probabilities = {0.01, 0.99};
  call.evidence.assign(prediction.grid.count(), 0.9F);
  prediction.calls = {call};
  std::vector<float> distances(prediction.grid.count(), outside ? 4.0F : 0.5F);
  std::fill_n(distances.begin(), 6, 0.5F);
  prediction.domain = judgeDomain(std::move(distances), sharesUpTo(24, 0.05F));
  return prediction;
}

bool holdsDataset(const std::filesystem::path& file, const char* name) {
  bool holds = false;
  const Result<void> read = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    holds = opened.nameExists(name);
    return {};
  });
  return read && holds;
}

}  // namespace

class SlideDomainTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path folder() const { return m_folder.path().toStdString(); }

  nlohmann::json written(const Prediction& prediction, const char* name, OutsideTissue outside) const {
    PredictionFiles files(folder(), name, outside);
    for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
      if (!files.add(prediction, gene, **prediction.maps.of(gene))) return {};
    if (!files.finish(prediction)) return {};
    std::ifstream stream(folder() / (std::string(name) + ".prediction.json"));
    return nlohmann::json::parse(stream);
  }

 private Q_SLOTS:
  void aSlideIsJudgedByItsShareAndByTheHeldOutSlides_data() {
    QTest::addColumn<int>("slides");
    QTest::addColumn<double>("highest");
    QTest::addColumn<int>("tilesOutside");
    QTest::addColumn<double>("p");
    QTest::addColumn<bool>("outside");
    const auto row = [](const char* name, int slides, double highest, int tiles, double p, bool outside) {
      QTest::newRow(name) << slides << highest << tiles << p << outside;
    };
    row("none outside", 24, 0.05, 0, 1.0, false);
    row("as many as the worst held-out slide", 24, 0.60, 60, 2.0 / 25, false);
    row("beyond all, over half", 24, 0.05, 51, 1.0 / 25, true);
    row("beyond all, half is not over half", 24, 0.05, 50, 1.0 / 25, false);
    row("beyond all, but few tiles", 24, 0.05, 20, 1.0 / 25, false);
    row("over half, and one held-out slide as far", 24, 0.70, 70, 2.0 / 25, false);
    row("over four fifths, whatever p", 24, 0.90, 81, 4.0 / 25, true);
    row("four fifths are not over four fifths", 24, 0.90, 80, 4.0 / 25, false);
    row("twenty training slides are enough for p", 20, 0.05, 51, 1.0 / 21, true);
    row("nineteen are not", 19, 0.05, 80, 1.0 / 20, false);
    row("nineteen, and more than four fifths", 19, 0.05, 81, 1.0 / 20, true);
    row("three", 3, 0.05, 79, 1.0 / 4, false);
  }
  void aSlideIsJudgedByItsShareAndByTheHeldOutSlides() {
    QFETCH(int, slides);
    QFETCH(double, highest);
    QFETCH(int, tilesOutside);
    QFETCH(double, p);
    QFETCH(bool, outside);
    const SlideDomain domain = judgeDomain(distancesWith(tilesOutside), sharesUpTo(slides, float(highest)));
    QCOMPARE(domain.shareOutside, tilesOutside / 100.0);
    QCOMPARE(domain.slides, slides);
    QCOMPARE(domain.p, p);
    QCOMPARE(domain.outside, outside);
  }

  void aDistanceThatIsNoNumberIsOutside() {
    std::vector<float> distances = distancesWith(0);
    std::fill_n(distances.begin(), 81, std::numeric_limits<float>::quiet_NaN());
    QVERIFY(judgeDomain(distances, sharesUpTo(24, 0.05F)).outside);
  }

  void inWordsItSaysHowManySlidesItComparesWith() {
    QCOMPARE(inWords(judgeDomain(distancesWith(87), sharesUpTo(24, 0.05F))),
             std::string("87 % of its tiles are unlike the tissue the model learnt from (p 0.040 against 24 "
                         "training slides)"));
    QCOMPARE(
        inWords(judgeDomain(distancesWith(87), sharesUpTo(4, 0.05F))),
        std::string("87 % of its tiles are unlike the tissue the model learnt from (only 4 training slides "
                    "to compare with)"));
  }

  void callsPercentilesAndHotspotsOfASlideOutsideAreWithheld() {
    const Prediction whole = madeWithDomain(true), shown = withhold(whole);
    QVERIFY(isOutside(whole) && isOutside(shown) && shown.withheld);
    QVERIFY(shown.calls.empty());
    for (const GenePrediction& gene : shown.genes) {
      QVERIFY(std::isnan(gene.percentile));
      QCOMPARE(gene.hotspots, 0);
      QCOMPARE(gene.hotspotMm2, 0.0);
    }
    QCOMPARE((*whole.maps.of(0))->hotspots.size(), size_t(2));
    QVERIFY((*shown.maps.of(0))->hotspots.empty());
    QVERIFY((*shown.maps.of(0))->expression == (*whole.maps.of(0))->expression);
    QCOMPARE(shown.genes[0].value, whole.genes[0].value);
  }

  void theSentenceComesFirstAndSaysWhatFollows() {
    const Prediction whole = madeWithDomain(true);
    QCOMPARE(
        outsideSentence(withhold(whole)),
        std::string("This tissue is unlike what the model learnt from (91 % of tiles outside): its calls, "
                    "percentiles and hotspots are withheld."));
    QCOMPARE(outsideSentence(whole),
             std::string("This tissue is unlike what the model learnt from (91 % of tiles outside): what is "
                         "predicted of it is not to be relied on."));
    QCOMPARE(outsideSentence(madeWithDomain(false)), std::string());
    QCOMPARE(outsideSentence(testing::madePrediction()), std::string());
  }

  void theFilesOfASlideOutsideHoldNoCallPercentileOrHotspot() {
    const auto said = written(madeWithDomain(true), "outside", OutsideTissue::Withheld);
    QCOMPARE(said.at("domain").at("outside").get<bool>(), true);
    QCOMPARE(said["domain"].at("withheld").get<bool>(), true);
    QCOMPARE(said["domain"].at("share_outside").get<double>(), 60.0 / 66);
    QCOMPARE(said["domain"].at("p").get<double>(), 1.0 / 25);
    QVERIFY(said.at("calls").empty() && !said.contains("diagnosis") && said.at("hotspots").empty());
    for (const auto& gene : said.at("genes")) QVERIFY(gene.at("percentile").is_null());
    QVERIFY(!holdsDataset(folder() / "outside.maps.h5", "evidence"));
    QVERIFY(holdsDataset(folder() / "outside.maps.h5", "domain_distance"));
  }

  void whoeverAsksForThemGetsThemMarked() {
    const auto said = written(madeWithDomain(true), "asked", OutsideTissue::Shown);
    QCOMPARE(said.at("domain").at("outside").get<bool>(), true);
    QCOMPARE(said["domain"].at("withheld").get<bool>(), false);
    QCOMPARE(said.at("diagnosis").at("p_tumour").get<double>(), 0.99);
    QCOMPARE(said.at("hotspots").size(), size_t(2));
    QCOMPARE(said.at("genes")[0].at("percentile").get<double>(), 84.0);
  }

  void nothingIsWithheldOfASlideInside() {
    const auto said = written(madeWithDomain(false), "inside", OutsideTissue::Withheld);
    QCOMPARE(said.at("domain").at("outside").get<bool>(), false);
    QCOMPARE(said["domain"].at("withheld").get<bool>(), false);
    QCOMPARE(said.at("calls").size(), size_t(1));
    QCOMPARE(said.at("hotspots").size(), size_t(2));
  }

  void ofAModelThatDoesNotKnowItsTissueNothingIsKnownAndNothingWithheld() {
    const auto said = written(testing::madePrediction(), "unknown", OutsideTissue::Withheld);
    QVERIFY(said.contains("domain") && said["domain"].is_null());
    QCOMPARE(said.at("hotspots").size(), size_t(2));
    QVERIFY(!holdsDataset(folder() / "unknown.maps.h5", "domain_distance"));
  }
};

}  // namespace geneglass::slide_domain_test

GENEGLASS_TEST(geneglass::slide_domain_test::SlideDomainTest)
#include "slide_domain_test.moc"
