// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_layer.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "app/desktop/annotating/annotation_labels.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/annotation/colour_wand.h"
#include "viewer/annotation/shape_algebra.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::annotation_layer_test {
namespace {

Slide facts() {
  Slide slide = testing::pyramid({4000, 3000}, 2, 4);
  slide.mpp = Mpp{0.5, 0.5};
  return slide;
}

/// A canvas of 800 x 600 with the slide at 2 level-0 pixels per screen pixel, its centre in the middle.
struct Table {
  Table()
      : opened(testing::painted(facts(), [](TileKey) { return opaque(220, 180, 200); })),
        cache(std::make_shared<TileCache>(64u << 20)),
        loader(opened.source, cache, 1, [](TilePtr) {}),
        layer(document, canvas, tools) {
    canvas.resize(800, 600);
    canvas.showSlide(opened.slide, &loader, cache);
    canvas.show();
    layer.showSlide(opened.slide, readsForWand());
    QObject::connect(&layer, &AnnotationLayer::layerChanged, &canvas,
                     [this] { canvas.setLayers({layer.canvasLayer()}); });
  }
  ~Table() {
    canvas.setTool(nullptr);
    canvas.showSlide(nullptr, nullptr, nullptr);
  }
  /// Around the hand there is a blue disc of 100 screen pixels.
  ReadForWand readsForWand() {
    return [this](const Rect& area, int side, const auto& take) {
      Image picture(side, side, 0xffe0a0c0);
      for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
          if (std::hypot(x + 0.5 - side / 2, y + 0.5 - side / 2) < 100) picture.at(x, y) = 0xff5040a0;
      wandArea = area;
      const Result<Image> answer =
          wandTrouble.empty() ? Result<Image>(wandPicture(picture)) : fail(wandTrouble);
      if (wandWaits)
        later = [take, answer] { take(answer); };
      else
        take(answer);
    };
  }
  bool appears() {
    if (!QTest::qWaitForWindowExposed(&canvas)) return false;
    Viewport viewport = canvas.viewport();
    viewport.centre = {2000, 1500};
    viewport.downsample = 2;
    canvas.setViewport(viewport);
    return canvas.viewport() == viewport;
  }
  void send(QEvent::Type type, QPoint at, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers) {
    const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, canvas.mapToGlobal(at), button, buttons, modifiers);
    QCoreApplication::sendEvent(&canvas, &event);
  }
  void drag(std::vector<QPoint> places, Qt::KeyboardModifiers modifiers = {}) {
    send(QEvent::MouseButtonPress, places.front(), Qt::LeftButton, modifiers);
    for (const QPoint place : places) send(QEvent::MouseMove, place, Qt::LeftButton, modifiers);
    send(QEvent::MouseButtonRelease, places.back(), Qt::NoButton, modifiers);
  }
  void click(QPoint at, Qt::KeyboardModifiers modifiers = {}) { drag({at}, modifiers); }
  void doubleClick(QPoint at) {
    click(at);
    send(QEvent::MouseButtonDblClick, at, Qt::LeftButton, {});
    send(QEvent::MouseButtonRelease, at, Qt::NoButton, {});
  }
  void key(Qt::Key key) { QTest::keyClick(&canvas, key); }
  size_t count() const { return document.annotations()->all().size(); }
  const Annotation& last() const { return *document.annotations()->all().back(); }

  OpenedSlide opened;
  std::shared_ptr<TileCache> cache;
  Rect wandArea;
  std::string wandTrouble;
  bool wandWaits = false;
  std::function<void()> later;
  SlideCanvas canvas;
  TileLoader loader;
  Case document;
  ToolChoice tools;
  AnnotationLayer layer;
};

double pixelsOf(const Shape& shape) {
  return squarePixels(*areaOf(shape));
}

bool isAbout(double value, double expected, double share) {
  return std::abs(value - expected) <= share * expected;
}

}  // namespace

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
  void theWandTakesWhatIsAlikeAroundTheHand();
  void theWandWaitsForItsPictureAndIsGivenUpByEscape();
  void theWandSaysWhyItTakesNothing();
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
    QVERIFY(labelOf(*ruler, facts().mpp, false).contains(QStringLiteral("100")));  // 200 px of 0.5 um
  }
}

void AnnotationLayerTest::anAngleTakesThreeClicks() {
  Table table;
  QVERIFY(table.appears());
  table.tools.setTool(AnnotatingTool::Angle);
  for (const QPoint at : {QPoint(400, 200), QPoint(300, 200), QPoint(300, 300)}) table.click(at);
  QCOMPARE(table.count(), size_t{1});
  QVERIFY(labelOf(table.last(), facts().mpp, false).contains(QStringLiteral("90")));
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

void AnnotationLayerTest::theWandTakesWhatIsAlikeAroundTheHand() {
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

void AnnotationLayerTest::theWandWaitsForItsPictureAndIsGivenUpByEscape() {
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

void AnnotationLayerTest::theWandSaysWhyItTakesNothing() {
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
