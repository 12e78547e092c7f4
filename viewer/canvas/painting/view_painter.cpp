// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/view_painter.h"

#include <algorithm>
#include <vector>

#include "viewer/canvas/painting/map_painter.h"
#include "viewer/canvas/painting/pixel_rows.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr int kBandRows = 24;  ///< painted by one thread at a time

PixelSpan common(PixelSpan a, PixelSpan b) {
  return {std::max(a.first, b.first), std::min(a.end, b.end)};
}

/// Something that lies on the screen, and the rows that it reaches.
template <typename Thing>
struct Placed {
  Thing thing;
  PixelSpan rows;
};

}  // namespace

void paintView(Image& frame, const Viewport& viewport, std::span<const PaintedTile> tiles,
               std::span<const ShownMap> maps, uint32_t background, int threads) {
  const TurnedScreen screen(viewport);
  std::vector<Placed<const PaintedTile*>> shownTiles;
  for (const PaintedTile& tile : tiles)
    shownTiles.push_back({&tile, screen.rowsOf(tile.place.screen, frame.height)});
  std::vector<Placed<PaintedMap>> shownMaps;
  for (const ShownMap& map : maps)
    if (const auto place = placeMap(*map.heatmap, viewport); place && map.style.opacity > 0)
      shownMaps.push_back({PaintedMap(map, *place), screen.rowsOf(place->screen, frame.height)});
  const int bands = (frame.height + kBandRows - 1) / kBandRows;
  parallelFor(bands, threads, {}, [&](int64_t number) {
    const int first = static_cast<int>(number) * kBandRows;
    const PixelSpan band{first, std::min(frame.height, first + kBandRows)};
    uint32_t* const pixels = &frame.at(0, frame.height - band.end);
    const size_t count = static_cast<size_t>(band.end - band.first) * static_cast<size_t>(frame.width);
    std::fill_n(pixels, count, background);
    for (const auto& [tile, reach] : shownTiles)
      if (const PixelSpan rows = common(band, reach); rows.first < rows.end)
        paintTile(frame, viewport, *tile, rows);
    for (const auto& [map, reach] : shownMaps)
      if (const PixelSpan rows = common(band, reach); rows.first < rows.end)
        paintMap(frame, viewport, map, rows);
    swapRedAndBlue(pixels, count);
  });
}

}  // namespace geneglass
