// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <set>

#include "viewer/canvas/overlay.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::testing {

/// The facts of a pyramid whose levels step by `factor`, sizes rounded down, until one tile holds a level.
inline Slide pyramid(Size size, double factor, int levels, int64_t tile = 256) {
  Slide slide;
  slide.file = "painted.tif";
  slide.hash = "painted";
  for (int i = 0; i < levels; ++i) {
    const double step = std::pow(factor, i);
    const Size level{static_cast<int64_t>(static_cast<double>(size.width) / step),
                     static_cast<int64_t>(static_cast<double>(size.height) / step)};
    const double wide = static_cast<double>(size.width) / static_cast<double>(level.width);
    const double high = static_cast<double>(size.height) / static_cast<double>(level.height);
    slide.levels.push_back({level, (wide + high) / 2, {tile, tile}});
  }
  slide.bounds = {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
  return slide;
}

/// Every tile of one colour a level; those in `damaged` cannot be read.
class ColouredSource final : public TileSource {
 public:
  ColouredSource(std::shared_ptr<const Slide> slide, std::function<uint32_t(TileKey)> colour)
      : m_slide(std::move(slide)), m_colour(std::move(colour)) {}

  Result<TilePtr> read(TileKey key) const override {
    ++reads;
    if (damaged.contains(key)) return fail("Cannot read a tile of 'painted.tif': it is damaged.");
    const Level& level = m_slide->levels[static_cast<size_t>(key.level)];
    const auto side = [](int64_t whole, int64_t tile, int64_t index) {
      return static_cast<int>(std::min(tile, whole - index * tile));
    };
    return std::make_shared<const Tile>(
        Tile{key,
             {side(level.size.width, level.tile.width, key.column),
              side(level.size.height, level.tile.height, key.row), m_colour(key)}});
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  std::set<TileKey> damaged;
  mutable std::atomic<int> reads = 0;

 private:
  const std::shared_ptr<const Slide> m_slide;
  const std::function<uint32_t(TileKey)> m_colour;
};

inline OpenedSlide painted(Slide facts, std::function<uint32_t(TileKey)> colour) {
  const auto slide = std::make_shared<const Slide>(std::move(facts));
  return {slide, std::make_shared<const ColouredSource>(slide, std::move(colour))};
}

/// An overlay of one heatmap.
class MapOverlay final : public Overlay {
 public:
  explicit MapOverlay(std::shared_ptr<const Heatmap> map) : m_map(std::move(map)) {}
  std::shared_ptr<const Heatmap> heatmap() const override { return m_map; }

 private:
  const std::shared_ptr<const Heatmap> m_map;
};

/// A map over a slide from its upper left corner, every cell `value`.
inline Heatmap evenMap(const Slide& slide, double step, float value) {
  Heatmap map;
  map.name = QStringLiteral("even");
  map.slideHash = slide.hash;
  map.slideSize = slide.size();
  map.step = step;
  map.columns = static_cast<int>(std::ceil(static_cast<double>(slide.size().width) / step));
  map.rows = static_cast<int>(std::ceil(static_cast<double>(slide.size().height) / step));
  map.values.assign(static_cast<size_t>(map.columns) * static_cast<size_t>(map.rows), value);
  return map;
}

}  // namespace geneglass::testing
