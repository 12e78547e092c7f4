// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_charts.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "app/desktop/charts/lasso_scatter.h"
#include "app/desktop/genes/standing_chart.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_charts_test {

using Cells = std::vector<TileGrid::Cell>;

class GeneChartsTest final : public QObject {
  Q_OBJECT

  static constexpr int kPatience = 20'000;

  static OverlayScene sceneOf(int gene) {
    OverlayScene scene;
    scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
    scene.gene = gene;
    return scene;
  }

 private Q_SLOTS:
  void aLineAroundPointsHoldsThoseWithinIt() {
    const QPolygonF line{QRectF(0, 0, 2, 2)};
    QCOMPARE(within(line, {1, 3, 1, -1}, {1, 1, 5, 1}), (std::vector<bool>{true, false, false, false}));
    QVERIFY(!within({}, {1}, {1})[0]);
  }

  void pearsonIsThatOfTheTiles() {
    QCOMPARE(pearsonOf({1, 2, 3}, {2, 4, 6}), 1.0);
    QCOMPARE(pearsonOf({1, 2, 3}, {3, 2, 1}), -1.0);
    QVERIFY(std::isnan(pearsonOf({1, 2, 3}, {5, 5, 5})));
  }

  void aPairHasBothMapsAndWhatCannotBePredictedSaysSo() {
    const Prediction prediction = testing::madePrediction();
    const auto pair = readPair(prediction, 0, 1, {});
    QVERIFY(pair);
    QVERIFY(pair->first.map && pair->second.map && std::abs(pair->r) <= 1);
    QCOMPARE(pair->dice, 0.0);  // CDX2 has no hotspots
    const std::string sentences = pairSentences(prediction, *pair);
    QVERIFY2(sentences.starts_with("FSCN1: Moran's I "), sentences.c_str());
    QVERIFY(sentences.find("Dice of their hotspots 0.00.") != std::string::npos);
    QVERIFY(readPair(prediction, 4, 1, {}).error().sentence.starts_with("TP53 cannot be predicted"));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(readPair(prediction, 0, 1, stop.get_token()).error().sentence,
             std::string("The charts were stopped."));
  }

  void theExpectedErrorIsWhatTheModelLeavesUnexplained() {
    GeneFacts facts;
    facts.trainingDeviation = 2;
    facts.heldOutR = 0.6;
    QCOMPARE(expectedErrorOf(facts), 1.6);
    facts.heldOutR = -0.5;
    QCOMPARE(expectedErrorOf(facts), 2.0);
  }

  void tilesAreMarkedByALineAndByQuartersAndBack() {
    Workplace workplace;
    GeneCharts charts(workplace);
    charts.resize(420, 640);
    charts.show();
    QVERIFY(QTest::qWaitForWindowExposed(&charts));
    QSignalSpy marked(&charts, &GeneCharts::tilesMarked);
    const OverlayScene scene = sceneOf(0);
    charts.showScene(scene);
    charts.offerSecond("VIM");
    QTRY_VERIFY_WITH_TIMEOUT(charts.sentence().contains(QStringLiteral("VIM: Moran")), kPatience);
    QTest::qWait(50);  // a replot
    auto& chart = *charts.findChild<QWidget*>(QStringLiteral("scatterChart"));
    const QList<QPoint> corners{
        {2, 2}, {chart.width() - 3, 2}, {chart.width() - 3, chart.height() - 3}, {2, chart.height() - 3}};
    QTest::mousePress(&chart, Qt::LeftButton, {}, corners[0]);
    for (const QPoint& corner : corners) {
      QMouseEvent move(QEvent::MouseMove, corner, chart.mapToGlobal(corner), Qt::NoButton, Qt::LeftButton,
                       {});
      QCoreApplication::sendEvent(&chart, &move);
    }
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, corners[3]);
    QVERIFY(!marked.isEmpty());
    QCOMPARE(marked.last()[0].value<Cells>().size(), scene.prediction->grid.count());
    QTest::mouseClick(&chart, Qt::LeftButton, {}, corners[0]);
    QVERIFY2(marked.last()[0].value<Cells>().empty(), "a click marks nothing");
    for (QComboBox* marks : charts.findChildren<QComboBox*>()) {
      marks->setCurrentIndex(1);
      Q_EMIT marks->activated(1);
    }
    const size_t count = marked.last()[0].value<Cells>().size();
    QVERIFY(count > 0 && count <= scene.prediction->grid.count() / 3);
    charts.markPlaces({});
  }

  void aSecondGeneThatTheModelLacksIsSaid() {
    Workplace workplace;
    GeneCharts charts(workplace);
    charts.show();
    charts.showScene(sceneOf(0));
    auto& second = *charts.findChild<QLineEdit*>();
    second.setText(QStringLiteral("EPCAM"));
    Q_EMIT second.editingFinished();
    QTRY_VERIFY_WITH_TIMEOUT(charts.sentence().startsWith(QStringLiteral("FSCN1: Moran")), kPatience);
    QVERIFY(!charts.sentence().contains(QStringLiteral("EPCAM")));
  }
};

}  // namespace geneglass::gene_charts_test

GENEGLASS_WINDOW_TEST(geneglass::gene_charts_test::GeneChartsTest)
#include "gene_charts_test.moc"
