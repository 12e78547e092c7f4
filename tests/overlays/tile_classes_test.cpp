// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "inference/prediction/class_colours.h"
#include "inference/prediction/withheld.h"
#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::tile_classes_test {

class TileClassesTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries;

  /// Columns to 4 are stroma, the others tumour; fat is nowhere.
  static Prediction madeClasses() {
    Prediction prediction = testing::madePrediction();
    SlideCall call;
    call.facts.target = "tissue";
    call.facts.ofTiles = true;
    call.facts.classes = {{.name = "fat"}, {.name = "stroma"}, {.name = "tumour"}};
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      call.classOfTile.push_back(cell.column <= 4 ? 1 : 2);
    call.probabilities = {0, 0.5, 0.5};
    prediction.calls = {std::move(call)};
    return prediction;
  }

  Result<std::shared_ptr<const Overlay>> make(Prediction prediction) const {
    const OverlayScene scene{std::make_shared<Slide>(testing::madeSlide()),
                             nullptr,
                             std::make_shared<Prediction>(std::move(prediction)),
                             -1,
                             nullptr,
                             nullptr,
                             nullptr};
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QStringLiteral("tile_classes")) return makeOverlay(entry, scene);
    return fail("no such plugin");
  }
  std::string refusal(Prediction prediction) const {
    const auto made = make(std::move(prediction));
    return made ? std::string("was made") : made.error().sentence;
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() { m_entries = loadOverlays(overlayFolder()); }

  void thePointedPlaceSaysItsClass() {
    const auto overlay = make(madeClasses());
    QVERIFY2(overlay, overlay ? "" : overlay.error().sentence.c_str());
    QCOMPARE((*overlay)->textAt({900, 500}), QStringLiteral("tissue: stroma"));
    QCOMPARE((*overlay)->textAt({2500, 500}), QStringLiteral("tissue: tumour"));
    QCOMPARE((*overlay)->textAt({200, 200}), QString());  // glass
  }

  void tilesOfOneClassHaveOneColourAndGlassHasNone() {
    const auto overlay = make(madeClasses());
    QVERIFY(overlay);
    Viewport view;
    view.centre = {2000, 1500};
    view.downsample = 5;
    view.width = 800;
    view.height = 600;
    QImage picture(800, 600, QImage::Format_RGB32);
    picture.fill(qRgb(128, 128, 128));
    QPainter painter(&picture);
    (*overlay)->paint(painter, view);
    painter.end();
    const auto at = [&](double x, double y) {  // worked out here and not by Viewport
      return picture.pixel(int(400 + (x - 2000) / 5), int(300 + (y - 1500) / 5));
    };
    QCOMPARE(at(600, 600), at(1900, 2500));
    QCOMPARE(at(2100, 600), at(3700, 2300));
    QVERIFY(at(600, 600) != at(2100, 600));
    QCOMPARE(at(1990, 600), at(600, 600));  // the border lies at 2000
    QCOMPARE(at(2010, 600), at(2100, 600));
    QCOMPARE(at(200, 200), qRgb(128, 128, 128));
  }

  void theLegendNamesTheClassesThatAreThereAndThatNobodyJudgedThem() {
    const auto overlay = make(madeClasses());
    QVERIFY(overlay);
    const OverlayKey key = (*overlay)->key();
    QCOMPARE(key.title, QStringLiteral("tissue"));
    QCOMPARE(key.note, QStringLiteral("not judged here"));
    QCOMPARE(key.lines.size(), size_t(2));
    QCOMPARE(key.lines[0].text, QStringLiteral("stroma  50 %"));
    QCOMPARE(key.lines[1].text, QStringLiteral("tumour  50 %"));
    QVERIFY(key.lines[0].colour != key.lines[1].colour);
  }

  void aClassHasTheColourOfItsGroupAsInTheCharts() {
    Prediction prediction = madeClasses();
    prediction.panel.groups = {{"tumour", "", 0xFF0072B2, {}}};
    QCOMPARE(classColour(prediction.panel, prediction.calls[0].facts, 2), 0xFF0072B2U);
    QVERIFY(classColour(prediction.panel, prediction.calls[0].facts, 1) != 0xFF0072B2U);
  }

  void whereCallsAreWithheldThereAreNoClassesEither() {
    Prediction prediction = madeClasses();
    prediction.calls[0].byTemplates = TemplateCall{};
    prediction = withhold(prediction);
    QCOMPARE(refusal(prediction),
             std::string("It is withheld: this tissue is unlike what the model learnt from."));
  }

  void whatCannotBeShownSaysWhy() {
    QCOMPARE(refusal(testing::madePrediction()),
             std::string("This model tells no classes of tiles apart; Slide > Subtype by Templates does, by "
                         "marker genes."));
    Prediction prediction = madeClasses();
    prediction.calls[0].classOfTile.pop_back();
    QCOMPARE(refusal(prediction),
             std::string("The prediction of '/nowhere/made.tif' has 65 map values for 66 tiles."));
    prediction = madeClasses();
    prediction.grid.cover = std::make_shared<TileGrid::Cover>();
    QCOMPARE(refusal(prediction),
             std::string("Its tiles overlap without a lattice: a place has no one class."));
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QStringLiteral("tumour_evidence"))
        QCOMPARE(
            makeOverlay(entry, {std::make_shared<Slide>(testing::madeSlide()), nullptr,
                                std::make_shared<Prediction>(madeClasses()), -1, nullptr, nullptr, nullptr})
                .error()
                .sentence,
            std::string("This model tells no classes of slides apart."));
  }
};

}  // namespace geneglass::tile_classes_test

GENEGLASS_WINDOW_TEST(geneglass::tile_classes_test::TileClassesTest)
#include "tile_classes_test.moc"
