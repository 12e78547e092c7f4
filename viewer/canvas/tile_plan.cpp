// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tile_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace geneglass {
namespace {

/// Tiles [first, last] of one row.
struct Span {
  int row = 0;
  int first = 0;
  int last = -1;
};

/// The screen's corners on the slide, level-0 pixels, in order around it.
std::array<Point, 4> screenCorners(const Viewport& viewport) {
  return {viewport.toSlide({0, 0}), viewport.toSlide({viewport.width, 0}),
          viewport.toSlide({viewport.width, viewport.height}), viewport.toSlide({0, viewport.height})};
}

/// The part of one axis that a convex outline covers between top and bottom; nothing where it only touches.
struct Reach {
  double low = 0;
  double high = 0;
};
std::optional<Reach> reachWithin(const std::array<Point, 4>& outline, double top, double bottom) {
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

/// A level's tiles as a grid on the slide.
struct Grid {
  Grid(const Slide& slide, int index)
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

  int level;
  int columns;
  int rows;
  double tileWidth = 0;  ///< level-0 pixels
  double tileHeight = 0;
  double right = 0;
  double bottom = 0;
};

int floorInto(double value, int limit) {
  return static_cast<int>(std::clamp(std::floor(value), 0.0, static_cast<double>(limit)));
}

int ceilInto(double value, int limit) {
  return static_cast<int>(std::clamp(std::ceil(value), 0.0, static_cast<double>(limit)));
}

/// The tiles that share area with the convex outline, exactly.
std::vector<Span> spansOf(const Grid& grid, const std::array<Point, 4>& outline) {
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

/// The tiles that touch the spans, corners included, and are none of them.
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

/// Collects missing tiles up to the cap, each once.
class WantList final {
 public:
  WantList(const Slide& slide, Point centre, const std::function<bool(TileKey)>& isResident)
      : m_slide(slide), m_centre(centre), m_isResident(isResident) {}

  void addNearestFirst(const std::vector<TileKey>& keys) {
    struct Candidate {
      double distance;
      TileKey key;
      bool operator<(const Candidate& other) const {
        return distance != other.distance ? distance < other.distance : key < other.key;
      }
    };
    std::vector<Candidate> candidates;
    for (const TileKey key : keys)
      if (!m_isResident(key)) candidates.push_back({distanceOf(key), key});
    const size_t room = std::min(maxWantedTiles - m_keys.size(), candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(room),
                      candidates.end());
    for (size_t i = 0; i < room; ++i) m_keys.push_back(candidates[i].key);
  }

  size_t count() const { return m_keys.size(); }
  std::vector<TileKey> take() { return std::move(m_keys); }

 private:
  double distanceOf(TileKey key) const {
    const Rect area = tileArea(m_slide, key);
    return std::hypot(area.x + area.width / 2 - m_centre.x, area.y + area.height / 2 - m_centre.y);
  }

  const Slide& m_slide;
  const Point m_centre;
  const std::function<bool(TileKey)>& m_isResident;
  std::vector<TileKey> m_keys;
};

std::array<Point, 4> cornersOf(const Rect& area) {
  return {Point{area.x, area.y}, Point{area.right(), area.y}, Point{area.right(), area.bottom()},
          Point{area.x, area.bottom()}};
}

/// Whether resident tiles of `level` or coarser ones lie under all that the screen shows of `area`.
bool isCovered(const Slide& slide, const std::array<Point, 4>& screen, const Rect& area, int level,
               const std::function<bool(TileKey)>& isResident) {
  if (level >= static_cast<int>(slide.levels.size())) return false;
  const Grid grid(slide, level);
  for (const Span& span : spansOf(grid, cornersOf(area)))
    for (int column = span.first; column <= span.last; ++column) {
      const TileKey key{level, column, span.row};
      if (isResident(key)) continue;
      Rect part = tileArea(slide, key);
      const double right = std::min(part.right(), area.right());
      const double bottom = std::min(part.bottom(), area.bottom());
      part.x = std::max(part.x, area.x);
      part.y = std::max(part.y, area.y);
      part.width = right - part.x;
      part.height = bottom - part.y;
      const auto shown = reachWithin(screen, part.y, part.bottom());
      if (!shown || shown->high <= part.x || shown->low >= part.right()) continue;
      if (!isCovered(slide, screen, part, level + 1, isResident)) return false;
    }
  return true;
}

/// f where blocks of f x f level-0 pixels, cut off or filled up at the edge, give `coarse` pixels.
bool explains(double factor, double fine, double coarse) {
  return std::floor(fine / factor) == coarse || std::ceil(fine / factor) == coarse;
}

}  // namespace

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
  const Grid grid(slide, key.level);
  const double x = key.column * grid.tileWidth;
  const double y = key.row * grid.tileHeight;
  return {x, y, std::min((key.column + 1) * grid.tileWidth, grid.right) - x,
          std::min((key.row + 1) * grid.tileHeight, grid.bottom) - y};
}

std::vector<TileKey> visibleTiles(const Slide& slide, const Viewport& viewport, int level) {
  return keysOf(level, spansOf(Grid(slide, level), screenCorners(viewport)));
}

int bestLevel(const Slide& slide, const Viewport& viewport) {
  const std::array<Point, 4> screen = screenCorners(viewport);
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  for (int level = slide.viewLevelFor(viewport.downsample); level < coarsest; ++level) {
    const Size tile = slide.levels[static_cast<size_t>(level)].tile;
    const double pixels = static_cast<double>(tile.width) * static_cast<double>(tile.height);
    if (countOf(spansOf(Grid(slide, level), screen)) * pixels <= maxVisiblePixels) return level;
  }
  return coarsest;
}

bool keepsCoarsestLevel(const Slide& slide) {
  return slide.levels.back().columns() * slide.levels.back().rows() <= maxResidentBaseTiles;
}

TilePlan planTiles(const Slide& slide, const Viewport& viewport,
                   const std::function<bool(TileKey)>& isResident) {
  const std::array<Point, 4> screen = screenCorners(viewport);
  const int best = bestLevel(slide, viewport);
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  TilePlan plan;
  std::vector<std::vector<TileKey>> drawn;
  for (int level = best; level <= coarsest; ++level) {
    const std::vector<TileKey> visible = keysOf(level, spansOf(Grid(slide, level), screen));
    std::vector<TileKey>& resident = drawn.emplace_back();
    std::copy_if(visible.begin(), visible.end(), std::back_inserter(resident), isResident);
    const bool fills = resident.size() == visible.size();
    if (level == best) plan.sharp = fills;
    if (fills) break;
  }
  for (auto level = drawn.rbegin(); level != drawn.rend(); ++level)
    plan.draw.insert(plan.draw.end(), level->begin(), level->end());

  const Grid bestGrid(slide, best);
  const std::vector<Span> bestSpans = spansOf(bestGrid, screen);
  const Rect whole{0, 0, bestGrid.right, bestGrid.bottom};
  plan.blank = !plan.sharp && !isCovered(slide, screen, viewport.visible(), best, isResident);

  WantList want(slide, viewport.centre, isResident);
  if (best != coarsest) {
    const Grid base(slide, coarsest);
    want.addNearestFirst(keysOf(
        coarsest, keepsCoarsestLevel(slide) ? spansOf(base, cornersOf(whole)) : spansOf(base, screen)));
  }
  want.addNearestFirst(keysOf(best, bestSpans));
  plan.needed = want.count();
  want.addNearestFirst(ringAround(bestGrid, bestSpans));
  plan.want = want.take();
  return plan;
}

}  // namespace geneglass
