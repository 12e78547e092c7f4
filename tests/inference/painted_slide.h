// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <thread>

#include "viewer/slide/open_slide.h"

namespace geneglass::testing {

/// The colour of a level-0 pixel.
using Paint = std::function<uint32_t(int64_t x, int64_t y)>;

/// A slide of one level that exists in memory only. Tiles in `damaged` cannot be read; each read takes
/// `delay`, and calls `onRead`, where there is one, before it begins.
class PaintedSource final : public TileSource {
 public:
  PaintedSource(Size size, Paint paint) : m_size(size), m_paint(std::move(paint)) {}

  Result<TilePtr> read(TileKey key) const override {
    ++reads;
    if (onRead) onRead();
    std::this_thread::sleep_for(delay);
    if (damaged.count(key) || (brokenMeanwhile && damagedLater.count(key)))
      return fail("Cannot read a tile of 'painted.tif': it is damaged.");
    auto tile = std::make_shared<Tile>();
    tile->key = key;
    const int64_t left = int64_t(key.column) * kTile, top = int64_t(key.row) * kTile;
    tile->image = Image(static_cast<int>(std::min<int64_t>(kTile, m_size.width - left)),
                        static_cast<int>(std::min<int64_t>(kTile, m_size.height - top)));
    for (int y = 0; y < tile->image.height; ++y)
      for (int x = 0; x < tile->image.width; ++x) tile->image.at(x, y) = m_paint(left + x, top + y);
    return tile;
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  static constexpr int kTile = 128;
  std::set<TileKey> damaged;
  std::set<TileKey> damagedLater;  ///< once brokenMeanwhile is set
  std::atomic<bool> brokenMeanwhile{false};
  std::chrono::milliseconds delay{0};
  std::function<void()> onRead;
  mutable std::atomic<int> reads{0};

 private:
  const Size m_size;
  const Paint m_paint;
};

inline OpenedSlide openPainted(Size size, std::optional<double> mpp, std::shared_ptr<PaintedSource> source) {
  auto slide = std::make_shared<Slide>();
  slide->file = "painted.tif";
  slide->levels = {{size, 1, {PaintedSource::kTile, PaintedSource::kTile}}};
  if (mpp) slide->mpp = Mpp{*mpp, *mpp};
  slide->hash = std::string(64, 'a');
  slide->bounds = {0, 0, double(size.width), double(size.height)};
  return {slide, source};
}

inline OpenedSlide openPainted(Size size, std::optional<double> mpp, Paint paint) {
  return openPainted(size, mpp, std::make_shared<PaintedSource>(size, std::move(paint)));
}

/// Pixel noise without a state: -range .. range.
inline int noise(int64_t x, int64_t y, int range) {
  uint64_t h =
      static_cast<uint64_t>(x) * 0x9E3779B97F4A7C15ull ^ static_cast<uint64_t>(y) * 0xC2B2AE3D27D4EB4Full;
  h = (h ^ h >> 31) * 0xD6E8FEB86659FD93ull;
  return static_cast<int>((h >> 40) % static_cast<uint64_t>(2 * range + 1)) - range;
}

/// Glass and tissue as a scanner sees them, with noise.
inline uint32_t glass(int64_t x, int64_t y) {
  const auto n = noise(x, y, 4);
  return opaque(uint32_t(243 + n), uint32_t(242 + n), uint32_t(244 + n));
}
inline uint32_t tissue(int64_t x, int64_t y) {
  const auto n = noise(x / 4, y / 4, 30);
  return opaque(uint32_t(180 + n), uint32_t(110 + n), uint32_t(170 + n));
}

}  // namespace geneglass::testing
