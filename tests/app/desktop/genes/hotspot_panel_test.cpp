// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/hotspot_panel.h"

#include <QSignalSpy>
#include <QTableWidget>
#include <QtTest>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::hotspot_panel_test {

class HotspotPanelTest final : public QObject {
  Q_OBJECT

  static OverlayScene sceneOf(int gene, Prediction prediction = testing::madePrediction()) {
    OverlayScene scene;
    scene.prediction = std::make_shared<const Prediction>(std::move(prediction));
    scene.gene = gene;
    return scene;
  }

 private Q_SLOTS:
  void theListHasRankAreaAndMean() {
    HotspotPanel panel;
    const OverlayScene scene = sceneOf(0);
    panel.showScene(scene);
    const auto* list = panel.findChild<QTableWidget*>();
    const auto map = *scene.prediction->maps.of(0);
    QCOMPARE(list->rowCount(), 2);
    QCOMPARE(list->item(0, 0)->text(), QStringLiteral("1"));
    QCOMPARE(list->item(1, 1)->text(), QString::number(map->hotspots[1].areaMm2, 'f', 2));
    QCOMPARE(list->item(1, 2)->text(), QString::number(map->hotspots[1].mean, 'f', 2));
    QVERIFY2(panel.sentence().startsWith(QStringLiteral("2 hotspot(s) of FSCN1 (held-out r ")),
             qPrintable(panel.sentence()));
  }

  void stepsGoRoundAndRound() {
    HotspotPanel panel;
    panel.showScene(sceneOf(0));
    QSignalSpy wanted(&panel, &HotspotPanel::areaWanted);
    panel.step(1);
    panel.step(1);
    panel.step(1);
    panel.step(-1);
    QCOMPARE(wanted.count(), 4);
    const auto area = [&](int call) { return wanted[call][0].value<Rect>(); };
    QVERIFY(!(area(0) == area(1)) && area(0) == area(2) && area(1) == area(3));
    // Tiles of 400 pixels in columns 2 to 4 and rows 1 to 2.
    QCOMPARE(area(0).x, 800.0);
    QCOMPARE(area(0).y, 400.0);
    QCOMPARE(area(0).width, 1200.0);
    QCOMPARE(area(0).height, 800.0);
  }

  void whatHasNoHotspotsSaysWhy_data() {
    QTest::addColumn<int>("gene");
    QTest::addColumn<int>("change");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no gene") << -1 << 0 << QStringLiteral("Choose a gene to see where it is expressed.");
    QTest::newRow("not predictable") << 4 << 0 << QStringLiteral("TP53 cannot be predicted by this model");
    QTest::newRow("none") << 1 << 0 << QStringLiteral("has no hotspot");
    QTest::newRow("tiles wait") << 0 << 1 << QStringLiteral("are known when all tiles are computed.");
    QTest::newRow("withheld") << 0 << 2 << QStringLiteral("are withheld");
  }
  void whatHasNoHotspotsSaysWhy() {
    QFETCH(int, gene);
    QFETCH(int, change);
    QFETCH(QString, sentence);
    Prediction prediction = testing::madePrediction();
    if (change == 1) prediction.waiting = {{0, 0}};
    if (change == 2) prediction.withheld = true;
    HotspotPanel panel;
    panel.showScene(sceneOf(gene, prediction));
    QVERIFY2(panel.sentence().contains(sentence), qPrintable(panel.sentence()));
    QSignalSpy wanted(&panel, &HotspotPanel::areaWanted);
    if (gene != 0) panel.step(1);
    QCOMPARE(wanted.count(), 0);
  }
};

}  // namespace geneglass::hotspot_panel_test

GENEGLASS_WINDOW_TEST(geneglass::hotspot_panel_test::HotspotPanelTest)
#include "hotspot_panel_test.moc"
