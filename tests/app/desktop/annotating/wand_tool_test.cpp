// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/wand_tool.h"

#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "tests/app/desktop/annotating/drawing_table.h"
#include "tests/support/window_test_program.h"

namespace geneglass::wand_tool_test {

using namespace geneglass::testing;
using Table = DrawingTable;

class WandToolTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theWandTakesWhatIsAlikeAroundTheHand();
  void theWandWaitsForItsPictureAndIsGivenUpByEscape();
  void theWandSaysWhyItTakesNothing();
};

void WandToolTest::theWandTakesWhatIsAlikeAroundTheHand() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Wand);
  table.click({300, 200});
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(holds(rectangleArea(table.wandArea), {1800, 1300}));
  const double disc = pixelsOf(table.last().shape);
  QVERIFY2(isAbout(disc, M_PI * 200 * 200, 0.07), qPrintable(QString::number(disc)));
  QCOMPARE(table.document.undoText(), QStringLiteral("Draw Wand"));
  table.click({320, 200});
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(pixelsOf(table.last().shape) > disc * 1.1);
  table.click({600, 400});
  QCOMPARE(table.count(), size_t{2});
  table.drag({{50, 500}, {750, 500}});
  QVERIFY(isAbout(pixelsOf(table.last().shape), table.wandArea.width * table.wandArea.height, 0.02));
}

void WandToolTest::theWandWaitsForItsPictureAndIsGivenUpByEscape() {
  Table table;
  QVERIFY(table.appears());
  table.wandWaits = true;
  table.tools.setTool(AnnotatingTool::Wand);
  table.click({300, 200});
  QCOMPARE(table.count(), size_t{0});
  table.later();
  QCOMPARE(table.count(), size_t{1});
  table.click({300, 400});
  table.key(Qt::Key_Escape);
  table.later();
  QCOMPARE(table.count(), size_t{1});
  table.click({300, 400});
  table.tools.setTool(AnnotatingTool::Ruler);
  table.later();
  QCOMPARE(table.count(), size_t{1});
}

void WandToolTest::theWandSaysWhyItTakesNothing() {
  Table table;
  QVERIFY(table.appears());
  QSignalSpy refused(&table.layer, &AnnotationSelection::refused);
  table.wandTrouble = "Tile 3, 4 of 'a.svs' cannot be read.";
  table.tools.setTool(AnnotatingTool::Wand);
  table.click({300, 200});
  QCOMPARE(refused.count(), 1);
  QCOMPARE(refused.front().front().toString(), QStringLiteral("Tile 3, 4 of 'a.svs' cannot be read."));
  QCOMPARE(table.count(), size_t{0});
}

}  // namespace geneglass::wand_tool_test

GENEGLASS_WINDOW_TEST(geneglass::wand_tool_test::WandToolTest)
#include "wand_tool_test.moc"
