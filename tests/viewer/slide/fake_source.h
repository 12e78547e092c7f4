// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass::testing {

/// Any colour that tells one position of one level from its neighbours.
inline uint32_t colourAt(int level, int64_t x, int64_t y) {
  const auto mixed = static_cast<uint32_t>(x * 2654435761u ^ y * 40503u * 65537u ^ (level + 1) * 97u);
  return opaque((mixed >> 20) & 0xff, (mixed >> 11) & 0xff, (mixed >> 3) & 0xff);
}

/// A pyramid held in nothing but colourAt; counts its reads.
class FakeSource : public TileSource {
 public:
  explicit FakeSource(Slide slide) : m_slide(std::move(slide)) {}
  Result<TilePtr> read(TileKey key) const override {
    ++reads;
    if (onRead) onRead(key);
    const Level& level = m_slide.levels[static_cast<size_t>(key.level)];
    const int64_t left = key.column * level.tile.width;
    const int64_t top = key.row * level.tile.height;
    Image image(static_cast<int>(std::min(level.tile.width, level.size.width - left)),
                static_cast<int>(std::min(level.tile.height, level.size.height - top)));
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x) image.at(x, y) = colourAt(key.level, left + x, top + y);
    return std::make_shared<const Tile>(Tile{key, std::move(image)});
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  mutable std::atomic<int> reads = 0;
  std::function<void(TileKey)> onRead;  ///< called on the reading thread; what it throws comes out of read()

 private:
  Slide m_slide;
};

/// 1000 x 700 pixels in tiles of 64, and the coarser levels named.
inline Slide fakeSlide(std::initializer_list<double> downsamples = {1}) {
  Slide slide;
  slide.file = "fake.tif";
  for (double downsample : downsamples)
    slide.levels.push_back({{static_cast<int64_t>(1000 / downsample), static_cast<int64_t>(700 / downsample)},
                            downsample,
                            {64, 64}});
  return slide;
}

}  // namespace geneglass::testing
