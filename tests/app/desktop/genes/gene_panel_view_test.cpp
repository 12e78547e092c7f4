// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_panel_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QTableView>
#include <QtTest>
#include <algorithm>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_panel_view_test {

class GenePanelViewTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withMeasuredSpotsNoColumnIsCutOffWhereTheWindowHasTheRoom() {
    QWidget window;
    auto* layout = new QHBoxLayout(&window);
    layout->addWidget(new QWidget, 1);
    auto* panel = new GenePanelView;
    layout->addWidget(panel);
    panel->showPrediction(std::make_shared<const Prediction>(testing::madePrediction()), nullptr);
    auto* table = panel->findChild<QTableView*>();
    window.resize(2400, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const int least = table->minimumWidth();
    QVERIFY(least > 200 && least < 320);
    panel->showSpots(std::make_shared<const MeasuredSpots>());
    QTRY_VERIFY(table->viewport()->width() >= table->horizontalHeader()->length());
    window.resize(900, 900);
    QTRY_COMPARE(table->minimumWidth(), window.width() / 3);
    panel->showSpots(nullptr);
    QCOMPARE(table->minimumWidth(), std::min(least, window.width() / 4));
  }

  void callsLeaveTheTableItsRows() {
    GenePanelView panel;
    Prediction prediction = testing::madePrediction();
    SlideCall call;
    call.facts.target = "CMS of tiles";
    call.facts.ofTiles = true;
    call.facts.classes = {{.name = "CMS1"}, {.name = "CMS2"}};
    call.probabilities = {0.25, 0.75};
    call.classOfTile = {0, 1, 1, 1};
    call.byTemplates = TemplateCall{"CMS", "t.csv", {"CMS1", "CMS2"}, {0.71, 0.66}, 1, 0.21, 530, 61, 12, {}};
    prediction.calls = {call, call, call};
    panel.resize(300, 700);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    panel.showPrediction(std::make_shared<const Prediction>(prediction), nullptr);
    auto* table = panel.findChild<QTableView*>();
    QTRY_VERIFY(table->viewport()->height() >= 2 * table->rowHeight(0));
    prediction.calls.clear();
    panel.showPrediction(std::make_shared<const Prediction>(prediction), nullptr);
    QVERIFY(panel.findChild<QScrollArea*>()->isHidden());
  }
};

}  // namespace geneglass::gene_panel_view_test

GENEGLASS_WINDOW_TEST(geneglass::gene_panel_view_test::GenePanelViewTest)
#include "gene_panel_view_test.moc"
