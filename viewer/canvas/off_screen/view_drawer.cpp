// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/off_screen/view_drawer.h"

#include <fmt/format.h>

#include <QGuiApplication>
#include <QOpenGLFramebufferObject>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viewer/canvas/off_screen/off_screen.h"
#include "viewer/canvas/slide_renderer.h"

namespace geneglass {
namespace {

int largestPicture(Gl& gl) {
  GLint texture = 0;
  GLint viewport[2] = {0, 0};
  gl.glGetIntegerv(GL_MAX_TEXTURE_SIZE, &texture);
  gl.glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport);
  return std::min({texture, viewport[0], viewport[1]});
}

}  // namespace

struct ViewDrawer::Parts {
  OpenedSlide opened;
  std::shared_ptr<TileCache> tiles;
  Limits limits;
  OffScreen screen;
  std::unique_ptr<QOpenGLFramebufferObject> frame;
  std::unique_ptr<SlideRenderer> renderer;
};

ViewDrawer::ViewDrawer(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

ViewDrawer::~ViewDrawer() {
  if (!m_parts->screen.context.makeCurrent(&m_parts->screen.surface)) return;
  m_parts->renderer.reset();
  m_parts->frame.reset();
}

Result<std::unique_ptr<ViewDrawer>> ViewDrawer::make(const OpenedSlide& opened,
                                                     std::shared_ptr<TileCache> tiles, Size largest,
                                                     const Limits& limits) {
  const std::string file = opened.slide->file.string();
  const auto width = static_cast<int>(largest.width), height = static_cast<int>(largest.height);
  if (width < 1 || height < 1)
    return fail(fmt::format("Cannot draw '{}': a picture of {} x {} pixels is none.", file, width, height));
  if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
    return fail(fmt::format("Cannot draw '{}': this program has no graphical part.", file));
  auto parts = std::make_unique<Parts>();
  parts->opened = opened;
  parts->tiles = tiles;
  parts->limits = limits;
  if (!parts->screen.gl) return fail(fmt::format("Cannot draw '{}': there is no OpenGL 3.3 here.", file));
  const int most = largestPicture(*parts->screen.gl);
  if (width > most || height > most)
    return fail(
        fmt::format("Cannot draw '{}': a picture of {} x {} pixels is larger than the {} a side that "
                    "the graphics driver takes.",
                    file, width, height, most));
  parts->frame = std::make_unique<QOpenGLFramebufferObject>(QSize(width, height));
  if (!parts->frame->isValid() || !parts->frame->bind())
    return fail(fmt::format("Cannot draw '{}': the graphics memory is too small for {} x {} pixels.", file,
                            width, height));
  const RenderBudget budget{.textureBytes = limits.textureBytes,
                            .uploadMillisecondsPerFrame = std::numeric_limits<double>::max(),
                            .uploadMillisecondsStanding = std::numeric_limits<double>::max(),
                            .cacheIsLent = true};
  parts->renderer =
      std::make_unique<SlideRenderer>(opened.slide, std::move(tiles), Surface::Graphics, budget);
  parts->screen.context.doneCurrent();
  return std::unique_ptr<ViewDrawer>(new ViewDrawer(std::move(parts)));
}

Result<QImage> ViewDrawer::draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                                const DisplayColour& colour) {
  Parts& parts = *m_parts;
  const std::string file = parts.opened.slide->file.string();
  const auto width = static_cast<int>(std::lround(viewport.width));
  const auto height = static_cast<int>(std::lround(viewport.height));
  const Slide& slide = *parts.opened.slide;
  for (const TileKey key : visibleTiles(slide, viewport, bestLevel(slide, viewport)))
    if (!parts.tiles->find(key))
      return fail(fmt::format("Cannot draw '{}': tiles of the view are missing.", file));
  if (!parts.screen.context.makeCurrent(&parts.screen.surface) || !parts.frame->bind())
    return fail(fmt::format("Cannot draw '{}': there is no OpenGL 3.3 here.", file));
  const FrameReport report =
      parts.renderer->draw(viewport, layers, colour, {.lineScale = parts.limits.lineScale, .forFile = true});
  // The view lies at the lower left of the frame.
  QImage picture = parts.frame->toImage()
                       .copy(0, parts.frame->height() - height, width, height)
                       .convertToFormat(QImage::Format_RGB32);
  parts.screen.context.doneCurrent();
  if (!report.plan.sharp)
    return fail(fmt::format("Cannot draw '{}': the view needs more graphics memory than there is.", file));
  if (picture.isNull())
    return fail(
        fmt::format("Cannot draw '{}': the memory is too small for {} x {} pixels.", file, width, height));
  return picture;
}

}  // namespace geneglass
