// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/hotspots.h"

#include <algorithm>
#include <cmath>

#include "inference/prediction/connected_cells.h"
#include "inference/prediction/map_values.h"
#include "inference/prediction/outline.h"

namespace geneglass {
namespace {

constexpr double kTopPercentile = 95;
constexpr double kFewestTiles = 4;  ///< that a hotspot is as large as

double percentOf(size_t below, size_t equal, size_t count) {
  return 100 * (double(below) + double(equal) / 2) / double(count);
}

/// The least of the values that lies at kTopPercentile or above, by percentileOf; only the highest tenth is
/// sorted. Infinite where none does.
float leastOfTop(std::vector<float> values) {
  if (values.empty()) return INFINITY;
  const size_t count = values.size();
  const auto tenth = values.begin() + std::ptrdiff_t(count / 10 * 9);
  std::nth_element(values.begin(), tenth, values.end());
  std::sort(tenth, values.end());
  // Of equal values around the cut some lie before it.
  const auto tied = size_t(std::count(values.begin(), tenth, *tenth));
  for (auto first = tenth, last = first; first != values.end(); first = last) {
    last = std::upper_bound(first, values.end(), *first);
    const size_t before = first == tenth ? tied : 0;
    if (percentOf(size_t(first - values.begin()) - before, size_t(last - first) + before, count) >=
        kTopPercentile)
      return *first;
  }
  return INFINITY;
}

/// Cells that may belong to a hotspot, in the map's order.
std::vector<size_t> candidates(std::span<const float> contribution, std::span<const float> attention) {
  const float least = leastOfTop({contribution.begin(), contribution.end()});
  std::vector<size_t> tiles;
  for (size_t i = 0; i < contribution.size(); ++i)
    if ((attention.empty() || attention[i] > 1) && contribution[i] >= least) tiles.push_back(i);
  return tiles;
}

Hotspot describe(const TileGrid& grid, const std::vector<size_t>& region, std::span<const float> expression,
                 double mpp, int gene) {
  Hotspot hotspot;
  hotspot.gene = gene;
  double sum = 0;
  for (size_t index : region) {
    hotspot.cells.push_back(grid.mapCells()[index]);
    sum += expression[index];
  }
  hotspot.mean = sum / double(region.size());
  const double side = grid.stride * mpp / 1000;  // mm
  hotspot.areaMm2 = double(region.size()) * side * side;
  hotspot.rings = outlineOf(hotspot.cells);
  for (auto& ring : hotspot.rings)
    for (Point& corner : ring) corner = grid.onMap(corner.x, corner.y);
  return hotspot;
}

}  // namespace

std::vector<Hotspot> findHotspots(const TileGrid& grid, std::span<const float> contribution,
                                  std::span<const float> attention, std::span<const float> expression,
                                  double mpp, int gene) {
  const std::vector<TileGrid::Cell>& cells = grid.mapCells();
  const std::vector<float> shown = valuesOnMap(grid, expression);
  const std::vector<size_t> chosen =
      candidates(valuesOnMap(grid, contribution), valuesOnMap(grid, attention));
  std::vector<TileGrid::Cell> chosenCells;
  for (const size_t i : chosen) chosenCells.push_back(cells[i]);
  const double cellsATile = std::pow(double(grid.tile) / double(grid.stride), 2);
  std::vector<Hotspot> hotspots;
  for (std::vector<size_t>& region : connectedCells(chosenCells)) {
    for (size_t& place : region) place = chosen[place];
    if (double(region.size()) >= kFewestTiles * cellsATile)
      hotspots.push_back(describe(grid, region, shown, mpp, gene));
  }
  const auto larger = [](const Hotspot& a, const Hotspot& b) { return a.cells.size() > b.cells.size(); };
  std::stable_sort(hotspots.begin(), hotspots.end(), larger);
  for (size_t i = 0; i < hotspots.size(); ++i) hotspots[i].rank = static_cast<int>(i) + 1;
  return hotspots;
}

std::vector<bool> tilesWithin(const TileGrid& grid, const std::vector<Hotspot>& hotspots) {
  const auto placeOf = [&](TileGrid::Cell cell) {
    return size_t(cell.row) * size_t(grid.columns) + size_t(cell.column);
  };
  std::vector<bool> hot(size_t(grid.columns) * size_t(grid.rows));
  for (const Hotspot& hotspot : hotspots)
    for (const TileGrid::Cell& cell : hotspot.cells) hot[placeOf(cell)] = true;
  std::vector<bool> within;
  for (size_t tile = 0; tile < grid.count(); ++tile) within.push_back(hot[placeOf(grid.cellOfTile(tile))]);
  return within;
}

double percentileOf(std::span<const float> sorted, float value) {
  if (sorted.empty()) return 0;
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
  const double below = double(first - sorted.begin()), equal = double(last - first);
  return 100 * (below + equal / 2) / double(sorted.size());
}

}  // namespace geneglass
