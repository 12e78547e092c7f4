// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "overlays/mask_outline.h"
#include "overlays/overlay_registry.h"
#include "tests/support/held_maps.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::overlay_plugins_test {

class OverlayPluginsTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries;

  Result<std::shared_ptr<const Overlay>> make(const char* identifier, const OverlayScene& scene) const {
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QString::fromLatin1(identifier)) return makeOverlay(entry, scene);
    return fail("no such plugin");
  }

  std::string refusal(const char* identifier, const OverlayScene& scene) const {
    const auto made = make(identifier, scene);
    return made ? std::string("was made") : made.error().sentence;
  }

  static OverlayScene sceneOf(int gene, Prediction prediction = testing::madePrediction()) {
    OverlayScene scene;
    scene.slide = std::make_shared<Slide>(testing::madeSlide());
    scene.tissue = std::make_shared<TissueMask>(testing::madeTissue());
    scene.prediction = std::make_shared<Prediction>(std::move(prediction));
    scene.gene = gene;
    return scene;
  }

  static Viewport turnedView() {
    Viewport view;
    view.centre = {2000, 1300};
    view.downsample = 5;
    view.rotation = 0.5;
    view.width = 800;
    view.height = 600;
    return view;
  }

  /// Worked out here and not by Viewport, so that a slip there shows.
  static QPoint placeInTurnedView(Point slide) {
    const double x = (slide.x - 2000) / 5, y = (slide.y - 1300) / 5;
    return {int(std::floor(400 + x * std::cos(0.5) - y * std::sin(0.5))),
            int(std::floor(300 + x * std::sin(0.5) + y * std::cos(0.5)))};
  }

  static QImage painted(const Overlay& overlay, const Viewport& view) {
    QImage picture(int(view.width), int(view.height), QImage::Format_RGB32);
    picture.fill(qRgb(128, 128, 128));
    QPainter painter(&picture);
    overlay.paint(painter, view);
    return picture;
  }

  static TissueMask maskOf(int columns, std::vector<uint8_t> cells) {
    TissueMask mask;
    mask.columns = columns;
    mask.rows = int(cells.size()) / columns;
    mask.step = 10;
    mask.cells = std::move(cells);
    return mask;
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() { m_entries = loadOverlays(overlayFolder()); }

  void mapsAreRefusedWithTheSentenceThatSaysWhy_data() {
    QTest::addColumn<QString>("overlay");
    for (const char* name : {"attention", "gene_expression", "contribution"})
      QTest::newRow(name) << QString::fromLatin1(name);
  }

  void mapsAreRefusedWithTheSentenceThatSaysWhy() {
    QFETCH(QString, overlay);
    const QByteArray name = overlay.toLatin1();
    OverlayScene scene = sceneOf(4);
    QCOMPARE(refusal(name, scene),
             std::string(
                 "TP53 cannot be predicted by this model (held-out r 0.03, 95 % interval -0.15 to 0.21): it "
                 "has no map."));
    for (const int gene : {-1, 5}) {
      scene.gene = gene;
      QCOMPARE(refusal(name, scene), std::string("Choose a gene to see where it is expressed."));
    }
    scene.prediction = nullptr;
    QCOMPARE(refusal(name, scene), std::string("There is no prediction for this slide yet."));
  }

  void aPredictionOfAnotherSlideIsNotDrawn_data() { mapsAreRefusedWithTheSentenceThatSaysWhy_data(); }

  void aPredictionOfAnotherSlideIsNotDrawn() {
    QFETCH(QString, overlay);
    Prediction prediction = testing::madePrediction();
    prediction.slideHash = std::string(64, 'c');
    const std::string hash = refusal(overlay.toLatin1(), sceneOf(0, prediction));
    QVERIFY2(hash.ends_with("does not fit 'made.tif': it was made for another slide (the hashes differ)."),
             hash.c_str());
    prediction = testing::madePrediction();
    prediction.slideSize.width = 4000;
    const std::string size = refusal(overlay.toLatin1(), sceneOf(0, prediction));
    QVERIFY2(size.ends_with("it was made for 4000 x 3100 pixels, the slide has 4200 x 3100."), size.c_str());
    prediction = testing::madePrediction();
    prediction.grid.columns = 14;
    const std::string grid = refusal(overlay.toLatin1(), sceneOf(0, prediction));
    QVERIFY2(grid.ends_with("its grid reaches outside the slide."), grid.c_str());
  }

  void aPredictionThatContradictsItselfIsNotDrawn() {
    Prediction prediction = testing::madePrediction();
    prediction.grid.cells.pop_back();
    QCOMPARE(refusal("attention", sceneOf(0, prediction)),
             std::string("The prediction of '/nowhere/made.tif' has 66 map values for 65 tiles."));
    prediction = testing::madePrediction();
    prediction.grid.cells[3].row = 7;
    QCOMPARE(refusal("attention", sceneOf(0, prediction)),
             std::string("The prediction of '/nowhere/made.tif' has a tile outside its grid."));
  }

  void valuesLieOnTheirTiles() {
    const Prediction prediction = testing::madePrediction();
    const auto attention = make("attention", sceneOf(1));
    const auto expression = make("gene_expression", sceneOf(1));
    QVERIFY(attention && expression);
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      for (const double inside : {0.0, 199.5, 399.9}) {
        const Point point{cell.column * 400 + inside, cell.row * 400 + inside};
        QCOMPARE((*attention)->heatmap()->valueAt(point), std::optional(testing::madeAttention(1, cell)));
        QCOMPARE((*expression)->heatmap()->valueAt(point), std::optional(testing::madeExpression(1, cell)));
      }
  }

  void aTileThatWaitsIsMarkedAndHasNoValue() {
    Prediction prediction = testing::madePrediction();
    const TileGrid::Cell kept{4, 3}, glass{0, 0};
    const TileGrid::Cell waiting = prediction.grid.cells[0];
    prediction.waiting.assign(prediction.grid.cells.begin(), prediction.grid.cells.end());
    std::erase(prediction.waiting, kept);
    prediction.grid.cells = {kept};
    prediction.maps = testing::heldMaps({prediction.genes.size(), GeneMap{{7}, {7}, {7}, {}}});
    const auto overlay = make("gene_expression", sceneOf(0, prediction));
    QVERIFY(overlay);
    const auto at = [&](TileGrid::Cell cell) {
      const Rect area = prediction.grid.area(cell);
      return (*overlay)->heatmap()->valueAt({area.x + area.width / 2, area.y + area.height / 2});
    };
    QCOMPARE(at(kept).value_or(-1), 7.0f);
    QVERIFY(!at(waiting) && !at(glass));
    const auto middle = [&](TileGrid::Cell cell) {
      const Rect area = prediction.grid.area(cell);
      return Point{area.x + area.width / 2, area.y + area.height / 2};
    };
    QCOMPARE((*overlay)->heatmap()->cellAt(middle(waiting)), kStillToCome);
    QVERIFY((*overlay)->textAt(middle(waiting)).endsWith(QStringLiteral(": not computed yet")));
    QVERIFY((*overlay)->textAt(middle(glass)).isEmpty());  // no tissue, nothing to wait for
    QCOMPARE((*overlay)->heatmap()->sorted, std::vector<float>{7});
  }

  void tissueWithoutATileIsMarkedAsLeftOut() {
    Prediction prediction = testing::madePrediction();
    const TileGrid::Cell gone = prediction.grid.cells.back();
    prediction.grid.cells.pop_back();
    const size_t tiles = prediction.grid.count();
    const std::vector<float> values(tiles, 3);
    prediction.maps = testing::heldMaps({prediction.genes.size(), GeneMap{values, values, values, {}}});
    OverlayScene scene = sceneOf(0, prediction);
    TissueMask everywhere = *scene.tissue;
    std::ranges::fill(everywhere.cells, 255);
    scene.tissue = std::make_shared<TissueMask>(everywhere);
    const Rect area = prediction.grid.area(gone);
    const Point there{area.x + area.width / 2, area.y + area.height / 2};
    for (const char* overlay : {"gene_expression", "attention", "contribution"}) {
      const auto made = make(overlay, scene);
      QVERIFY2(made, made ? "" : made.error().sentence.c_str());
      QCOMPARE((*made)->heatmap()->cellAt(there), kLeftOut);
      QCOMPARE((*made)->textAt(there), QStringLiteral("not predicted: too little of a tile here is tissue"));
      QCOMPARE((*made)->heatmap()->sorted.size(), tiles);
    }
    scene.tissue = nullptr;
    QVERIFY(std::isnan((*make("attention", scene))->heatmap()->cellAt(there)));
  }

  void whereThereIsNoTileThereIsNoValue() {
    const auto map = make("gene_expression", sceneOf(0));
    QVERIFY(map);
    for (const Point corner : {Point{200, 200}, Point{3800, 200}, Point{200, 2600}, Point{3800, 2600}}) {
      QVERIFY(!(*map)->heatmap()->valueAt(corner));
      QCOMPARE((*map)->textAt(corner), QString());
    }
    QCOMPARE((*map)->heatmap()->sorted.size(), 66u);
    QVERIFY(!(*map)->heatmap()->valueAt({4100, 1000}));
  }

  void aLatticeThatBeginsElsewhereIsDrawnThere() {
    Prediction prediction = testing::madePrediction();
    prediction.grid.left = 104;
    prediction.grid.top = 96;
    const auto map = make("attention", sceneOf(0, prediction));
    QVERIFY2(map, map ? "" : map.error().sentence.c_str());
    const Rect tile = prediction.grid.area({3, 2});
    QCOMPARE(tile.x, 3.0 * prediction.grid.stride + 104);
    const double right = tile.x + tile.width, bottom = tile.y + tile.height;
    for (const Point inside : {Point{tile.x + 1, tile.y + 1}, Point{right - 1, bottom - 1}})
      QCOMPARE((*map)->heatmap()->valueAt(inside), std::optional(testing::madeAttention(0, {3, 2})));
    QCOMPARE((*map)->heatmap()->valueAt({right + 1, tile.y + 1}),
             std::optional(testing::madeAttention(0, {4, 2})));
  }

  void overlappingTilesMeetHalfWay() {
    Prediction prediction = testing::madePrediction();
    prediction.grid.stride = 200;
    const auto map = make("attention", sceneOf(0, prediction));
    QVERIFY2(map, map ? "" : map.error().sentence.c_str());
    QCOMPARE((*map)->heatmap()->origin, (Point{100, 100}));
    // Tile (3, 2) covers 600..1000 x 400..800: its middle is its own.
    QCOMPARE((*map)->heatmap()->valueAt({800, 600}), std::optional(testing::madeAttention(0, {3, 2})));
    QCOMPARE((*map)->heatmap()->valueAt({899, 699}), std::optional(testing::madeAttention(0, {3, 2})));
    QCOMPARE((*map)->heatmap()->valueAt({901, 600}), std::optional(testing::madeAttention(0, {4, 2})));
  }

  void theMapIsFinerWhereItWasSharpenedAndColouredAsBefore() {
    auto part = std::make_shared<Prediction>(testing::madePrediction());
    part->grid.stride = 100;
    part->grid.columns = part->grid.rows = 20;
    part->grid.cells = {{4, 4}, {5, 4}};  // tiles of 400 about (600, 600) and (700, 600)
    part->maps = testing::heldMaps({part->genes.size(), GeneMap{{1, 1}, {70, 80}, {0, 0}, {}}});
    OverlayScene scene = sceneOf(0);
    const auto plain = make("gene_expression", scene);
    scene.sharpened = std::make_shared<const SharpenedMaps>(SharpenedMaps{{part}});
    const auto map = make("gene_expression", scene);
    QVERIFY(plain && map);
    const auto at = [&](double x, double y) { return (*map)->heatmap()->valueAt({x, y}); };
    QCOMPARE(at(600, 600), std::optional(70.0f));
    QCOMPARE(at(551, 649), std::optional(70.0f));
    QCOMPARE(at(651, 600), std::optional(80.0f));
    for (const Point beside :
         {Point{540, 600}, Point{600, 540}, Point{760, 600}, Point{600, 660}, Point{2200, 1000}})
      QCOMPARE(at(beside.x, beside.y), (*plain)->heatmap()->valueAt(beside));
    QVERIFY(!at(200, 200));  // no tissue
    QCOMPARE((*map)->heatmap()->sorted, (*plain)->heatmap()->sorted);
    part->modelHash = "another";
    QCOMPARE((*make("gene_expression", scene))->heatmap()->valueAt({600, 600}),
             (*plain)->heatmap()->valueAt({600, 600}));
  }

  void eachMapSaysWhatItIsAndHowFarItIsToBeBelieved() {
    const Point place{900, 500};  // column 2, row 1
    const auto attention = make("attention", sceneOf(0));
    const auto expression = make("gene_expression", sceneOf(0));
    const auto contribution = make("contribution", sceneOf(0));
    QVERIFY(attention && expression && contribution);
    QCOMPARE((*attention)->heatmap()->name, QStringLiteral("Attention of FSCN1, held-out r 0.71"));
    QCOMPARE((*expression)->heatmap()->name, QStringLiteral("FSCN1 expression, held-out r 0.71"));
    QCOMPARE((*contribution)->heatmap()->name, QStringLiteral("Contribution to FSCN1, held-out r 0.71"));
    QCOMPARE((*attention)->textAt(place), QStringLiteral("Attention of FSCN1 0.62 × uniform"));
    QCOMPARE((*expression)->textAt(place),
             QStringLiteral("FSCN1 expression 5.50 log2 expression, hotspot 1 of 0.24 mm²"));
    QCOMPARE((*expression)->textAt({100, 500}), QStringLiteral("FSCN1 expression 4.10 log2 expression"));
    QCOMPARE((*contribution)->textAt(place), QStringLiteral("Contribution to FSCN1 -0.31 log2 expression"));
  }

  void ofSyntheticSlidesTheLegendSaysThatHeldOutRIs() {
    OverlayScene scene = sceneOf(0);
    Prediction prediction = *scene.prediction;
    prediction.modelStatement = "demonstration model, trained on synthetic tissue";
    scene.prediction = std::make_shared<Prediction>(prediction);
    const auto expression = make("gene_expression", scene);
    QVERIFY(expression);
    QCOMPARE((*expression)->heatmap()->name, QStringLiteral("FSCN1 expression, held-out r 0.71, synthetic"));
    QCOMPARE((*expression)->textAt({100, 500}), QStringLiteral("FSCN1 expression 4.10 log2 expression"));
  }

  void contributionIsColouredAboutZeroAndHidesNothing() {
    const auto map = make("contribution", sceneOf(0));
    QVERIFY(map);
    const HeatmapStyle style = (*map)->defaultStyle();
    QVERIFY(style.colours == ColourMap::Coolwarm);
    QCOMPARE(style.low, -style.high);
    QVERIFY(style.high > 0 && style.threshold <= double((*map)->heatmap()->sorted.front()));
  }

  void hotspotOutlinesLieOverTheirTilesInATurnedView() {
    const auto map = make("gene_expression", sceneOf(0));
    QVERIFY(map);
    const QImage picture = painted(**map, turnedView());
    // Tiles 2-4 x 1-2: 800..2000 x 400..1200; tiles 7-8 x 3-4: 2800..3600 x 1200..2000.
    for (const Point edge : {Point{1400, 1200}, Point{800, 800}, Point{2000, 800}, Point{1400, 400},
                             Point{3000, 1200}, Point{2800, 1600}, Point{3200, 2000}})
      QVERIFY2(qGreen(picture.pixel(placeInTurnedView(edge))) > 190, qPrintable(QString::number(edge.x)));
    for (const Point within : {Point{1400, 800}, Point{2400, 1000}, Point{3200, 1600}, Point{1400, 1300}})
      QCOMPARE(picture.pixel(placeInTurnedView(within)), qRgb(128, 128, 128));
  }

  void eachHotspotWearsItsRankAboveItsHighestCorner() {
    const auto map = make("gene_expression", sceneOf(0));
    QVERIFY(map);
    const QImage picture = painted(**map, turnedView());
    for (const Point highest : {Point{800, 400}, Point{2800, 1200}}) {
      const QPoint corner = placeInTurnedView(highest);
      int dark = 0, white = 0;
      for (int y = -17; y < -1; ++y)
        for (int x = 1; x < 16; ++x) {
          const int green = qGreen(picture.pixel(corner + QPoint(x, y)));
          dark += green < 60;
          white += green > 220;
        }
      QVERIFY2(dark > 100, qPrintable(QString::number(dark)));
      QVERIFY2(white > 5, qPrintable(QString::number(white)));
    }
  }

  void aGeneWithoutHotspotsHasNoOutlines() {
    const auto map = make("gene_expression", sceneOf(1));
    QVERIFY(map);
    QImage empty(800, 600, QImage::Format_RGB32);
    empty.fill(qRgb(128, 128, 128));
    QCOMPARE(painted(**map, turnedView()), empty);
  }

  void tissueIsOutlinedAlongItsCells() {
    using Points = std::vector<Point>;
    const auto one = outlineOf(maskOf(3, {0, 0, 0, 0, 255, 0, 0, 0, 0}));
    QCOMPARE(one.size(), 1u);
    QCOMPARE(one[0].points, (Points{{10, 10}, {20, 10}, {20, 20}, {10, 20}}));
    QCOMPARE(one[0].box, (Rect{10, 10, 10, 10}));
    const auto ell = outlineOf(maskOf(2, {255, 0, 255, 255}));
    QCOMPARE(ell.size(), 1u);
    QCOMPARE(ell[0].points, (Points{{0, 0}, {10, 0}, {10, 10}, {20, 10}, {20, 20}, {0, 20}}));
    QCOMPARE(outlineOf(maskOf(3, {255, 255, 255, 255, 0, 255, 255, 255, 255})).size(), 2u);
    QCOMPARE(outlineOf(maskOf(2, {255, 0, 0, 255})).size(), 2u);
    QVERIFY(outlineOf(maskOf(2, {0, 0, 0, 0})).empty());
  }

  void tissueIsPaintedAndNamed() {
    const auto tissue = make("tissue", sceneOf(-1));
    QVERIFY(tissue);
    QVERIFY(!(*tissue)->heatmap());
    QCOMPARE((*tissue)->textAt({1000, 1500}), QStringLiteral("tissue"));
    QCOMPARE((*tissue)->textAt({2100, 1600}), QStringLiteral("no tissue"));
    QCOMPARE((*tissue)->textAt({10, 10}), QStringLiteral("no tissue"));
    QCOMPARE((*tissue)->textAt({-1, 10}), QString());
    QCOMPARE((*tissue)->textAt({4200, 10}), QString());
    const QImage picture = painted(**tissue, turnedView());
    for (const Point edge : {Point{2000, 1600}, Point{2200, 1600}, Point{2100, 1500}, Point{2100, 1700}})
      QVERIFY(qRed(picture.pixel(placeInTurnedView(edge))) < 90);
    QCOMPARE(picture.pixel(placeInTurnedView({2100, 1600})), qRgb(128, 128, 128));
  }

  void tissueIsRefusedBeforeItIsFoundAndWhenDamaged() {
    OverlayScene scene = sceneOf(-1);
    TissueMask damaged = *scene.tissue;
    damaged.cells.pop_back();
    scene.tissue = std::make_shared<TissueMask>(damaged);
    QCOMPARE(refusal("tissue", scene), std::string("The tissue mask of 'made.tif' is damaged."));
    scene.tissue = nullptr;
    QCOMPARE(refusal("tissue", scene), std::string("The tissue on this slide has not been found yet."));
  }

  void theScaleBarIsPaintedLowerLeftOnlyWhereThePixelSizeIsKnown() {
    OverlayScene scene = sceneOf(-1);
    const auto bar = make("scale_bar", scene);
    QVERIFY(bar);
    const QImage picture = painted(**bar, turnedView());
    QImage empty = picture;
    empty.fill(qRgb(128, 128, 128));
    QVERIFY(picture.copy(0, 400, 400, 200) != empty.copy(0, 400, 400, 200));
    QCOMPARE(picture.copy(0, 0, 800, 400), empty.copy(0, 0, 800, 400));
    auto slide = std::make_shared<Slide>(testing::madeSlide());
    slide->mpp.reset();
    scene.slide = slide;
    QCOMPARE(
        refusal("scale_bar", scene),
        std::string(
            "The pixel size of 'made.tif' is unknown: enter it in micrometres per pixel for a scale bar."));
  }
};

}  // namespace geneglass::overlay_plugins_test

GENEGLASS_WINDOW_TEST(geneglass::overlay_plugins_test::OverlayPluginsTest)
#include "overlay_plugins_test.moc"
