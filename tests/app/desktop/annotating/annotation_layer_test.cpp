// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_layer.h"

#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "app/desktop/annotating/annotation_labels.h"
#include "tests/app/desktop/annotating/drawing_table.h"
#include "tests/support/window_test_program.h"

namespace geneglass::annotation_layer_test {

using namespace geneglass::testing;
using Table = DrawingTable;

class AnnotationLayerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDragDrawsARectangleOfTheChosenClassAndSelectsIt();
  void aSlipOfTheHandDrawsNothing();
  void aPolygonIsClosedByADoubleClickAndGivenUpByEscape();
  void aRulerIsDraggedOrClickedAndSaysItsLength();
  void anAngleTakesThreeClicks();
  void theCounterCountsOnUntilTheClassChanges();
  void aStrokeBegunInsideTheSelectedAreaGrowsIt();
  void theEraserTakesAwayAndEmptiesAndSparesTheLocked();
  void aFirstClickSelectsAndASecondDragMoves();
  void aCornerIsDraggedAddedAndDeleted();
  void dragOverNothingPans();
  void lockedAnnotationsAreNeitherMovedNorDeleted();
  void uniteSubtractIntersect();
  void uniteOfOneIsRefusedWithTheReason();
  void undoBringsBackWhatWasSelectedAndDeleted();
  void anotherSlideHasNothingSelected();
};

void AnnotationLayerTest::aDragDrawsARectangleOfTheChosenClassAndSelectsIt() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setClassName("Tumour");
  table.tools.setTool(AnnotatingTool::Rectangle);
  table.drag({{300, 200}, {350, 220}, {400, 260}});
  QCOMPARE(table.count(), size_t{1});
  QCOMPARE(*uprightRectangle(std::get<Area>(table.last().shape)), (Rect{1800, 1300, 200, 120}));
  QCOMPARE(table.last().className, std::string("Tumour"));
  QCOMPARE(table.layer.selection(), std::set{table.last().id});
  QCOMPARE(table.document.undoText(), QStringLiteral("Draw Rectangle"));
  table.drag({{300, 200}, {400, 210}}, Qt::ShiftModifier);
  QCOMPARE(*uprightRectangle(std::get<Area>(table.last().shape)), (Rect{1800, 1300, 200, 200}));
}

void AnnotationLayerTest::aSlipOfTheHandDrawsNothing() {
  Table table;
  QVERIFY(table.appears());
  for (const auto tool : {AnnotatingTool::Rectangle, AnnotatingTool::Ellipse, AnnotatingTool::Freehand}) {
    table.tools.setTool(tool);
    table.drag({{300, 200}, {301, 201}});
  }
  QCOMPARE(table.count(), size_t{0});
  QVERIFY(!table.document.canUndo());
}

void AnnotationLayerTest::aPolygonIsClosedByADoubleClickAndGivenUpByEscape() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Polygon);
  table.click({300, 200});
  table.click({400, 200});
  table.key(Qt::Key_Escape);
  QCOMPARE(table.count(), size_t{0});
  table.click({300, 200});
  table.click({400, 200});
  table.click({500, 500});
  table.key(Qt::Key_Backspace);
  table.click({400, 300});
  table.doubleClick({300, 300});
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(std::get<Area>(table.last().shape) == rectangleArea({1800, 1300, 200, 200}));
}

void AnnotationLayerTest::aRulerIsDraggedOrClickedAndSaysItsLength() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Ruler);
  table.drag({{300, 200}, {360, 280}});
  table.click({300, 200});
  table.click({360, 280});
  QCOMPARE(table.count(), size_t{2});
  for (const AnnotationPtr& ruler : table.document.annotations()->all()) {
    QCOMPARE(std::get<Path>(ruler->shape).points, (std::vector<Point>{{1800, 1300}, {1920, 1460}}));
    QVERIFY(
        labelOf(*ruler, annotatedFacts().mpp, false).contains(QStringLiteral("100")));  // 200 px of 0.5 um
  }
}

void AnnotationLayerTest::anAngleTakesThreeClicks() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Angle);
  for (const QPoint at : {QPoint(400, 200), QPoint(300, 200), QPoint(300, 300)}) table.click(at);
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(labelOf(table.last(), annotatedFacts().mpp, false).contains(QStringLiteral("90")));
}

void AnnotationLayerTest::theCounterCountsOnUntilTheClassChanges() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Counter);
  table.tools.setClassName("Immune cells");
  for (int i = 0; i < 5; ++i) table.click({300 + 20 * i, 200});
  table.tools.setClassName("Tumour");
  table.click({500, 200});
  QCOMPARE(table.count(), size_t{2});
  QCOMPARE(std::get<Places>(table.document.annotations()->all()[0]->shape).points.size(), size_t{5});
  table.document.undo();
  table.document.undo();
  QCOMPARE(std::get<Places>(table.last().shape).points.size(), size_t{4});
}

void AnnotationLayerTest::aStrokeBegunInsideTheSelectedAreaGrowsIt() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Brush);
  table.tools.setBrushRadius(20);
  table.click({300, 200});
  QVERIFY(isAbout(pixelsOf(table.last().shape), M_PI * 40 * 40, 0.02));
  table.drag({{300, 200}, {400, 200}});
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(isAbout(pixelsOf(table.last().shape), M_PI * 40 * 40 + 200 * 80, 0.02));
  table.click({600, 400});
  QCOMPARE(table.count(), size_t{2});
}

void AnnotationLayerTest::theEraserTakesAwayAndEmptiesAndSparesTheLocked() {
  Table table;
  QVERIFY(table.appears());
  Annotation locked{"locked", rectangleArea({1700, 1200, 400, 400}), {}, {}, {}, {}, true};
  Annotation large{"large", rectangleArea({1700, 1200, 400, 400}), {}, {}, {}, {}, false};
  Annotation small{"small", rectangleArea({1795, 1295, 10, 10}), {}, {}, {}, {}, false};
  table.document.change(table.document.annotations()->with({locked, large, small}), QStringLiteral("3"));
  table.tools.setTool(AnnotatingTool::Eraser);
  table.tools.setBrushRadius(20);
  table.click({300, 200});
  const auto& set = *table.document.annotations();
  QVERIFY(!set.find("small"));
  QVERIFY(isAbout(pixelsOf(set.find("large")->shape), 160000 - M_PI * 40 * 40, 0.001));
  QVERIFY(set.find("locked")->shape == locked.shape);
  QCOMPARE(table.document.undoText(), QStringLiteral("Erase"));
}

void AnnotationLayerTest::aFirstClickSelectsAndASecondDragMoves() {
  Table table;
  QVERIFY(table.appears());
  Annotation square{"square", rectangleArea({1700, 1200, 400, 400}), {}, {}, {}, {}, false};
  table.document.change(table.document.annotations()->with({square}), QStringLiteral("1"));
  table.drag({{300, 220}, {340, 220}});
  QVERIFY(table.last().shape == square.shape);
  QCOMPARE(table.layer.selection(), std::set<std::string>{"square"});
  table.drag({{300, 220}, {320, 220}, {340, 220}});
  QCOMPARE(*uprightRectangle(std::get<Area>(table.last().shape)), (Rect{1780, 1200, 400, 400}));
}

void AnnotationLayerTest::aCornerIsDraggedAddedAndDeleted() {
  Table table;
  QVERIFY(table.appears());
  Annotation square{"square", rectangleArea({1800, 1300, 200, 200}), {}, {}, {}, {}, false};
  table.document.change(table.document.annotations()->with({square}), QStringLiteral("1"));
  table.click({350, 250});
  table.drag({{400, 300}, {450, 350}});
  QCOMPARE(*uprightRectangle(std::get<Area>(table.last().shape)), (Rect{1800, 1300, 300, 300}));
  table.doubleClick({375, 200});
  QCOMPARE(std::get<Area>(table.last().shape).parts[0].outer.size(), size_t{5});
  table.click({375, 200}, Qt::AltModifier);
  QCOMPARE(std::get<Area>(table.last().shape).parts[0].outer.size(), size_t{4});
}

void AnnotationLayerTest::dragOverNothingPans() {
  Table table;
  QVERIFY(table.appears());
  table.drag({{300, 220}, {320, 220}, {340, 230}});
  QCOMPARE(table.canvas.viewport().centre, (Point{1920, 1480}));
  QVERIFY(!table.document.canUndo());
}

void AnnotationLayerTest::lockedAnnotationsAreNeitherMovedNorDeleted() {
  Table table;
  QVERIFY(table.appears());
  Annotation square{"square", rectangleArea({1700, 1200, 400, 400}), {}, {}, {}, {}, true};
  table.document.change(table.document.annotations()->with({square}), QStringLiteral("1"));
  QSignalSpy refused(&table.layer, &AnnotationLayer::refused);
  table.click({300, 220});
  table.drag({{300, 220}, {340, 220}});
  table.key(Qt::Key_Delete);
  QVERIFY(table.last() == square);
  QCOMPARE(refused.size(), 1);
  QCOMPARE(refused.front().front().toString(), QStringLiteral("What is locked was not deleted."));
}

void AnnotationLayerTest::uniteSubtractIntersect() {
  const Annotation a{"a", rectangleArea({0, 0, 100, 100}), "A", {}, {}, {}, false};
  const Annotation b{"b", rectangleArea({50, 0, 100, 100}), "B", {}, {}, {}, false};
  const auto after = [&](void (AnnotationLayer::*deed)()) {
    Table table;
    table.document.change(table.document.annotations()->with({a, b}), QStringLiteral("2"));
    table.layer.select({"a", "b"});
    (table.layer.*deed)();
    return table.document.annotations();
  };
  const auto one = after(&AnnotationLayer::uniteSelected);
  QCOMPARE(one->all().size(), size_t{1});
  QCOMPARE(one->find("a")->className, std::string("A"));
  QVERIFY(isAbout(pixelsOf(one->find("a")->shape), 15000, 1e-6));
  const auto rest = after(&AnnotationLayer::subtractSelected);
  QVERIFY(isAbout(pixelsOf(rest->find("a")->shape), 5000, 1e-6) && rest->find("b"));
  QVERIFY(isAbout(pixelsOf(after(&AnnotationLayer::intersectSelected)->find("a")->shape), 5000, 1e-6));
}

void AnnotationLayerTest::uniteOfOneIsRefusedWithTheReason() {
  Table table;
  table.document.change(
      table.document.annotations()->with({{"a", rectangleArea({0, 0, 9, 9}), {}, {}, {}, {}, false}}),
      QStringLiteral("1"));
  table.layer.select({"a"});
  QSignalSpy refused(&table.layer, &AnnotationLayer::refused);
  table.layer.uniteSelected();
  QCOMPARE(refused.front().front().toString(),
           QStringLiteral("Unite needs two or more areas that are selected and not locked."));
  QCOMPARE(table.document.undoText(), QStringLiteral("1"));
}

void AnnotationLayerTest::undoBringsBackWhatWasSelectedAndDeleted() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Ellipse);
  table.drag({{300, 200}, {400, 260}});
  const Annotation drawn = table.last();
  table.tools.setTool(AnnotatingTool::Select);
  table.key(Qt::Key_Delete);
  QVERIFY(table.layer.selection().empty() && table.count() == 0);
  table.document.undo();
  QVERIFY(table.last() == drawn);
  table.document.undo();
  QCOMPARE(table.count(), size_t{0});
}

void AnnotationLayerTest::anotherSlideHasNothingSelected() {
  Table table;
  table.document.change(
      table.document.annotations()->with({{"a", rectangleArea({0, 0, 9, 9}), {}, {}, {}, {}, false}}),
      QStringLiteral("1"));
  table.layer.select({"a", "nobody"});
  QCOMPARE(table.layer.selection(), std::set<std::string>{"a"});
  table.layer.showSlide(nullptr, {});
  QVERIFY(table.layer.selection().empty());
  QVERIFY(!table.layer.canvasLayer().annotations);
}

}  // namespace geneglass::annotation_layer_test

GENEGLASS_WINDOW_TEST(geneglass::annotation_layer_test::AnnotationLayerTest)
#include "annotation_layer_test.moc"
