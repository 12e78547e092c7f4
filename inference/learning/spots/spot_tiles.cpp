// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_tiles.h"

#include "inference/prediction/tile_grid.h"
#include "inference/tissue/thumbnail.h"
#include "viewer/foundation/parallel.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/region.h"

namespace geneglass {

SpotTiles::SpotTiles(const OpenedSlide& opened, const SpotTable& spots, SpotView view, int pixels)
    : m_opened(opened), m_spots(spots), m_view(std::move(view)), m_pixels(pixels) {}

Result<SpotTiles> SpotTiles::of(const OpenedSlide& opened, const SpotTable& spots, SpotView view,
                                int pixels) {
  if (!opened.slide->mpp) return tl::unexpected(unknownMpp(*opened.slide));
  return SpotTiles(opened, spots, std::move(view), pixels);
}

Result<void> SpotTiles::read(size_t first, std::span<Image> images) const {
  std::vector<Result<Image>> tiles(images.size(), Image());
  parallelFor(int64_t(images.size()), threadCount(0), {},
              [&](int64_t i) { tiles[size_t(i)] = readOne(first + size_t(i)); });
  for (size_t i = 0; i < images.size(); ++i) {
    if (!tiles[i]) return tl::unexpected(tiles[i].error());
    images[i] = std::move(*tiles[i]);
  }
  return {};
}

Result<Image> SpotTiles::readOne(size_t index) const {
  const Point& centre = m_spots.centres[index / m_view.offsets.size()];
  const Point& offset = m_view.offsets[index % m_view.offsets.size()];
  const double mpp = m_opened.slide->mpp->mean(), side = m_view.side / mpp;
  Result<Image> image =
      readRegion(*m_opened.slide, *m_opened.source,
                 {centre.x + offset.x / mpp - side / 2, centre.y + offset.y / mpp - side / 2, side, side},
                 m_pixels, m_pixels);
  if (image)
    for (uint32_t& pixel : image->pixels) pixel = onWhite(pixel);
  return image;
}

}  // namespace geneglass
