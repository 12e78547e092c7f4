// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/foreign_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "inference/prediction/tile_cover.h"

namespace geneglass {
namespace {

constexpr int64_t kWidestTile = int64_t(1) << 24;  ///< of a tile, level-0 px
constexpr int64_t kMostOfLattice = 65536;          ///< columns or rows of a lattice
constexpr int64_t kMostLatticeCells = 1 << 26;     ///< maps of the whole grid must fit into memory
constexpr int64_t kMostCoveredASide = 16384;       ///< as a heat map may have
constexpr int64_t kMostCovered = 1 << 24;
constexpr int kFinestCells = 8, kUsualCells = 4;  ///< cells to a side of a tile

using TileCorners = std::vector<int32_t>;  ///< x y x y ...

/// The smallest step between different places of one axis, 0 for none.
int64_t smallestStep(const TileCorners& corners, size_t axis) {
  std::vector<int64_t> positions;
  for (size_t i = axis; i < corners.size(); i += 2) positions.push_back(corners[i]);
  std::ranges::sort(positions);
  int64_t step = 0;
  for (size_t i = 1; i < positions.size(); ++i)
    if (const int64_t gap = positions[i] - positions[i - 1]; gap > 0 && (step == 0 || gap < step)) step = gap;
  return step;
}

/// The largest step that all places are whole steps apart by, and of which `side` is a whole number too.
int64_t commonStep(const TileCorners& corners, int64_t side) {
  int64_t step = side;
  for (size_t i = 2; i < corners.size(); ++i)
    step = std::gcd(step, std::abs(int64_t(corners[i]) - corners[i % 2]));
  return step;
}

/// How many tiles have another a step to their right or below.
size_t withNeighbour(const TileCorners& corners, int64_t step) {
  std::set<std::pair<int64_t, int64_t>> taken;
  for (size_t i = 0; i < corners.size(); i += 2) taken.emplace(corners[i], corners[i + 1]);
  return size_t(std::ranges::count_if(taken, [&](const auto& place) {
    return taken.count({place.first + step, place.second}) + taken.count({place.first, place.second + step}) >
           0;
  }));
}

/// The side of tiles of which nothing is said.
Result<int64_t> sideByPlaces(const TileCorners& corners) {
  const int64_t across = smallestStep(corners, 0), down = smallestStep(corners, 1);
  const int64_t step = across == 0 || down == 0 ? std::max(across, down) : std::min(across, down);
  const std::string unknown = "the size of its tiles is unknown: nothing says it, and ";
  if (step == 0) return fail(unknown + "there is no other tile to tell it by");
  for (size_t i = 2; i < corners.size(); ++i)
    if ((int64_t(corners[i]) - corners[i % 2]) % step != 0)
      return fail(unknown +
                  fmt::format("the position ({}, {}) of tile {} does not lie on the grid of {} pixels "
                              "that tile 0 lies on",
                              corners[i - i % 2], corners[i - i % 2 + 1], i / 2, step));
  if (10 * withNeighbour(corners, step) * 2 < corners.size())
    return fail(unknown + fmt::format("hardly any has a neighbour {} pixels away", step));
  return step;
}

bool haveDoubles(const TileCorners& corners) {
  std::set<std::pair<int32_t, int32_t>> taken;
  for (size_t i = 0; i < corners.size(); i += 2)
    if (!taken.emplace(corners[i], corners[i + 1]).second) return true;
  return false;
}

/// Where a lattice begins whose first place is `least`: within the first step, or before the slide.
int64_t beginOf(int64_t least, int64_t stride) {
  return least < 0 ? least : least % stride;
}

tl::unexpected<Error> gridTooLarge(int64_t columns, int64_t rows) {
  return fail(fmt::format("its grid of {} x {} tiles is too large", columns, rows));
}

class ForeignLayout final {
 public:
  ForeignLayout(TileCorners corners, int64_t side) : m_corners(std::move(corners)), m_side(side) {
    m_left = m_right = m_corners[0];
    m_top = m_bottom = m_corners[1];
    for (size_t i = 0; i < m_corners.size(); i += 2) {
      m_left = std::min<int64_t>(m_left, m_corners[i]);
      m_right = std::max<int64_t>(m_right, m_corners[i]);
      m_top = std::min<int64_t>(m_top, m_corners[i + 1]);
      m_bottom = std::max<int64_t>(m_bottom, m_corners[i + 1]);
    }
  }

  Result<TileGrid> lay() {
    const int64_t common = commonStep(m_corners, m_side);
    if (common == m_side && !haveDoubles(m_corners)) return sideBySide();
    return common * kFinestCells >= m_side ? covered(common, 0)
                                           : covered((m_side + kUsualCells - 1) / kUsualCells, 1);
  }

 private:
  int64_t columnsOf(int64_t stride) const {
    return (m_right + m_side - beginOf(m_left, stride) + stride - 1) / stride;
  }
  int64_t rowsOf(int64_t stride) const {
    return (m_bottom + m_side - beginOf(m_top, stride) + stride - 1) / stride;
  }

  TileGrid gridOf(int64_t stride) const {
    TileGrid grid{int(m_side), int(stride), int(columnsOf(stride)), int(rowsOf(stride)), {}};
    grid.left = int(beginOf(m_left, stride));
    grid.top = int(beginOf(m_top, stride));
    for (size_t i = 0; i < m_corners.size(); i += 2)
      grid.cells.push_back({int((m_corners[i] - int64_t(grid.left)) / stride),
                            int((m_corners[i + 1] - int64_t(grid.top)) / stride)});
    return grid;
  }

  Result<TileGrid> sideBySide() const {
    const int64_t columns = columnsOf(m_side), rows = rowsOf(m_side);
    if (std::max(columns, rows) > kMostOfLattice || columns * rows > kMostLatticeCells)
      return gridTooLarge(columns, rows);
    return gridOf(m_side);
  }

  Result<TileGrid> covered(int64_t stride, double slack) {
    const auto fits = [&](int64_t step) {
      return std::max(columnsOf(step), rowsOf(step)) <= kMostCoveredASide &&
             columnsOf(step) * rowsOf(step) <= kMostCovered;
    };
    for (; !fits(stride); slack = 1)
      if ((stride *= 2) > m_side) return gridTooLarge(columnsOf(m_side), rowsOf(m_side));
    TileGrid grid = gridOf(stride);
    grid.cover = coverOf(grid, std::move(m_corners), slack);
    return grid;
  }

  TileCorners m_corners;
  const int64_t m_side;
  int64_t m_left, m_right, m_top, m_bottom;  ///< of the tiles' corners
};

}  // namespace

Result<TileGrid> layForeignTiles(const std::vector<double>& places, double side) {
  TileCorners corners;
  corners.reserve(places.size());
  for (const double place : places) corners.push_back(int32_t(std::lround(place)));
  const int64_t known = side > 0 && side <= double(kWidestTile) ? std::lround(side) : 0;
  if (side > 0 && known < 1)
    return fail(fmt::format("its tiles are {:.7g} pixels wide, which none is", side));
  if (corners.empty())
    return TileGrid{int(std::max<int64_t>(known, 1)), int(std::max<int64_t>(known, 1)), 0, 0, {}};
  const Result<int64_t> used = known > 0 ? known : sideByPlaces(corners);
  if (!used) return tl::unexpected(used.error());
  return ForeignLayout(std::move(corners), *used).lay();
}

TileGrid tilesInLine(size_t count) {
  constexpr size_t kColumns = 1000;
  TileGrid grid{1, 1, int(kColumns), int(count / kColumns) + 1, {}};
  for (size_t i = 0; i < count; ++i) grid.cells.push_back({int(i % kColumns), int(i / kColumns)});
  return grid;
}

}  // namespace geneglass
