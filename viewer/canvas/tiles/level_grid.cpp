// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/level_grid.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

/// f where blocks of f x f level-0 pixels, cut off or filled up at the edge, give `coarse` pixels.
bool explains(double factor, double fine, double coarse) {
  return std::floor(fine / factor) == coarse || std::ceil(fine / factor) == coarse;
}

}  // namespace

Outline screenCorners(const Viewport& viewport) {
  return {viewport.toSlide({0, 0}), viewport.toSlide({viewport.width, 0}),
          viewport.toSlide({viewport.width, viewport.height}), viewport.toSlide({0, viewport.height})};
}

Outline cornersOf(const Rect& area) {
  return {Point{area.x, area.y}, Point{area.right(), area.y}, Point{area.right(), area.bottom()},
          Point{area.x, area.bottom()}};
}

std::optional<Reach> reachWithin(const Outline& outline, double top, double bottom) {
  Reach reach{1e300, -1e300};
  const auto include = [&](double x) {
    reach.low = std::min(reach.low, x);
    reach.high = std::max(reach.high, x);
  };
  for (size_t i = 0; i < outline.size(); ++i) {
    const Point a = outline[i];
    const Point b = outline[(i + 1) % outline.size()];
    if (a.y >= top && a.y <= bottom) include(a.x);
    for (const double y : {top, bottom})
      if ((a.y < y) != (b.y < y)) include(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
  }
  if (reach.low >= reach.high) return std::nullopt;
  return reach;
}

Grid::Grid(const Slide& slide, int index)
    : level(index),
      columns(static_cast<int>(slide.levels[static_cast<size_t>(index)].columns())),
      rows(static_cast<int>(slide.levels[static_cast<size_t>(index)].rows())) {
  const Level& facts = slide.levels[static_cast<size_t>(index)];
  const Point step = placedDownsample(slide, index);
  tileWidth = step.x * static_cast<double>(facts.tile.width);
  tileHeight = step.y * static_cast<double>(facts.tile.height);
  right = step.x * static_cast<double>(facts.size.width);
  bottom = step.y * static_cast<double>(facts.size.height);
}

Rect Grid::area(int column, int row) const {
  const double x = column * tileWidth;
  const double y = row * tileHeight;
  return {x, y, std::min((column + 1) * tileWidth, right) - x, std::min((row + 1) * tileHeight, bottom) - y};
}

static int floorInto(double value, int limit) {
  return static_cast<int>(std::clamp(std::floor(value), 0.0, static_cast<double>(limit)));
}

static int ceilInto(double value, int limit) {
  return static_cast<int>(std::clamp(std::ceil(value), 0.0, static_cast<double>(limit)));
}

std::vector<Span> spansOf(const Grid& grid, const Outline& outline) {
  const auto [lowest, highest] =
      std::minmax_element(outline.begin(), outline.end(), [](Point a, Point b) { return a.y < b.y; });
  std::vector<Span> spans;
  if (highest->y <= 0 || lowest->y >= grid.bottom) return spans;
  const int firstRow = floorInto(lowest->y / grid.tileHeight, grid.rows - 1);
  const int endRow = ceilInto(highest->y / grid.tileHeight, grid.rows);
  for (int row = firstRow; row < endRow; ++row) {
    const double bottom = std::min((row + 1) * grid.tileHeight, grid.bottom);
    const auto reach = reachWithin(outline, row * grid.tileHeight, bottom);
    if (!reach || reach->high <= 0 || reach->low >= grid.right) continue;
    const Span span{row, floorInto(reach->low / grid.tileWidth, grid.columns - 1),
                    ceilInto(reach->high / grid.tileWidth, grid.columns) - 1};
    if (span.first <= span.last) spans.push_back(span);
  }
  return spans;
}

double countOf(const std::vector<Span>& spans) {
  double count = 0;
  for (const Span& span : spans) count += span.last - span.first + 1;
  return count;
}

std::vector<TileKey> keysOf(int level, const std::vector<Span>& spans) {
  std::vector<TileKey> keys;
  for (const Span& span : spans)
    for (int column = span.first; column <= span.last; ++column) keys.push_back({level, column, span.row});
  return keys;
}

std::vector<TileKey> ringAround(const Grid& grid, const std::vector<Span>& spans) {
  std::vector<TileKey> ring;
  if (spans.empty()) return ring;
  const auto spanOf = [&](int row) -> const Span* {
    const auto index = static_cast<size_t>(row - spans.front().row);
    return row >= spans.front().row && index < spans.size() ? &spans[index] : nullptr;
  };
  for (int row = spans.front().row - 1; row <= spans.back().row + 1; ++row) {
    if (row < 0 || row >= grid.rows) continue;
    int first = grid.columns;
    int last = -1;
    for (int near = row - 1; near <= row + 1; ++near) {
      const Span* span = spanOf(near);
      if (!span) continue;
      first = std::min(first, std::max(span->first - 1, 0));
      last = std::max(last, std::min(span->last + 1, grid.columns - 1));
    }
    const Span* own = spanOf(row);
    for (int column = first; column <= last; ++column)
      if (!own || column < own->first || column > own->last) ring.push_back({grid.level, column, row});
  }
  return ring;
}

Point placedDownsample(const Slide& slide, int level) {
  const Size fine = slide.size();
  const Size coarse = slide.levels[static_cast<size_t>(level)].size;
  const auto wide = static_cast<double>(fine.width);
  const auto high = static_cast<double>(fine.height);
  const Point ratio{wide / static_cast<double>(coarse.width), high / static_cast<double>(coarse.height)};
  const double mean = std::sqrt(ratio.x * ratio.y);
  // Small levels fit several whole factors: pyramids step by powers of two, so those come first.
  for (const double factor :
       {std::exp2(std::floor(std::log2(mean))), std::exp2(std::ceil(std::log2(mean))), std::round(mean)})
    if (factor >= 1 && explains(factor, wide, static_cast<double>(coarse.width)) &&
        explains(factor, high, static_cast<double>(coarse.height)))
      return {factor, factor};
  return ratio;
}

Rect tileArea(const Slide& slide, TileKey key) {
  return Grid(slide, key.level).area(key.column, key.row);
}

}  // namespace geneglass
