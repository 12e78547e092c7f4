// SPDX-License-Identifier: GPL-3.0-or-later
#include <QOpenGLContext>
#include <QOpenGLWidget>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::lost_graphics_test {
namespace {

constexpr uint32_t kGreen = opaque(60, 160, 90);

QSurfaceFormat impossible() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenVG);
  return format;
}

/// A canvas with a slide, in a window.
struct Shown {
  Shown()
      : opened(testing::painted(testing::pyramid({10000, 8000}, 2, 6), [](TileKey) { return kGreen; })),
        cache(std::make_shared<TileCache>(256u << 20)),
        window(std::make_unique<QWidget>()),
        canvas(new SlideCanvas(nullptr, Surface::Graphics)),
        lost(canvas, &SlideCanvas::graphicsLost),
        loader(std::make_shared<TileLoader>(opened.source, cache, 2, [this](TilePtr) {
          QMetaObject::invokeMethod(canvas, &SlideCanvas::tileArrived, Qt::QueuedConnection);
        })) {
    moveInto(*window);
    canvas->showSlide(opened.slide, loader, cache);
  }
  ~Shown() { canvas->showSlide(nullptr, {}, nullptr); }

  void moveInto(QWidget& other) const {
    auto* layout = new QVBoxLayout(&other);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(canvas);
    other.resize(800, 600);
  }
  QOpenGLWidget* surface() const { return canvas->findChild<QOpenGLWidget*>(); }
  QRgb middle() const {
    const QImage picture = canvas->grabPicture();
    return picture.pixel(picture.width() / 2, picture.height() / 2);
  }
  /// After a frame of now.
  bool isDrawn() const {
    return canvas->lastFrame().plan.sharp && !canvas->lastFrame().fading &&
           testing::differenceOf(middle(), kGreen) <= 2;
  }

  OpenedSlide opened;
  std::shared_ptr<TileCache> cache;
  std::unique_ptr<QWidget> window;
  SlideCanvas* canvas;
  QSignalSpy lost;
  std::shared_ptr<TileLoader> loader;
};

}  // namespace

class LostGraphicsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// What another window, or a driver that starts anew, makes Qt do: all that lay on the card is gone.
  void aNewContextIsDrawnInAsTheOldOne() {
    Shown shown;
    shown.window->show();
    QTRY_VERIFY(shown.isDrawn());
    auto other = std::make_unique<QWidget>();
    for (int turn = 0; turn < 3; ++turn) {
      const QPointer<QOpenGLContext> before = shown.surface()->context();
      shown.moveInto(*other);
      other->show();
      shown.canvas->show();
      QTRY_VERIFY(shown.surface()->context() && shown.surface()->context() != before);
      shown.window.swap(other);
      other = std::make_unique<QWidget>();
      shown.canvas->setViewport(shown.canvas->viewport().pannedBy({10.0 * turn, 5}));
      QTRY_VERIFY(shown.isDrawn());
    }
    QCOMPARE(shown.lost.count(), 0);
    QVERIFY(shown.surface());
  }

  void withoutAContextFromTheBeginItIsDrawnWithout() {
    Shown shown;
    shown.surface()->setFormat(impossible());
    shown.window->show();
    QTRY_COMPARE(shown.lost.count(), 1);
    QTRY_VERIFY(shown.isDrawn());
    QTRY_VERIFY(!shown.surface());
    QCOMPARE(shown.lost.count(), 1);
  }

  void aContextThatIsLostForGoodIsGoneOnWithout() {
    Shown shown;
    shown.window->show();
    QTRY_VERIFY(shown.isDrawn());
    QOpenGLContext* context = shown.surface()->context();
    context->setFormat(impossible());
    QVERIFY(!context->create());  // the old one goes first
    shown.canvas->redraw();
    QTRY_COMPARE(shown.lost.count(), 1);
    QTRY_VERIFY(!shown.surface());
    QTRY_VERIFY(shown.isDrawn());
    const Viewport before = shown.canvas->viewport();
    QTest::keyClick(shown.canvas, Qt::Key_Plus);
    QTRY_VERIFY(shown.canvas->viewport().downsample < before.downsample);
    QTRY_VERIFY(shown.isDrawn());
    shown.window->resize(500, 400);
    QTRY_VERIFY(shown.isDrawn());
    shown.window->grab();
  }
};

}  // namespace geneglass::lost_graphics_test

GENEGLASS_WINDOW_TEST(geneglass::lost_graphics_test::LostGraphicsTest)
#include "lost_graphics_test.moc"
