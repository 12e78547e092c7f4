// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/shown_tiles.h"

#include <algorithm>
#include <utility>

#include "viewer/foundation/halved_pixels.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

Image halved(const Image& image) {
  Image half = Image::unset((image.width + 1) / 2, (image.height + 1) / 2);
  for (int y = 0; y < half.height; ++y)
    halvePixels(&half.at(0, y), &image.pixels[static_cast<size_t>(2 * y) * static_cast<size_t>(image.width)],
                &image.pixels[static_cast<size_t>(std::min(2 * y + 1, image.height - 1)) *
                              static_cast<size_t>(image.width)],
                static_cast<size_t>(image.width));
  return half;
}

void make(ShownTile& shown, const PixelColouring* colouring) {
  if (shown.halvings > 0) shown.own = halved(shown.tile->image);
  for (int i = 1; i < shown.halvings; ++i) shown.own = halved(*shown.own);
  if (colouring) {
    if (!shown.own) shown.own = shown.tile->image;
    colouring->apply(shown.own->pixels);
  }
  shown.isOpaque =
      std::ranges::all_of(shown.image().pixels, [](uint32_t pixel) { return pixel >> 24 == 255; });
}

}  // namespace

std::vector<const ShownTile*> ShownTiles::show(std::span<const WantedTile> wanted,
                                               const DisplayColour& colour, int threads) {
  if (m_colour != colour) {
    m_tiles.clear();
    m_colour = colour;
    m_colouring.reset();
    if (!colour.isIdentity()) m_colouring.emplace(colour);
  }
  std::unordered_map<TileKey, std::unique_ptr<ShownTile>> before = std::exchange(m_tiles, {});
  std::vector<const ShownTile*> shown;
  std::vector<ShownTile*> fresh;
  for (const WantedTile& want : wanted) {
    if (!want.tile) {
      shown.push_back(nullptr);
      continue;
    }
    std::unique_ptr<ShownTile>& place = m_tiles[want.tile->key];
    if (const auto found = before.find(want.tile->key); found != before.end())
      place = std::move(found->second);
    if (!place || place->tile != want.tile || place->halvings != want.halvings) {
      place = std::make_unique<ShownTile>(ShownTile{want.tile, want.halvings, {}, false});
      fresh.push_back(place.get());
    }
    shown.push_back(place.get());
  }
  parallelFor(static_cast<int64_t>(fresh.size()), threads, {}, [&](int64_t i) {
    make(*fresh[static_cast<size_t>(i)], m_colouring ? &*m_colouring : nullptr);
  });
  return shown;
}

}  // namespace geneglass
