// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/prediction_shapes.h"

#include <QTest>
#include <cmath>

#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"
#include "viewer/annotation/shape_algebra.h"

namespace geneglass::prediction_shapes_test {

class PredictionShapesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aHotspotCoversItsTilesAndSaysHowFarItIsToBeBelieved();
  void aGeneThatCannotBePredictedGivesNone();
  void aRegionWithAHoleKeepsIt();
  void aCallWithoutARegionGivesNone();
  void aSpotIsACircleOfItsSize();
};

void PredictionShapesTest::aHotspotCoversItsTilesAndSaysHowFarItIsToBeBelieved() {
  const Prediction prediction = testing::madePrediction();
  const auto map = prediction.maps.of(0);
  QVERIFY(map);
  const auto made = hotspotAnnotations(prediction, prediction.genes[0], **map);
  QCOMPARE(made.size(), size_t{2});
  for (size_t i = 0; i < made.size(); ++i) {
    const double tiles = squarePixels(std::get<Area>(made[i].shape)) / (400.0 * 400.0);
    QVERIFY2(std::abs(tiles - static_cast<double>((*map)->hotspots[i].cells.size())) < 1e-6,
             qPrintable(QString::number(tiles)));
    QCOMPARE(made[i].className, std::string("Hotspot"));
    QCOMPARE(made[i].name, "FSCN1 " + std::to_string(i + 1));
    QVERIFY(made[i].notes.find("held-out r") != std::string::npos);
  }
}

void PredictionShapesTest::aGeneThatCannotBePredictedGivesNone() {
  const Prediction prediction = testing::madePrediction();
  QCOMPARE(prediction.genes.back().symbol, std::string("TP53"));
  const auto map = prediction.maps.of(prediction.genes.size() - 1);
  QVERIFY(map);
  QVERIFY(hotspotAnnotations(prediction, prediction.genes.back(), **map).empty());
}

void PredictionShapesTest::aRegionWithAHoleKeepsIt() {
  SlideCall call;
  call.facts.classes = {{.name = "normal"}, {.name = "tumour"}};
  call.probabilities = {0.1, 0.9};
  call.region = {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}, {{0, 0}, {100, 0}, {100, 100}, {0, 100}}};
  call.regionTiles = 24;
  const auto made = regionAnnotations(call);
  QCOMPARE(made.size(), size_t{1});
  QVERIFY(std::abs(squarePixels(std::get<Area>(made[0].shape)) - 9600) < 1e-6);
  QVERIFY(!holds(made[0].shape, {50, 50}) && holds(made[0].shape, {20, 20}));
  QCOMPARE(made[0].name, std::string("tumour"));
}

void PredictionShapesTest::aCallWithoutARegionGivesNone() {
  SlideCall call;
  call.facts.classes = {{.name = "normal"}, {.name = "tumour"}};
  call.probabilities = {0.9, 0.1};
  QVERIFY(regionAnnotations(call).empty());
}

void PredictionShapesTest::aSpotIsACircleOfItsSize() {
  MeasuredSpots spots;
  spots.diameter = 145;
  spots.centres = {{100, 200}, {390, 200}};
  const auto made = spotAnnotations(spots);
  QCOMPARE(made.size(), size_t{2});
  QVERIFY(made[1].shape == Shape(Ellipse{{390, 200}, 72.5, 72.5, 0}));
}

}  // namespace geneglass::prediction_shapes_test

GENEGLASS_TEST(geneglass::prediction_shapes_test::PredictionShapesTest)
#include "prediction_shapes_test.moc"
