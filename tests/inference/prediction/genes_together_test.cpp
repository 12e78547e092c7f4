// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/genes_together.h"

#include <QTest>
#include <cmath>

#include "tests/support/held_maps.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::genes_together_test {

class GenesTogetherTest final : public QObject {
  Q_OBJECT

  static std::string refusal(const GenesWish& wish) {
    const auto made = togetherOf(testing::madePrediction(), wish);
    return made ? std::string("was made") : made.error().sentence;
  }

 private Q_SLOTS:
  void aMeanIsOfTheWellPredictedGenesInTheirDeviations() {
    const Prediction prediction = testing::madePrediction();
    const auto made =
        togetherOf(prediction, {"set", {{"FSCN1", 2}, {"CDX2", 0.5}, {"TP53", 1}, {"ABC1", 1}}, {}});
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    const GenesTogether& set = **made;
    QCOMPARE(set.named, 4);
    QCOMPARE(set.known, 3);
    QCOMPARE(set.used, 2);
    QVERIFY(!set.mix && set.genes.empty());
    const auto first = *prediction.maps.of(0), second = *prediction.maps.of(1);
    QCOMPARE(set.meanZ.size(), prediction.grid.count());
    for (size_t tile = 0; tile < set.meanZ.size(); ++tile) {
      const double expected = ((double(first->expression[tile]) - prediction.genes[0].trainingMean) / 2 +
                               (double(second->expression[tile]) - prediction.genes[1].trainingMean) / 0.5) /
                              2;
      QVERIFY(std::abs(double(set.meanZ[tile]) - expected) < 1e-5);
    }
    QCOMPARE(set.slideZ, ((prediction.genes[0].value - prediction.genes[0].trainingMean) / 2 +
                          (prediction.genes[1].value - prediction.genes[1].trainingMean) / 0.5) /
                             2);
  }

  void aMixHasEachGenesValuesAndItsReliability() {
    const Prediction prediction = testing::madePrediction();
    const auto made = togetherOf(prediction, {"", {{"CDX2", 0}, {"FSCN1", 0}}, ColourMix::TwoWay});
    QVERIFY(made);
    QCOMPARE((*made)->genes.size(), size_t{2});
    QCOMPARE((*made)->genes[0].symbol, std::string("CDX2"));
    QCOMPARE((*made)->genes[0].heldOutR, prediction.genes[1].heldOutR);
    QCOMPARE((*made)->genes[1].values, (*prediction.maps.of(0))->expression);
  }

  void whatCannotBeShownTogetherSaysWhy() {
    QCOMPARE(refusal({"hopeless", {{"TP53", 1}, {"ABC1", 1}}, {}}),
             std::string("None of the 2 genes of 'hopeless' can be predicted by this model: it has no map."));
    QCOMPARE(refusal({"", {{"FSCN1", 1}}, ColourMix::Sum}),
             std::string("Two to 5 genes are shown in colours of their own, not 1."));
    QCOMPARE(refusal({"", std::vector<GenesWish::Gene>(6, {"FSCN1", 1}), ColourMix::Highest}),
             std::string("Two to 5 genes are shown in colours of their own, not 6."));
    QCOMPARE(refusal({"", std::vector<GenesWish::Gene>(3, {"FSCN1", 1}), ColourMix::TwoWay}),
             std::string("A two-way map is of two genes, not of 3."));
    QVERIFY(refusal({"", {{"FSCN1", 1}, {"TP53", 1}}, ColourMix::Sum})
                .starts_with("TP53 cannot be predicted by this model"));
    QVERIFY(refusal({"", {{"FSCN1", 1}, {"ABC1", 1}}, ColourMix::Sum})
                .ends_with("does not predict the gene 'ABC1'."));
  }

  void itStopsWhenAsked() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!togetherOf(testing::madePrediction(), {"set", {{"FSCN1", 1}}, {}}, stop.get_token()));
  }
};

}  // namespace geneglass::genes_together_test

GENEGLASS_TEST(geneglass::genes_together_test::GenesTogetherTest)
#include "genes_together_test.moc"
