// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/tile_cover.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

/// From where to before where a tile reaches along one axis, in cells.
struct Reach {
  int begin, end;
};

Reach reachOf(double place, double tile, double stride, double slack, int most) {
  const auto firstFrom = [&](double from) { return int(std::ceil(from / stride - 0.5)); };
  return {std::clamp(firstFrom(place - slack), 0, most),
          std::clamp(firstFrom(place + tile + slack), 0, most)};
}

/// Calls `take` with each tile's number and each place, row by row, that it covers.
template <typename Take>
void forAllCovered(const TileGrid& grid, const std::vector<int32_t>& corners, double slack, Take take) {
  for (size_t tile = 0; 2 * tile < corners.size(); ++tile) {
    const Reach across =
        reachOf(double(corners[2 * tile]) - grid.left, grid.tile, grid.stride, slack, grid.columns);
    const Reach down =
        reachOf(double(corners[2 * tile + 1]) - grid.top, grid.tile, grid.stride, slack, grid.rows);
    for (int row = down.begin; row < down.end; ++row)
      for (int column = across.begin; column < across.end; ++column)
        take(tile, size_t(row) * size_t(grid.columns) + size_t(column));
  }
}

}  // namespace

std::shared_ptr<const TileGrid::Cover> coverOf(const TileGrid& grid, std::vector<int32_t> corners,
                                               double slack) {
  auto cover = std::make_shared<TileGrid::Cover>();
  std::vector<uint32_t> next(size_t(grid.columns) * size_t(grid.rows));  // first how many a place has
  forAllCovered(grid, corners, slack, [&](size_t, size_t place) { ++next[place]; });
  uint32_t count = 0;
  for (size_t place = 0; place < next.size(); ++place) {
    const uint32_t own = next[place];
    next[place] = count;
    if (own == 0) continue;
    cover->cells.push_back({int(place % size_t(grid.columns)), int(place / size_t(grid.columns))});
    cover->firsts.push_back(count);
    count += own;
  }
  cover->firsts.push_back(count);
  cover->tiles.resize(count);
  forAllCovered(grid, corners, slack,
                [&](size_t tile, size_t place) { cover->tiles[next[place]++] = uint32_t(tile); });
  cover->corners = std::move(corners);
  return cover;
}

}  // namespace geneglass
