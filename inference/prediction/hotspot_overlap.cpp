// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/hotspot_overlap.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace geneglass {

/// Each once, in an order.
static std::vector<std::pair<int, int>> cellsWithin(const std::vector<Hotspot>& hotspots) {
  std::vector<std::pair<int, int>> cells;
  for (const Hotspot& hotspot : hotspots)
    for (const TileGrid::Cell& cell : hotspot.cells) cells.emplace_back(cell.row, cell.column);
  std::ranges::sort(cells);
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

double diceOverlap(const std::vector<Hotspot>& a, const std::vector<Hotspot>& b) {
  const auto one = cellsWithin(a), other = cellsWithin(b);
  if (one.empty() && other.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::pair<int, int>> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  return 2 * double(both.size()) / double(one.size() + other.size());
}

}  // namespace geneglass
