// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <numbers>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/overview_map.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::slide_canvas_test {
namespace {

constexpr uint32_t kGreen = opaque(60, 160, 90);

// What the application's session does: a slide, its loader, and arrivals queued to the canvas.
struct Session {
  explicit Session(Surface surface = testing::surfaceInTurn())
      : opened(testing::painted(facts(), [](TileKey) { return kGreen; })),
        cache(std::make_shared<TileCache>(256u << 20)),
        canvas(nullptr, surface),
        loader(std::make_shared<TileLoader>(opened.source, cache, 2, [this](TilePtr) {
          QMetaObject::invokeMethod(&canvas, &SlideCanvas::tileArrived, Qt::QueuedConnection);
        })) {
    canvas.resize(800, 600);
    canvas.showSlide(opened.slide, loader, cache);
    canvas.show();
  }
  ~Session() { canvas.showSlide(nullptr, {}, nullptr); }

  static Slide facts() {
    Slide slide = testing::pyramid({10000, 8000}, 2, 6);
    slide.mpp = Mpp{0.5, 0.5};
    return slide;
  }
  bool appears() { return QTest::qWaitForWindowExposed(&canvas) && canvas.viewport().width == pixels(800); }
  double pixels(double points) const { return points * canvas.devicePixelRatioF(); }
  Point onScreen(QPoint position) const { return {pixels(position.x()), pixels(position.y())}; }

  void send(QEvent::Type type, QPoint position, Qt::MouseButton button, Qt::MouseButtons buttons) {
    QMouseEvent event(type, position, canvas.mapToGlobal(position), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&canvas, &event);
  }
  void wheel(QPoint position, int eighths, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWheelEvent event(position, canvas.mapToGlobal(position), {}, {0, eighths}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&canvas, &event);
  }

  OpenedSlide opened;
  std::shared_ptr<TileCache> cache;
  SlideCanvas canvas;
  std::shared_ptr<TileLoader> loader;
};

bool isNear(Point a, Point b, double within) {
  return std::hypot(a.x - b.x, a.y - b.y) <= within;
}

}  // namespace

class SlideCanvasTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase_data() { testing::addSurfaces(); }
  void showsTheSlideFittedAndBecomesSharp();
  void keepsTheSlideFittedWhileTheWindowGrows();
  void theWheelMagnifiesAboutTheCursor();
  void controlAndWheelRotateAboutTheCursor();
  void aSlowDragMovesThePlaceWithTheHand();
  void aQuickDragGlidesOnAndStops();
  void theRightButtonTurnsTheSlide();
  void keysMoveAndMagnify();
  void theCursorsPlaceIsTold();
  void drawsNothingMoreOnceIdle();
  void anEmptyCanvasSaysWhatToDo();
  void anotherSlideStartsFitted();
  void theFirstLegendMovesAFittedSlideAsideAndNoLaterOne();
  void aLoaderThatIsGoneIsNotAskedAndTheSlideStays();
  void theOverviewTellsWhereItWasClicked();
  void bothSurfacesShowTheSamePicture();
};

void SlideCanvasTest::showsTheSlideFittedAndBecomesSharp() {
  Session session;
  QVERIFY(session.appears());
  QTRY_VERIFY(session.canvas.lastFrame().plan.sharp);
  const QImage picture = session.canvas.grabPicture();
  QCOMPARE(picture.width(), static_cast<int>(session.pixels(800)));
  QCOMPARE(picture.pixel(picture.width() / 2, picture.height() / 2), kGreen);
  QCOMPARE(picture.pixel(2, 2), emptyGlassColour().rgb());
  QCOMPARE(session.canvas.viewport(),
           fit(session.opened.slide->bounds, session.pixels(800), session.pixels(600)));
  QVERIFY(!session.canvas.accessibleName().isEmpty());
}

void SlideCanvasTest::keepsTheSlideFittedWhileTheWindowGrows() {
  Session session;
  QVERIFY(session.appears());
  session.canvas.resize(1000, 500);
  QTRY_COMPARE(session.canvas.viewport(),
               fit(session.opened.slide->bounds, session.pixels(1000), session.pixels(500)));
  Viewport mine = session.canvas.viewport();
  mine.downsample = 2;
  session.canvas.setViewport(mine);
  session.canvas.resize(700, 500);
  QTRY_COMPARE(session.canvas.viewport().width, session.pixels(700));
  QCOMPARE(session.canvas.viewport().downsample, 2.0);
}

void SlideCanvasTest::theWheelMagnifiesAboutTheCursor() {
  Session session;
  QVERIFY(session.appears());
  const QPoint hand(500, 250);
  const double before = session.canvas.viewport().downsample;
  const Point held = session.canvas.viewport().toSlide(session.onScreen(hand));
  session.wheel(hand, 240);
  QTRY_VERIFY(std::abs(session.canvas.viewport().downsample / before - 0.5) < 1e-9);
  QVERIFY(isNear(session.canvas.viewport().toScreen(held), session.onScreen(hand), 1e-6));
  session.wheel(hand, -240);
  QTRY_VERIFY(std::abs(session.canvas.viewport().downsample / before - 1) < 1e-9);
}

void SlideCanvasTest::controlAndWheelRotateAboutTheCursor() {
  Session session;
  QVERIFY(session.appears());
  const QPoint hand(500, 250);
  const Point held = session.canvas.viewport().toSlide(session.onScreen(hand));
  session.wheel(hand, 120, Qt::ControlModifier);
  QVERIFY(std::abs(session.canvas.viewport().rotation - std::numbers::pi / 36) < 1e-12);
  QVERIFY(isNear(session.canvas.viewport().toScreen(held), session.onScreen(hand), 1e-6));
}

void SlideCanvasTest::aSlowDragMovesThePlaceWithTheHand() {
  Session session;
  QVERIFY(session.appears());
  const Point held = session.canvas.viewport().toSlide(session.onScreen({400, 300}));
  session.send(QEvent::MouseButtonPress, {400, 300}, Qt::LeftButton, Qt::LeftButton);
  session.send(QEvent::MouseMove, {420, 310}, Qt::NoButton, Qt::LeftButton);
  session.send(QEvent::MouseMove, {430, 330}, Qt::NoButton, Qt::LeftButton);
  QVERIFY(isNear(session.canvas.viewport().toScreen(held), session.onScreen({430, 330}), 1e-6));
  QTest::qWait(150);  // the hand stands still before it lets go
  session.send(QEvent::MouseButtonRelease, {430, 330}, Qt::LeftButton, Qt::NoButton);
  QSignalSpy frames(&session.canvas, &SlideCanvas::frameShown);
  for (int frame = 0; frame < 3; ++frame) {  // gliding goes on with each
    session.canvas.redraw();
    QVERIFY(frames.wait());
  }
  QVERIFY(isNear(session.canvas.viewport().toScreen(held), session.onScreen({430, 330}), 1e-6));
}

void SlideCanvasTest::aQuickDragGlidesOnAndStops() {
  Session session;
  QVERIFY(session.appears());
  session.send(QEvent::MouseButtonPress, {300, 300}, Qt::LeftButton, Qt::LeftButton);
  for (int x = 310; x <= 360; x += 10)
    session.send(QEvent::MouseMove, {x, 300}, Qt::NoButton, Qt::LeftButton);
  const double let = session.canvas.viewport().centre.x;
  session.send(QEvent::MouseButtonRelease, {360, 300}, Qt::LeftButton, Qt::NoButton);
  QTRY_VERIFY(session.canvas.viewport().centre.x < let);
  double last = 0;
  QTRY_VERIFY_WITH_TIMEOUT(
      std::exchange(last, session.canvas.viewport().centre.x) == session.canvas.viewport().centre.x &&
          (QTest::qWait(60), true) && last == session.canvas.viewport().centre.x,
      10000);
}

void SlideCanvasTest::theRightButtonTurnsTheSlide() {
  Session session;
  QVERIFY(session.appears());
  const Point centre = session.canvas.viewport().centre;
  session.send(QEvent::MouseButtonPress, {600, 300}, Qt::RightButton, Qt::RightButton);
  session.send(QEvent::MouseMove, {400, 500}, Qt::NoButton, Qt::RightButton);
  QVERIFY(std::abs(session.canvas.viewport().rotation - std::numbers::pi / 2) < 1e-9);
  QVERIFY(isNear(session.canvas.viewport().centre, centre, 1e-6));
}

void SlideCanvasTest::keysMoveAndMagnify() {
  Session session;
  QVERIFY(session.appears());
  const Viewport fitted = session.canvas.viewport();
  QSignalSpy changes(&session.canvas, &SlideCanvas::viewportChanged);
  QTest::keyClick(&session.canvas, Qt::Key_5);
  QCOMPARE(session.canvas.viewport().downsample, 1.0);  // 20x at 0.5 um a pixel
  QTest::keyClick(&session.canvas, Qt::Key_Right);
  QCOMPARE(session.canvas.viewport().centre.x, fitted.centre.x + session.pixels(100));
  QTest::keyClick(&session.canvas, Qt::Key_R);
  QCOMPARE(changes.count(), 3);
  QTest::keyClick(&session.canvas, Qt::Key_F);
  QCOMPARE(session.canvas.viewport(), fitted);
  QTest::keyClick(&session.canvas, Qt::Key_X);
  QCOMPARE(changes.count(), 4);
}

void SlideCanvasTest::theCursorsPlaceIsTold() {
  Session session;
  QVERIFY(session.appears());
  Point told;
  bool onCanvas = false;
  connect(&session.canvas, &SlideCanvas::cursorMoved, &session.canvas, [&](Point slide, bool on) {
    told = slide;
    onCanvas = on;
  });
  session.send(QEvent::MouseMove, {400, 300}, Qt::NoButton, Qt::NoButton);
  QVERIFY(onCanvas && isNear(told, {5000, 4000}, 1e-6));
  QEvent leave(QEvent::Leave);
  QCoreApplication::sendEvent(&session.canvas, &leave);
  QVERIFY(!onCanvas);
}

void SlideCanvasTest::drawsNothingMoreOnceIdle() {
  Session session;
  QVERIFY(session.appears());
  QTRY_VERIFY(session.canvas.lastFrame().plan.want.empty());
  QTest::qWait(200);
  QSignalSpy frames(&session.canvas, &SlideCanvas::frameShown);
  QTest::qWait(300);
  QCOMPARE(frames.count(), 0);
}

void SlideCanvasTest::anEmptyCanvasSaysWhatToDo() {
  SlideCanvas canvas(nullptr, testing::surfaceInTurn());
  canvas.resize(400, 300);
  canvas.show();
  QVERIFY(QTest::qWaitForWindowExposed(&canvas));
  const QImage picture = canvas.grabPicture();
  int ink = 0;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) ink += qGray(picture.pixel(x, y)) < 150;
  QVERIFY(ink > 50);
  QTest::keyClick(&canvas, Qt::Key_R);
  QCOMPARE(canvas.viewport().rotation, 0.0);
}

void SlideCanvasTest::anotherSlideStartsFitted() {
  Session session;
  QVERIFY(session.appears());
  QTest::keyClick(&session.canvas, Qt::Key_6);
  QTest::keyClick(&session.canvas, Qt::Key_R);
  const auto other =
      testing::painted(testing::pyramid({3000, 3000}, 4, 3), [](TileKey) { return opaque(9, 9, 9); });
  const auto cache = std::make_shared<TileCache>(64u << 20);
  const auto loader = std::make_shared<TileLoader>(other.source, cache, 1, [&](TilePtr) {
    QMetaObject::invokeMethod(&session.canvas, &SlideCanvas::tileArrived, Qt::QueuedConnection);
  });
  session.canvas.showSlide(other.slide, loader, cache);
  QCOMPARE(session.canvas.viewport(), fit(other.slide->bounds, session.pixels(800), session.pixels(600)));
  QTRY_VERIFY(session.canvas.lastFrame().plan.sharp);
  QCOMPARE(session.canvas.grabPicture().pixel(400, 300), opaque(9, 9, 9));
  session.canvas.showSlide(nullptr, {}, nullptr);
}

void SlideCanvasTest::aLoaderThatIsGoneIsNotAskedAndTheSlideStays() {
  Session session;
  QVERIFY(session.appears());
  QTRY_VERIFY(session.canvas.lastFrame().plan.sharp);
  session.loader.reset();
  session.canvas.setViewport(session.canvas.viewport().magnifiedAbout({400, 300}, 8));
  QCOMPARE(session.canvas.grabPicture().pixel(400, 300), kGreen);
  QVERIFY(!session.canvas.lastFrame().plan.sharp);
  session.canvas.tileArrived();
}

void SlideCanvasTest::theOverviewTellsWhereItWasClicked() {
  OverviewMap map;
  map.resize(208, 168);
  QImage thumbnail(100, 80, QImage::Format_RGB32);
  thumbnail.fill(kGreen);
  map.showSlide(std::make_shared<const Slide>(Session::facts()), thumbnail);
  map.setViewport({{5000, 4000}, 4, 0.5, 800, 600});
  Point wanted{-1, -1};
  connect(&map, &OverviewMap::centreWanted, &map, [&](Point slide) { wanted = slide; });
  QTest::mouseClick(&map, Qt::LeftButton, {}, {104, 84});
  QVERIFY(isNear(wanted, {5000, 4000}, 1e-6));
  map.setViewport({{5000, 4000}, 4, 0, 800, 600});
  QTest::mouseClick(&map, Qt::LeftButton, {}, {1, 1});
  QVERIFY(isNear(wanted, {0, 0}, 1e-6));
  Viewport mirrored{{5000, 4000}, 4, 0, 800, 600, true};
  map.setViewport(mirrored);
  QTest::mouseClick(&map, Qt::LeftButton, {}, {1, 1});
  QVERIFY(isNear(wanted, {10000, 0}, 1e-6));
  mirrored.rotation = std::numbers::pi / 2;
  map.setViewport(mirrored);  // what is up is to the right, then to the left
  QTest::mouseClick(&map, Qt::LeftButton, {}, {1, 84});
  QVERIFY(isNear(wanted, {5000, 0}, 1e-6));
  map.setViewport({{5000, 4000}, 4, 0.5, 800, 600});
  const QImage drawn = map.grab().toImage();
  QCOMPARE(drawn.pixel(104, 84), kGreen);
  int outline = 0;
  for (int y = 0; y < drawn.height(); ++y)
    for (int x = 0; x < drawn.width(); ++x) {
      const QRgb pixel = drawn.pixel(x, y);
      outline += qRed(pixel) > 150 && qGreen(pixel) < 100;
    }
  QVERIFY(outline > 100);
}

void SlideCanvasTest::theFirstLegendMovesAFittedSlideAsideAndNoLaterOne() {
  Session session;
  QVERIFY(session.appears());
  const Viewport whole = session.canvas.viewport();
  const auto layersOf = [&](const char* name) {
    Heatmap map = testing::evenMap(*session.opened.slide, 400, 1);
    map.name = QLatin1String(name);
    return std::vector<OverlayLayer>{
        {std::make_shared<testing::MapOverlay>(*placeHeatmap(std::move(map), *session.opened.slide)), {}}};
  };
  const auto layers = layersOf("FSCN1");
  session.canvas.setLayers(layers);
  const Viewport aside = session.canvas.viewport();
  const QRectF legend = legendRoom(session.canvas.devicePixelRatioF(), {whole.width, whole.height}, layers);
  const Point end = aside.toScreen({10000, 8000});
  QVERIFY(!legend.isEmpty() && aside != whole);
  QVERIFY(end.x < legend.left() || end.y < legend.top());
  session.canvas.setLayers({});
  session.canvas.setLayers(
      layersOf("A gene with a name that takes more than a line of this legend has, or two"));
  QCOMPARE(session.canvas.viewport(), aside);
  Viewport mine = aside;
  mine.downsample = 2;
  session.canvas.setViewport(mine);
  session.canvas.setLayers({});
  session.canvas.setLayers(layers);
  QCOMPARE(session.canvas.viewport(), mine);
  session.canvas.fitSlide();
  QCOMPARE(session.canvas.viewport(), aside);
}

// Tissue, a map under a lens, an overlay's lines, annotations and the legend.
void SlideCanvasTest::bothSurfacesShowTheSamePicture() {
  struct Marked final : Overlay {
    explicit Marked(const Slide& slide) {
      Heatmap made = testing::evenMap(slide, 400, 0);
      for (size_t i = 0; i < made.values.size(); ++i) made.values[i] = static_cast<float>(i % 13);
      made.name = QStringLiteral("FSCN1 expression");
      map = *placeHeatmap(std::move(made), slide);
    }
    std::shared_ptr<const Heatmap> heatmap() const override { return map; }
    void paint(QPainter& painter, const Viewport& viewport) const override {
      painter.setPen(QPen(Qt::red, 3));
      const Point a = viewport.toScreen({2000, 2000}), b = viewport.toScreen({7000, 5000});
      painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y));
    }
    std::shared_ptr<const Heatmap> map;
  };
  QImage pictures[2];
  for (const Surface surface : {Surface::Graphics, Surface::Raster}) {
    Session session(surface);
    QVERIFY(session.appears());
    const auto set = std::make_shared<const AnnotationSet>(
        std::vector<AnnotationClass>(),
        std::vector<Annotation>{
            {"a", Ellipse{{5000, 4000}, 2500, 1500, 0.4}, {}, {}, {}, 0xff0000ff, false}});
    session.canvas.setLayers({{std::make_shared<Marked>(*session.opened.slide), {}}, {nullptr, {}, set}});
    session.canvas.setLens(
        MapLens{.centre = {300, 300}, .radius = 120, .caption = QStringLiteral("Tissue"), .layers = {}});
    session.canvas.setViewport(session.canvas.viewport().rotatedAbout({400, 300}, 0.3));
    QTRY_VERIFY(session.canvas.lastFrame().plan.sharp && !session.canvas.lastFrame().fading);
    pictures[surface == Surface::Raster] = session.canvas.grabPicture();
  }
  int farOff = 0;
  for (int y = 0; y < pictures[0].height(); ++y)
    for (int x = 0; x < pictures[0].width(); ++x)
      farOff += testing::differenceOf(pictures[0].pixel(x, y), pictures[1].pixel(x, y)) > 24;
  const QString folder = QString::fromStdString(testing::outputFolder().string());
  pictures[0].save(folder + QStringLiteral("/canvas-graphics.png"));
  pictures[1].save(folder + QStringLiteral("/canvas-raster.png"));
  QVERIFY2(farOff < pictures[0].width() * pictures[0].height() / 100, qPrintable(QString::number(farOff)));
}

}  // namespace geneglass::slide_canvas_test

GENEGLASS_WINDOW_TEST(geneglass::slide_canvas_test::SlideCanvasTest)
#include "slide_canvas_test.moc"
