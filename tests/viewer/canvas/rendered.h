// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/support/test_files.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/slide/read_tile.h"

namespace geneglass::testing {

constexpr int kScreenWidth = 500;
constexpr int kScreenHeight = 400;
constexpr uint32_t purple = opaque(150, 60, 170);

inline Viewport view(double x, double y, double downsample, double rotation = 0) {
  return {{x, y}, downsample, rotation, kScreenWidth, kScreenHeight};
}

inline int differenceOf(QRgb a, QRgb b) {
  return std::max(
      {std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

// The largest difference to `expected`; the picture and the difference are left where it is too large.
inline int deviation(const QImage& actual, const std::function<QRgb(int, int)>& expected, int allowed,
                     const char* name) {
  int largest = 0;
  QImage difference(actual.size(), QImage::Format_RGB32);
  for (int y = 0; y < actual.height(); ++y)
    for (int x = 0; x < actual.width(); ++x) {
      const int here = differenceOf(actual.pixel(x, y), expected(x, y));
      difference.setPixel(x, y, qRgb(std::min(255, here * 20), 0, 0));
      largest = std::max(largest, here);
    }
  if (largest > allowed) {
    const QString start =
        QString::fromStdString(outputFolder().string()) + QLatin1Char('/') + QLatin1String(name);
    actual.save(start + QStringLiteral("-actual.png"));
    difference.save(start + QStringLiteral("-difference.png"));
  }
  return largest;
}

// For tests of both surfaces: initTestCase_data() calls this, and every test is run on each.
inline void addSurfaces() {
  QTest::addColumn<Surface>("surface");
  QTest::newRow("graphics") << Surface::Graphics;
  QTest::newRow("raster") << Surface::Raster;
}
inline Surface surfaceInTurn() {
  QFETCH_GLOBAL(Surface, surface);
  return surface;
}

// Draws frame by frame, as the window does.
struct Window {
  explicit Window(const OpenedSlide& slide, RenderBudget budget = {512u << 20, 1e9, 1e9},
                  Surface surfaceOfWindow = Surface::Raster)
      : opened(slide),
        cache(std::make_shared<TileCache>(size_t{1} << 30)),
        works(surfaceOfWindow == Surface::Raster || makeFrame()) {
    if (works) renderer = std::make_unique<SlideRenderer>(opened.slide, cache, surfaceOfWindow, budget);
  }

  bool makeFrame() {
    QSurfaceFormat format;
    format.setVersion(3, 3);
    format.setProfile(QSurfaceFormat::CoreProfile);
    surface.setFormat(format);
    surface.create();
    context.setFormat(format);
    if (!context.create() || !context.makeCurrent(&surface)) return false;
    frame = std::make_unique<QOpenGLFramebufferObject>(QSize(kScreenWidth, kScreenHeight));
    return frame->bind();
  }

  void load(const std::vector<TileKey>& keys) {
    for (const TileKey key : keys) cache->insert(readOrMarkDamaged(*opened.source, key));
  }
  FrameReport draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers = {}) {
    return renderer->draw(viewport, layers);
  }
  FrameReport drawUntilSharp(const Viewport& viewport, const std::vector<OverlayLayer>& layers = {}) {
    FrameReport report = draw(viewport, layers);
    for (int i = 0; i < 200 && !report.plan.want.empty(); ++i) {
      load(report.plan.want);
      report = draw(viewport, layers);
    }
    return report;
  }
  QImage picture() const {
    return frame ? frame->toImage().convertToFormat(QImage::Format_RGB32) : renderer->picture().copy();
  }

  OpenedSlide opened;
  std::shared_ptr<TileCache> cache;
  QOffscreenSurface surface;
  QOpenGLContext context;
  std::unique_ptr<QOpenGLFramebufferObject> frame;  // null on a raster
  const bool works;
  std::unique_ptr<SlideRenderer> renderer;
};

// On the surface whose turn it is.
struct WindowInTurn : Window {
  explicit WindowInTurn(const OpenedSlide& slide, RenderBudget budget = {512u << 20, 1e9, 1e9})
      : Window(slide, budget, surfaceInTurn()) {}
};

// Fills the cache with level 0, painted pixel by pixel.
inline void loadPixels(Window& window, const std::function<uint32_t(int, int)>& colour) {
  const Level& level = window.opened.slide->levels.front();
  const auto side = static_cast<int>(level.tile.width);
  for (int row = 0; row < level.rows(); ++row)
    for (int column = 0; column < level.columns(); ++column) {
      Image image(side, side);
      for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) image.at(x, y) = colour(column * side + x, row * side + y);
      window.cache->insert(std::make_shared<const Tile>(Tile{{0, column, row}, std::move(image)}));
    }
}

inline QRgb emptyGlass() {
  return emptyGlassColour().rgb();
}

}  // namespace geneglass::testing
