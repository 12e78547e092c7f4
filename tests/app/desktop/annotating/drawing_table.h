// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMouseEvent>
#include <QTest>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/desktop/annotating/annotation_layer.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/annotation/colour_wand.h"
#include "viewer/annotation/shape_algebra.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::testing {

inline Slide annotatedFacts() {
  Slide slide = pyramid({4000, 3000}, 2, 4);
  slide.mpp = Mpp{0.5, 0.5};
  return slide;
}

/// A canvas of 800 x 600 with the slide at 2 level-0 pixels per screen pixel, its centre in the middle.
struct DrawingTable {
  DrawingTable()
      : opened(painted(annotatedFacts(), [](TileKey) { return opaque(220, 180, 200); })),
        cache(std::make_shared<TileCache>(64u << 20)),
        loader(std::make_shared<TileLoader>(opened.source, cache, 1, [](TilePtr) {})),
        layer(document, canvas, tools) {
    canvas.resize(800, 600);
    canvas.showSlide(opened.slide, loader, cache);
    canvas.show();
    layer.showSlide(opened.slide, readsForWand());
    QObject::connect(&layer, &AnnotationLayer::layerChanged, &canvas,
                     [this] { canvas.setLayers({layer.canvasLayer()}); });
  }
  ~DrawingTable() {
    canvas.setTool(nullptr);
    canvas.showSlide(nullptr, {}, nullptr);
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
  std::shared_ptr<TileLoader> loader;
  Case document;
  ToolChoice tools;
  AnnotationLayer layer;
};

inline double pixelsOf(const Shape& shape) {
  return squarePixels(*areaOf(shape));
}

inline bool isAbout(double value, double expected, double share) {
  return std::abs(value - expected) <= share * expected;
}

}  // namespace geneglass::testing
