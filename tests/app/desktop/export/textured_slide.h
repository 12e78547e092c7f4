// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <memory>

#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::testing {

/// No two neighbouring pixels of it are alike, and no two tiles.
class TexturedSource final : public TileSource {
 public:
  explicit TexturedSource(std::shared_ptr<const Slide> slide) : m_slide(std::move(slide)) {}

  Result<TilePtr> read(TileKey key) const override {
    ++reads;
    const Level& level = m_slide->levels[size_t(key.level)];
    const int64_t left = key.column * level.tile.width, top = key.row * level.tile.height;
    const auto width = int(std::min(level.tile.width, level.size.width - left));
    const auto height = int(std::min(level.tile.height, level.size.height - top));
    Image image = Image::unset(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const auto hash = uint32_t((left + x) * 2654435761u ^ (top + y) * 40503u * 65537u);
        image.at(x, y) = opaque(uint8_t(hash >> 8), uint8_t(hash >> 16), uint8_t(hash >> 24));
      }
    return std::make_shared<const Tile>(Tile{key, std::move(image)});
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  mutable std::atomic<int> reads = 0;

 private:
  std::shared_ptr<const Slide> m_slide;
};

inline OpenedSlide texturedSlide(Size size, int levels = 3, int64_t tile = 256) {
  Slide facts = pyramid(size, 2, levels, tile);
  facts.mpp = Mpp{0.5, 0.5};
  const auto slide = std::make_shared<const Slide>(std::move(facts));
  return {slide, std::make_shared<const TexturedSource>(slide)};
}

}  // namespace geneglass::testing
