// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/tile_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace geneglass {
namespace {

/// Cells from one tile to the next, coarse to fine. Tiles that lie apart each decode the slide's own tiles
/// anew: with a step of 2 between the last two every second one was decoded twice.
constexpr std::array kStrides{16, 8, 4, 1};
constexpr size_t kSteps = kStrides.size();
constexpr int kBlock = 8;  ///< cells a side: neighbours share the slide's own tiles

Point middleOf(const Rect& area) {
  return {area.x + area.width / 2, area.y + area.height / 2};
}

/// 0 for the coarsest step that the cell belongs to.
size_t stepOf(const TileGrid::Cell& cell) {
  for (size_t step = 0; step < kSteps - 1; ++step)
    if (cell.column % kStrides[step] == 0 && cell.row % kStrides[step] == 0) return step;
  return kSteps - 1;
}

bool meet(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

}  // namespace

void WatchedArea::look(const Rect& area) {
  const std::scoped_lock lock(m_mutex);
  m_look.area = area;
  ++m_look.number;
}

WatchedArea::Look WatchedArea::latest() const {
  const std::scoped_lock lock(m_mutex);
  return m_look;
}

TileOrder::TileOrder(const TileGrid& grid, std::vector<bool> waits)
    : m_grid(grid), m_waits(std::move(waits)), m_steps(kSteps) {
  for (size_t cell = 0; cell < grid.count(); ++cell) {
    if (!m_waits[cell]) continue;
    ++m_waiting;
    m_steps[stepOf(grid.cells[cell])].push_back(cell);
  }
  for (size_t step = 0; step < m_steps.size(); ++step) sortStep(step);
}

double TileOrder::distanceOf(size_t cell) const {
  if (m_area.isEmpty()) return 0;
  const Point here = middleOf(m_grid.area(m_grid.cells[cell])), there = middleOf(m_area);
  return std::hypot(here.x - there.x, here.y - there.y);
}

/// Whole blocks by their distance from the view, inside a block row by row.
void TileOrder::sortStep(size_t step) {
  struct Place {
    double distance;
    int blockRow, blockColumn;
    size_t cell;
    bool operator<(const Place& other) const {
      return std::tie(distance, blockRow, blockColumn, cell) <
             std::tie(other.distance, other.blockRow, other.blockColumn, other.cell);
    }
  };
  const int stride = kBlock * kStrides[step];
  const double blockSide = double(stride) * m_grid.stride;
  const Point there = middleOf(m_area);
  std::vector<Place> places;
  places.reserve(m_steps[step].size());
  for (const size_t cell : m_steps[step]) {
    const int row = m_grid.cells[cell].row / stride, column = m_grid.cells[cell].column / stride;
    const double distance = m_area.isEmpty() ? 0
                                             : std::hypot(m_grid.left + (column + 0.5) * blockSide - there.x,
                                                          m_grid.top + (row + 0.5) * blockSide - there.y);
    places.push_back({distance, row, column, cell});
  }
  std::sort(places.begin(), places.end());
  std::transform(places.rbegin(), places.rend(), m_steps[step].begin(),
                 [](const Place& place) { return place.cell; });
}

void TileOrder::look(const Rect& area) {
  m_area = area;
  m_seen.clear();
  for (size_t cell = 0; cell < m_grid.count(); ++cell)
    if (m_waits[cell] && meet(m_grid.area(m_grid.cells[cell]), area)) m_seen.push_back(cell);
  std::stable_sort(m_seen.begin(), m_seen.end(),
                   [this](size_t a, size_t b) { return distanceOf(a) > distanceOf(b); });
  // Sorting all that waits is not worth a small move of the view.
  const Point now = middleOf(area), before = middleOf(m_sortedFor);
  if (!m_sortedFor.isEmpty() && std::hypot(now.x - before.x, now.y - before.y) < area.width / 2) return;
  m_sortedFor = area;
  for (size_t step = m_step; step < m_steps.size(); ++step) sortStep(step);
}

std::optional<size_t> TileOrder::take() {
  while (m_step < m_steps.size()) {
    std::vector<size_t>& from = m_seen.empty() ? m_steps[m_step] : m_seen;
    if (from.empty()) {
      ++m_step;
      continue;
    }
    const size_t cell = from.back();
    from.pop_back();
    if (!m_waits[cell]) continue;
    m_waits[cell] = false;
    --m_waiting;
    return cell;
  }
  return {};
}

}  // namespace geneglass
