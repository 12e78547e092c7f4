// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/hotspots.h"

#include <algorithm>
#include <unordered_map>

#include "inference/prediction/outline.h"

namespace geneglass {
namespace {

constexpr double kTopPercentile = 95;
constexpr size_t kFewestTiles = 4;

int64_t keyOf(int column, int row) {
  return (int64_t(row) << 32) + column;
}

/// Tiles that may belong to a hotspot: position -> index into the grid's cells.
std::unordered_map<int64_t, size_t> candidates(const TileGrid& grid, std::span<const float> contribution,
                                               std::span<const float> attention) {
  std::vector<float> sorted(contribution.begin(), contribution.end());
  std::sort(sorted.begin(), sorted.end());
  std::unordered_map<int64_t, size_t> open;
  for (size_t i = 0; i < grid.count(); ++i)
    if (attention[i] > 1 && percentileOf(sorted, contribution[i]) >= kTopPercentile)
      open[keyOf(grid.cells[i].column, grid.cells[i].row)] = i;
  return open;
}

/// Takes the 8-connected region around tile `seed` out of `open`; its tiles in the grid's order.
std::vector<size_t> takeRegion(const TileGrid& grid, size_t seed, std::unordered_map<int64_t, size_t>& open) {
  std::vector<size_t> region{seed};
  open.erase(keyOf(grid.cells[seed].column, grid.cells[seed].row));
  for (size_t i = 0; i < region.size(); ++i) {
    const TileGrid::Cell cell = grid.cells[region[i]];
    for (int neighbour = 0; neighbour < 9; ++neighbour) {
      const auto found = open.find(keyOf(cell.column + neighbour % 3 - 1, cell.row + neighbour / 3 - 1));
      if (found == open.end()) continue;
      region.push_back(found->second);
      open.erase(found);
    }
  }
  std::sort(region.begin(), region.end());
  return region;
}

Hotspot describe(const TileGrid& grid, const std::vector<size_t>& region, std::span<const float> expression,
                 double mpp, int gene) {
  Hotspot hotspot;
  hotspot.gene = gene;
  double sum = 0;
  for (size_t index : region) {
    hotspot.cells.push_back(grid.cells[index]);
    sum += expression[index];
  }
  hotspot.mean = sum / double(region.size());
  const double side = grid.stride * mpp / 1000;  // mm
  hotspot.areaMm2 = double(region.size()) * side * side;
  hotspot.rings = outlineOf(hotspot.cells);
  for (auto& ring : hotspot.rings)
    for (Point& corner : ring) corner = {corner.x * grid.stride, corner.y * grid.stride};
  return hotspot;
}

}  // namespace

std::vector<Hotspot> findHotspots(const TileGrid& grid, std::span<const float> contribution,
                                  std::span<const float> attention, std::span<const float> expression,
                                  double mpp, int gene) {
  auto open = candidates(grid, contribution, attention);
  std::vector<Hotspot> hotspots;
  for (size_t i = 0; i < grid.count(); ++i) {
    if (!open.count(keyOf(grid.cells[i].column, grid.cells[i].row))) continue;
    const std::vector<size_t> region = takeRegion(grid, i, open);
    if (region.size() >= kFewestTiles) hotspots.push_back(describe(grid, region, expression, mpp, gene));
  }
  const auto larger = [](const Hotspot& a, const Hotspot& b) { return a.cells.size() > b.cells.size(); };
  std::stable_sort(hotspots.begin(), hotspots.end(), larger);
  for (size_t i = 0; i < hotspots.size(); ++i) hotspots[i].rank = static_cast<int>(i) + 1;
  return hotspots;
}

double percentileOf(std::span<const float> sorted, float value) {
  if (sorted.empty()) return 0;
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
  const double below = double(first - sorted.begin()), equal = double(last - first);
  return 100 * (below + equal / 2) / double(sorted.size());
}

}  // namespace geneglass
