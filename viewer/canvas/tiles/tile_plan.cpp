// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/tile_plan.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_set>
#include <utility>

#include "viewer/canvas/tiles/level_grid.h"

namespace geneglass {
namespace {

/// Collects missing tiles up to the cap, each once.
class WantList final {
 public:
  WantList(const Slide& slide, const std::function<bool(TileKey)>& isResident)
      : m_slide(slide), m_isResident(isResident) {}

  void addNearestFirst(Point centre, const std::vector<TileKey>& keys) {
    struct Candidate {
      double distance;
      TileKey key;
      bool operator<(const Candidate& other) const {
        return distance != other.distance ? distance < other.distance : key < other.key;
      }
    };
    std::vector<Candidate> candidates;
    for (const TileKey key : keys)
      if (!m_taken.contains(key) && !m_isResident(key)) candidates.push_back({distance(centre, key), key});
    const size_t room = std::min(kMaxWantedTiles - m_keys.size(), candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(room),
                      candidates.end());
    for (size_t i = 0; i < room; ++i)
      if (m_taken.insert(candidates[i].key).second) m_keys.push_back(candidates[i].key);
  }

  size_t count() const { return m_keys.size(); }
  std::vector<TileKey> take() { return std::move(m_keys); }

 private:
  double distance(Point centre, TileKey key) const {
    const Rect area = tileArea(m_slide, key);
    return std::hypot(area.x + area.width / 2 - centre.x, area.y + area.height / 2 - centre.y);
  }

  const Slide& m_slide;
  const std::function<bool(TileKey)>& m_isResident;
  std::vector<TileKey> m_keys;
  std::unordered_set<TileKey> m_taken;
};

Rect overlapOf(const Rect& a, const Rect& b) {
  const double x = std::max(a.x, b.x);
  const double y = std::max(a.y, b.y);
  return {x, y, std::min(a.right(), b.right()) - x, std::min(a.bottom(), b.bottom()) - y};
}

/// Goes from the best level coarser under whatever does not hide what lies below it.
class DrawList final {
 public:
  DrawList(const Slide& slide, const Viewport& viewport, const Residency& residency)
      : m_slide(slide), m_screen(screenCorners(viewport)), m_residency(residency) {}

  void fill(TilePlan& plan, int best) {
    const Grid grid(m_slide, best);
    std::vector<std::set<TileKey>> drawn(1);
    plan.sharp = true;
    for (const TileKey key : keysOf(best, spansOf(grid, m_screen)))
      plan.sharp &= look(key, grid.area(key.column, key.row), false, drawn.front());
    const int levels = static_cast<int>(m_slide.levels.size());
    for (int level = best + 1; level < levels && !m_gaps.empty(); ++level)
      goUnder(level, drawn.emplace_back());
    for (auto level = drawn.rbegin(); level != drawn.rend(); ++level)
      plan.draw.insert(plan.draw.end(), level->begin(), level->end());
    plan.blank = std::any_of(m_gaps.begin(), m_gaps.end(), [](const Gap& gap) { return !gap.isShown; });
  }

  /// Of the coarsest level, where nothing at all lies; after fill().
  std::vector<TileKey> bare() const { return {m_bare.begin(), m_bare.end()}; }

 private:
  /// Part of the screen under which a coarser level shows.
  struct Gap {
    Rect area;
    bool isShown;  ///< by a tile that still fades in
  };

  bool look(TileKey key, const Rect& area, bool isShown, std::set<TileKey>& drawn) {
    const bool isResident = m_residency.isResident(key);
    if (isResident) drawn.insert(key);
    if (!isResident || (m_residency.isFading && m_residency.isFading(key)))
      m_gaps.push_back({area, isShown || isResident});
    return isResident;
  }

  void goUnder(int level, std::set<TileKey>& drawn) {
    const Grid grid(m_slide, level);
    m_bare.clear();
    for (const Gap& gap : std::exchange(m_gaps, {}))
      for (const TileKey key : keysOf(level, spansOf(grid, cornersOf(gap.area)))) {
        const Rect part = overlapOf(gap.area, grid.area(key.column, key.row));
        const auto shown = reachWithin(m_screen, part.y, part.bottom());
        if (!shown || shown->high <= part.x || shown->low >= part.right()) continue;
        if (!look(key, part, gap.isShown, drawn) && !gap.isShown) m_bare.insert(key);
      }
  }

  const Slide& m_slide;
  const Outline m_screen;
  const Residency& m_residency;
  std::vector<Gap> m_gaps;
  std::set<TileKey> m_bare;
};

/// All of the ring around a view that stands, else the half that lies ahead.
std::vector<TileKey> ringAhead(const Slide& slide, const Viewport& viewport, Point way, int level) {
  const Grid grid(slide, level);
  std::vector<TileKey> ring = ringAround(grid, spansOf(grid, screenCorners(viewport)));
  if (way == Point{}) return ring;
  std::erase_if(ring, [&](TileKey key) {
    const Rect area = grid.area(key.column, key.row);
    const double x = area.x + area.width / 2 - viewport.centre.x;
    const double y = area.y + area.height / 2 - viewport.centre.y;
    return x * way.x + y * way.y <= 0;
  });
  return ring;
}

}  // namespace

std::vector<TileKey> visibleTiles(const Slide& slide, const Viewport& viewport, int level) {
  return keysOf(level, spansOf(Grid(slide, level), screenCorners(viewport)));
}

int bestLevel(const Slide& slide, const Viewport& viewport) {
  const Outline screen = screenCorners(viewport);
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  for (int level = slide.viewLevelFor(viewport.downsample); level < coarsest; ++level) {
    const Size tile = slide.levels[static_cast<size_t>(level)].tile;
    const double pixels = static_cast<double>(tile.width) * static_cast<double>(tile.height);
    if (countOf(spansOf(Grid(slide, level), screen)) * pixels <= kMaxVisiblePixels) return level;
  }
  return coarsest;
}

bool keepsCoarsestLevel(const Slide& slide) {
  return slide.levels.back().columns() * slide.levels.back().rows() <= kMaxResidentBaseTiles;
}

TilePlan planTiles(const Slide& slide, const Viewport& viewport, const Residency& residency,
                   const ViewCourse& course) {
  const int best = bestLevel(slide, viewport);
  const int coarsest = static_cast<int>(slide.levels.size()) - 1;
  TilePlan plan;
  DrawList draw(slide, viewport, residency);
  draw.fill(plan, best);

  WantList want(slide, residency.isResident);
  if (best != coarsest) want.addNearestFirst(viewport.centre, draw.bare());
  want.addNearestFirst(viewport.centre, visibleTiles(slide, viewport, best));
  plan.needed = want.count();
  if (keepsCoarsestLevel(slide)) {
    const Grid base(slide, coarsest);
    want.addNearestFirst(viewport.centre, keysOf(coarsest, spansOf(base, cornersOf(base.whole()))));
  }
  if (const auto& goal = course.destination)
    want.addNearestFirst(goal->centre, visibleTiles(slide, *goal, bestLevel(slide, *goal)));
  want.addNearestFirst(viewport.centre, ringAhead(slide, viewport, course.way, best));
  plan.want = want.take();
  return plan;
}

}  // namespace geneglass
