// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "inference/prediction/tile_cover.h"
#include "overlays/prediction_heatmap.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::covered_tiles_test {

using namespace geneglass::testing;

/// Maps of tiles that lie on no one lattice, as bags of other tools have them.
class CoveredTilesTest final : public QObject {
  Q_OBJECT

  /// Two contours with two tiles of 400 px each, and a fifth tile half over the fourth.
  static OverlayScene sceneOfTwoContours() {
    Prediction prediction = madePrediction();
    prediction.grid = {400, 50, 41, 11, {{0, 0}, {8, 0}, {21, 2}, {29, 2}, {33, 2}}};
    prediction.grid.cover = coverOf(prediction.grid, {0, 0, 400, 0, 1050, 130, 1450, 130, 1650, 130}, 1);
    OverlayScene scene;
    scene.slide = std::make_shared<const Slide>(madeSlide());
    scene.prediction = std::make_shared<const Prediction>(std::move(prediction));
    return scene;
  }

 private Q_SLOTS:
  void eachPlaceShowsTheMeanOfTheTilesOverIt() {
    const auto map =
        gridHeatmap(sceneOfTwoContours(), QStringLiteral("made"), {}, std::vector<float>{1, 2, 3, 4, 8});
    QVERIFY2(map, map ? "" : map.error().sentence.c_str());
    const auto at = [&](double x, double y) { return (*map)->valueAt({x, y}); };
    QCOMPARE(at(10, 10), std::optional(1.0F));
    QCOMPARE(at(390, 390), std::optional(1.0F));
    QCOMPARE(at(410, 10), std::optional(2.0F));
    QVERIFY(!at(850, 200));  // between the contours
    QCOMPARE(at(1110, 200), std::optional(3.0F));
    QCOMPARE(at(1500, 200), std::optional(4.0F));
    QCOMPARE(at(1700, 500), std::optional(6.0F));  // of two tiles
    QCOMPARE(at(1990, 200), std::optional(8.0F));
    QVERIFY(!at(1110, 40) && !at(1700, 560));
  }

  void valuesThatAreNotOneATileAreRefused() {
    const auto map = gridHeatmap(sceneOfTwoContours(), {}, {}, std::vector<float>{1, 2});
    QVERIFY(!map);
    QCOMPARE(map.error().sentence,
             std::string("The prediction of '/nowhere/made.tif' has 2 map values for 5 tiles."));
  }
};

}  // namespace geneglass::covered_tiles_test

GENEGLASS_TEST(geneglass::covered_tiles_test::CoveredTilesTest)
#include "covered_tiles_test.moc"
