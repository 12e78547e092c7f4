// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/off_screen/snapshot.h"

#include <fmt/format.h>

#include <QPainter>
#include <cmath>
#include <limits>
#include <mutex>
#include <set>

#include "viewer/canvas/off_screen/view_drawer.h"
#include "viewer/canvas/tiles/tile_plan.h"
#include "viewer/foundation/parallel.h"
#include "viewer/slide/file_check.h"
#include "viewer/slide/read_refusal.h"
#include "viewer/slide/read_tile.h"

namespace geneglass {
namespace {

constexpr double kMostSide = 32768;  ///< a side, of any driver

}  // namespace

std::string whyNothingWasRead(const TilesRead& read) {
  return read.tiles > 0 && read.damaged == read.tiles ? read.damage : std::string();
}

Result<TilesRead> readViews(const OpenedSlide& opened, const std::vector<Viewport>& views, TileCache& tiles,
                            std::stop_token stop, const OnProgress& progress) {
  std::set<TileKey> found;
  for (const Viewport& view : views)
    for (const TileKey key : visibleTiles(*opened.slide, view, bestLevel(*opened.slide, view)))
      if (!tiles.find(key)) found.insert(key);
  const std::vector<TileKey> keys(found.begin(), found.end());
  std::mutex telling;
  TilesRead read;
  std::string refused;
  const std::filesystem::path& file = opened.slide->file;
  const auto readOne = [&](int64_t i) {
    const TilePtr tile = readOrMarkDamaged(*opened.source, keys[static_cast<size_t>(i)]);
    tiles.insert(tile);
    const std::lock_guard lock(telling);
    if (tile->damaged && ++read.damaged == 1) read.damage = tile->damage;
    if (tile->damaged && refused.empty() && refusalIn(tile->damage, file) != ReadRefusal::File)
      refused = tile->damage;
    if (++read.tiles % 16 == 0 && progress)
      progress({"reading tiles", read.tiles, static_cast<int64_t>(keys.size())});
  };
  if (!parallelFor(static_cast<int64_t>(keys.size()), threadCount(0), stop, readOne))
    return fail(fmt::format("Reading '{}' was cancelled.", file.string()));
  if (!refused.empty()) return fail(refused);
  if (read.damaged > 0)
    if (const Result<void> same = checkReadable(opened); !same) return tl::unexpected(same.error());
  return read;
}

Result<std::shared_ptr<TileCache>> readViews(const OpenedSlide& opened, const std::vector<Viewport>& views,
                                             std::stop_token stop, const OnProgress& progress) {
  auto tiles = std::make_shared<TileCache>(std::numeric_limits<size_t>::max());
  const Result<TilesRead> read = readViews(opened, views, *tiles, std::move(stop), progress);
  if (!read) return tl::unexpected(read.error());
  if (const std::string why = whyNothingWasRead(*read); !why.empty()) return fail(why);
  return tiles;
}

Result<QImage> renderView(const OpenedSlide& opened, const Viewport& viewport,
                          const std::vector<OverlayLayer>& layers, const DisplayColour& colour) {
  // What cannot be drawn is not read either: the screen says so first.
  const bool drawable = viewport.width >= 1 && viewport.height >= 1 && viewport.width <= kMostSide &&
                        viewport.height <= kMostSide;
  auto tiles = readViews(opened, drawable ? std::vector{viewport} : std::vector<Viewport>());
  if (!tiles) return tl::unexpected(tiles.error());
  return drawView(opened, viewport, layers, colour, *tiles);
}

Result<QImage> drawView(const OpenedSlide& opened, const Viewport& viewport,
                        const std::vector<OverlayLayer>& layers, const DisplayColour& colour,
                        const std::shared_ptr<TileCache>& tiles) {
  const Size size{std::lround(viewport.width), std::lround(viewport.height)};
  const auto drawer = ViewDrawer::make(opened, tiles, size, {});
  if (!drawer) return tl::unexpected(drawer.error());
  Result<QImage> picture = (*drawer)->draw(viewport, layers, colour);
  if (!picture) return picture;
  QPainter painter(&*picture);
  for (const OverlayLayer& layer : layers)
    if (layer.overlay) layer.overlay->paint(painter, viewport);
  return picture;
}

}  // namespace geneglass
