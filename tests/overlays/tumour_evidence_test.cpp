// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::tumour_evidence_test {

class TumourEvidenceTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries;

  /// Evidence 0.9 in columns 2 to 4 of rows 1 and 2, 0.1 elsewhere; the region around the former.
  static Prediction madeDiagnosis() {
    Prediction prediction = testing::madePrediction();
    SlideCall diagnosis;
    diagnosis.facts.classes.back().auc = 0.97;
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      diagnosis.evidence.push_back(
          cell.column >= 2 && cell.column <= 4 && (cell.row == 1 || cell.row == 2) ? 0.9F : 0.1F);
    diagnosis.region = {{{800, 400}, {2000, 400}, {2000, 1200}, {800, 1200}}};
    diagnosis.regionTiles = 6;
    diagnosis.regionMm2 = 0.24;
    prediction.calls = {std::move(diagnosis)};
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
      if (entry.identifier == QStringLiteral("tumour_evidence")) return makeOverlay(entry, scene);
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

  void itNeedsNoGeneAndSaysHowFarItIsToBeBelieved() {
    const auto overlay = make(madeDiagnosis());
    QVERIFY2(overlay, overlay ? "" : overlay.error().sentence.c_str());
    QCOMPARE((*overlay)->heatmap()->name,
             QStringLiteral("Evidence of tumour, held-out AUC 0.97 over slides"));
    QCOMPARE((*overlay)->textAt({900, 500}),
             QStringLiteral("Evidence of tumour 0.90, in the tumour region of 0.24 mm²"));
    QCOMPARE((*overlay)->textAt({500, 500}), QStringLiteral("Evidence of tumour 0.10"));
    QCOMPARE((*overlay)->textAt({200, 200}), QString());  // glass
    const HeatmapStyle style = (*overlay)->defaultStyle();
    QVERIFY(style.range == HeatmapStyle::Range::Absolute && style.low == 0 && style.high == 1);
  }

  void ofMoreClassesItIsForTheLikeliestAndHasNoRegion() {
    Prediction prediction = madeDiagnosis();
    SlideCall& call = prediction.calls[0];
    call.facts.classes = {
        {.name = "CMS1", .auc = 0.91}, {.name = "CMS2", .auc = 0.82}, {.name = "CMS4", .auc = 0.73}};
    call.probabilities = {0.2, 0.7, 0.1};
    call.region.clear();
    const auto overlay = make(prediction);
    QVERIFY2(overlay, overlay ? "" : overlay.error().sentence.c_str());
    QCOMPARE((*overlay)->heatmap()->name, QStringLiteral("Evidence of CMS2, held-out AUC 0.82 over slides"));
    QCOMPARE((*overlay)->textAt({900, 500}), QStringLiteral("Evidence of CMS2 0.90"));
    SlideCall diagnosis = madeDiagnosis().calls[0];
    diagnosis.facts.classes.back().name = "MSI";
    prediction.calls.push_back(diagnosis);
    QCOMPARE((*make(prediction))->textAt({900, 500}),
             QStringLiteral("Evidence of MSI 0.90, in the MSI region of 0.24 mm²"));
  }

  void theRegionIsOutlinedWhereItLies() {
    const auto overlay = make(madeDiagnosis());
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
      return qGreen(picture.pixel(int(400 + (x - 2000) / 5), int(300 + (y - 1500) / 5)));
    };
    for (const Point edge : {Point{1400, 400}, Point{800, 800}, Point{2000, 800}, Point{1400, 1200}})
      QVERIFY2(at(edge.x, edge.y) < 90, qPrintable(QString::number(at(edge.x, edge.y))));
    for (const Point away : {Point{1400, 800}, Point{400, 800}, Point{2400, 1600}})
      QCOMPARE(at(away.x, away.y), 128);
  }

  void whatCannotBeShownSaysWhy() {
    QCOMPARE(refusal(testing::madePrediction()), std::string("This model tells no classes of slides apart."));
    Prediction prediction = madeDiagnosis();
    prediction.calls[0].evidence.pop_back();
    QCOMPARE(refusal(prediction),
             std::string("The prediction of '/nowhere/made.tif' has 65 map values for 66 tiles."));
    prediction = madeDiagnosis();
    prediction.slideHash = std::string(64, 'c');
    QVERIFY(refusal(prediction).ends_with("it was made for another slide (the hashes differ)."));
  }

  void mapsOfGenesSayThatTheModelPredictsNone() {
    Prediction prediction = madeDiagnosis();
    prediction.genes.clear();
    QVERIFY(make(prediction));
    const OverlayScene scene{std::make_shared<Slide>(testing::madeSlide()),
                             nullptr,
                             std::make_shared<Prediction>(prediction),
                             -1,
                             nullptr,
                             nullptr,
                             nullptr};
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QStringLiteral("gene_expression"))
        QCOMPARE(makeOverlay(entry, scene).error().sentence, std::string("This model predicts no genes."));
  }
};

}  // namespace geneglass::tumour_evidence_test

GENEGLASS_WINDOW_TEST(geneglass::tumour_evidence_test::TumourEvidenceTest)
#include "tumour_evidence_test.moc"
