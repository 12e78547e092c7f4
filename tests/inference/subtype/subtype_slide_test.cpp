// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/subtype/subtype_slide.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "inference/subtype/nearest_template.h"
#include "tests/support/test_program.h"

namespace geneglass::subtype_slide_test {
namespace {

/// Out-of-fold predictions from mean - 1 to mean + 1, all alike likely: of deviation 1 / sqrt(3).
std::vector<float> evenAbout(float mean) {
  std::vector<float> quantiles;
  for (int i = 0; i <= 100; ++i) quantiles.push_back(mean - 1 + 0.02F * float(i));
  return quantiles;
}

/// Forty genes G0 on, predicted about 10 times their number; every other one well.
ModelPackage madePackage() {
  ModelPackage package;
  package.name = "made";
  for (int gene = 0; gene < 40; ++gene) {
    GeneFacts facts;
    facts.symbol = "G" + std::to_string(gene);
    facts.wellPredicted = gene % 2 == 0;
    facts.predictionQuantiles = evenAbout(10.0F * float(gene));
    package.genes.push_back(facts);
  }
  return package;
}

/// High in G0 to G9 of the slide; of its three tiles the last in G10 to G19.
Prediction madeSlide() {
  Prediction prediction;
  prediction.grid = {100, 100, 3, 1, {{0, 0}, {1, 0}, {2, 0}}};
  for (int gene = 0; gene < 40; ++gene) {
    GenePrediction one;
    one.symbol = "G" + std::to_string(gene);
    one.value = 10 * gene + (gene < 10 ? 0.5 : -0.1);
    prediction.genes.push_back(one);
  }
  prediction.maps.of = [](size_t gene) -> Result<GeneMapPtr> {
    const float mean = 10.0F * float(gene), first = gene < 10 ? 1.0F : 0.0F,
                last = gene / 10 == 1 ? 1.0F : 0.0F;
    return std::make_shared<const GeneMap>(GeneMap{{}, {mean + first, mean + first, mean + last}, {}, {}});
  };
  return prediction;
}

TemplateSet madeTemplates(int from = 0) {
  TemplateSet set{"templates.AB.csv", "AB", {"A", "B"}, {}};
  for (int gene = 0; gene < 20; ++gene)
    set.rows.push_back({uint8_t(gene / 10), "G" + std::to_string(from + gene), {}});
  set.rows.push_back({0, "UNKNOWN", {}});
  return set;
}

}  // namespace

class SubtypeSlideTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSpreadOfQuantilesIsThatOfTheirValues() {
    const Spread even = spreadOf(evenAbout(3));
    QVERIFY(std::abs(even.mean - 3) < 1e-6);
    QVERIFY(std::abs(even.deviation - 1 / std::sqrt(3)) < 1e-6);
    QCOMPARE(spreadOf(std::vector<float>(101, 2.0F)).deviation, 0.0);
    QCOMPARE(spreadOf({}).deviation, 0.0);
  }

  void predictionsAreSetAgainstPredictionsNotLabels() {
    Prediction prediction = madeSlide();
    ModelPackage package = madePackage();
    for (GeneFacts& facts : package.genes) facts.trainingMean = -77, facts.trainingDeviation = 1000;
    const Result<TemplateCall> call = addSubtype(prediction, package, madeTemplates(), {});
    QVERIFY2(call, call ? "" : call.error().sentence.c_str());
    // Of ten values of 0.5 and ten of -0.1: 5 / sqrt(2.6 * 10) and -1 / sqrt(2.6 * 10).
    QVERIFY(std::abs(call->distance[0] - std::sqrt((1 - 5 / std::sqrt(26)) / 2)) < 1e-4);
    QVERIFY(std::abs(call->distance[1] - std::sqrt((1 + 1 / std::sqrt(26)) / 2)) < 1e-4);
    QCOMPARE(call->nearest, size_t(0));
    QVERIFY(call->isCalled());
    QCOMPARE(call->rows, size_t(21));
    QCOMPARE(call->predicted, size_t(20));
    QCOMPARE(call->wellPredicted, size_t(10));
    QVERIFY(QByteArray::fromStdString(trustInWords(*call)) ==
            "by 20 of the 21 genes of the templates, 10 of them well predicted; never tested against "
            "measured AB");
  }

  void eachTileIsOfTheTemplateItIsNearestTo() {
    Prediction prediction = madeSlide();
    const Result<TemplateCall> call = addSubtype(prediction, madePackage(), madeTemplates(), {});
    QVERIFY(call);
    QCOMPARE(prediction.calls.size(), size_t(1));
    const SlideCall& tiles = prediction.calls[0];
    QVERIFY(tiles.facts.ofTiles);
    QCOMPARE(tiles.facts.target, std::string("AB of tiles"));
    QCOMPARE(tiles.classOfTile, (std::vector<uint8_t>{0, 0, 1}));
    QVERIFY(std::abs(tiles.probabilities[0] - 2.0 / 3) < 1e-12);
    QCOMPARE(tiles.probabilities, call->shares);
    QVERIFY(tiles.byTemplates && tiles.byTemplates->p == call->p);
    QVERIFY(tiles.facts.statement.find("never tested against measured AB. A tile alone has no p") !=
            std::string::npos);
    QVERIFY(addSubtype(prediction, madePackage(), madeTemplates(), {}));
    QCOMPARE(prediction.calls.size(), size_t(1));
  }

  void aSlideThatIsNearNothingHasNoCall() {
    Prediction prediction = madeSlide();
    for (size_t gene = 0; gene < 40; ++gene)
      prediction.genes[gene].value = 10.0 * double(gene) + (gene * 7 % 5 > 2 ? 0.3 : -0.2);
    const Result<TemplateCall> call = addSubtype(prediction, madePackage(), madeTemplates(), {});
    QVERIFY(call);
    QVERIFY(!call->isCalled());
    QVERIFY(QByteArray::fromStdString(inWords(*call)).startsWith("no call (nearest "));
  }

  void templatesTheModelKnowsNothingOfAreRefused() {
    Prediction prediction = madeSlide();
    const Result<TemplateCall> call = addSubtype(prediction, madePackage(), madeTemplates(30), {});
    QVERIFY(!call);
    QVERIFY2(call.error().sentence ==
                 "Cannot use the templates 'templates.AB.csv': no gene of the class 'B' is "
                 "there among the 40 that 'made' predicts.",
             call.error().sentence.c_str());
    QVERIFY(prediction.calls.empty());
  }

  void aStopEndsIt() {
    Prediction prediction = madeSlide();
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!addSubtype(prediction, madePackage(), madeTemplates(), stop.get_token()));
    QVERIFY(prediction.calls.empty());
  }

  void aPackageCarriesTheTemplatesInItsFolder() {
    const QTemporaryDir folder;
    ModelPackage package = madePackage();
    package.folder = folder.path().toStdString();
    QVERIFY(templatesOf(package) && templatesOf(package)->empty());
    std::ofstream(package.folder / "templates.MSI.csv") << "class,symbol\nMSI,G1\nMSS,G2\n";
    std::ofstream(package.folder / "templates.CMS.tsv") << "class\tsymbol\nCMS1\tG1\nCMS2\tG2\n";
    std::ofstream(package.folder / "notes.csv") << "nothing\n";
    const Result<std::vector<TemplateSet>> sets = templatesOf(package);
    QVERIFY(sets);
    QCOMPARE(sets->size(), size_t(2));
    QCOMPARE(sets->at(0).target, std::string("CMS"));
    QCOMPARE(sets->at(1).target, std::string("MSI"));
    std::ofstream(package.folder / "templates.BAD.csv") << "nothing\n";
    QVERIFY(!templatesOf(package));
  }
};

}  // namespace geneglass::subtype_slide_test

GENEGLASS_TEST(geneglass::subtype_slide_test::SubtypeSlideTest)
#include "subtype_slide_test.moc"
