// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/snapshot.h"

#include <fmt/format.h>

#include <QGuiApplication>
#include <QOpenGLFramebufferObject>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <new>
#include <set>

#include "viewer/canvas/off_screen.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/foundation/parallel.h"
#include "viewer/slide/read_tile.h"

namespace geneglass {
namespace {

constexpr double kMostPixels = 32768;  ///< a side, of any driver

int largestPicture(Gl& gl) {
  GLint texture = 0;
  GLint viewport[2] = {0, 0};
  gl.glGetIntegerv(GL_MAX_TEXTURE_SIZE, &texture);
  gl.glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport);
  return std::min({texture, viewport[0], viewport[1]});
}

}  // namespace

Result<std::shared_ptr<TileCache>> readViews(const OpenedSlide& opened, const std::vector<Viewport>& views,
                                             std::stop_token stop, const OnProgress& progress) {
  std::set<TileKey> found;
  for (const Viewport& view : views)
    for (const TileKey key : visibleTiles(*opened.slide, view, bestLevel(*opened.slide, view)))
      found.insert(key);
  const std::vector<TileKey> keys(found.begin(), found.end());
  auto tiles = std::make_shared<TileCache>(std::numeric_limits<size_t>::max());
  std::mutex telling;
  int64_t done = 0;
  const auto readOne = [&](int64_t i) {
    tiles->insert(readOrMarkDamaged(*opened.source, keys[static_cast<size_t>(i)]));
    const std::lock_guard lock(telling);
    if (++done % 16 == 0 && progress) progress({"reading tiles", done, static_cast<int64_t>(keys.size())});
  };
  if (!parallelFor(static_cast<int64_t>(keys.size()), threadCount(0), stop, readOne))
    return fail(fmt::format("Reading '{}' was cancelled.", opened.slide->file.string()));
  return tiles;
}

Result<QImage> renderView(const OpenedSlide& opened, const Viewport& viewport,
                          const std::vector<OverlayLayer>& layers, const DisplayColour& colour) {
  // What cannot be drawn is not read either: the screen says so first.
  const bool drawable = viewport.width >= 1 && viewport.height >= 1 && viewport.width <= kMostPixels &&
                        viewport.height <= kMostPixels;
  auto tiles = readViews(opened, drawable ? std::vector{viewport} : std::vector<Viewport>());
  if (!tiles) return tl::unexpected(tiles.error());
  return drawView(opened, viewport, layers, colour, *tiles);
}

Result<QImage> drawView(const OpenedSlide& opened, const Viewport& viewport,
                        const std::vector<OverlayLayer>& layers, const DisplayColour& colour,
                        const std::shared_ptr<TileCache>& tiles) {
  const std::string file = opened.slide->file.string();
  const auto width = static_cast<int>(std::lround(viewport.width));
  const auto height = static_cast<int>(std::lround(viewport.height));
  if (width < 1 || height < 1)
    return fail(fmt::format("Cannot draw '{}': a picture of {} x {} pixels is none.", file, width, height));
  if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
    return fail(fmt::format("Cannot draw '{}': this program has no graphical part.", file));
  OffScreen screen;
  if (!screen.gl) return fail(fmt::format("Cannot draw '{}': there is no OpenGL 3.3 here.", file));
  const int largest = largestPicture(*screen.gl);
  if (width > largest || height > largest)
    return fail(
        fmt::format("Cannot draw '{}': a picture of {} x {} pixels is larger than the {} a side that "
                    "the graphics driver takes.",
                    file, width, height, largest));
  QOpenGLFramebufferObject frame(QSize(width, height));
  if (!frame.isValid() || !frame.bind())
    return fail(fmt::format("Cannot draw '{}': the graphics memory is too small for {} x {} pixels.", file,
                            width, height));

  for (const TileKey key : visibleTiles(*opened.slide, viewport, bestLevel(*opened.slide, viewport)))
    if (!tiles->find(key)) return fail(fmt::format("Cannot draw '{}': tiles of the view are missing.", file));
  const RenderBudget everything{.textureBytes = std::numeric_limits<size_t>::max(),
                                .uploadMillisecondsPerFrame = std::numeric_limits<double>::max(),
                                .uploadMillisecondsStanding = std::numeric_limits<double>::max(),
                                .cacheIsLent = true};
  {
    SlideRenderer renderer(opened.slide, tiles, everything);
    if (!renderer.draw(viewport, layers, colour).plan.sharp)
      return fail(fmt::format("Cannot draw '{}': the view needs more graphics memory than there is.", file));
  }
  QImage picture = frame.toImage().convertToFormat(QImage::Format_RGB32);
  if (picture.isNull())
    return fail(
        fmt::format("Cannot draw '{}': the memory is too small for {} x {} pixels.", file, width, height));
  QPainter painter(&picture);
  for (const OverlayLayer& layer : layers)
    if (layer.overlay) layer.overlay->paint(painter, viewport);
  return picture;
}

}  // namespace geneglass
