// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_panel_view.h"

#include <QHeaderView>
#include <QTableView>
#include <QtTest>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_panel_view_test {

class GenePanelViewTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withMeasuredSpotsNoColumnIsCutOff() {
    GenePanelView panel;
    panel.showPrediction(std::make_shared<const Prediction>(testing::madePrediction()), nullptr);
    auto* table = panel.findChild<QTableView*>();
    panel.resize(300, 900);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QCOMPARE(table->minimumWidth(), 0);
    panel.showSpots(std::make_shared<const MeasuredSpots>());
    QTRY_VERIFY(table->viewport()->width() >= table->horizontalHeader()->length());
    panel.showSpots(nullptr);
    QCOMPARE(table->minimumWidth(), 0);
  }
};

}  // namespace geneglass::gene_panel_view_test

GENEGLASS_WINDOW_TEST(geneglass::gene_panel_view_test::GenePanelViewTest)
#include "gene_panel_view_test.moc"
