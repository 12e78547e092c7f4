// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/placed_tile.h"

#include <algorithm>

#include "viewer/canvas/tiles/level_grid.h"

namespace geneglass {

std::optional<PlacedTile> placeTile(const Slide& slide, const Viewport& viewport, TileKey key, Size size) {
  const Rect area = tileArea(slide, key);
  const Rect seen = viewport.visible();
  const double left = std::max(area.x, seen.x);
  const double top = std::max(area.y, seen.y);
  const double right = std::min(area.right(), seen.right());
  const double bottom = std::min(area.bottom(), seen.bottom());
  if (left >= right || top >= bottom) return {};
  const auto across = [&](double x) { return (x - viewport.centre.x) / viewport.downsample; };
  const auto down = [&](double y) { return (y - viewport.centre.y) / viewport.downsample; };
  const auto column = [&](double x) { return (x - area.x) / area.width * static_cast<double>(size.width); };
  const auto row = [&](double y) { return (y - area.y) / area.height * static_cast<double>(size.height); };
  const Point step = placedDownsample(slide, key.level);
  PlacedTile placed{{across(left), down(top), across(right), down(bottom)},
                    {column(left), row(top), column(right), row(bottom)},
                    viewport.downsample / std::min(step.x, step.y)};
  // A coarser level that stands in for what is still being read is smooth: it has no pixels to show.
  if (key.level > 0) placed.texelsPerPixel = std::max(placed.texelsPerPixel, 0.5);
  return placed;
}

}  // namespace geneglass
