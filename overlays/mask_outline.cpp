// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/mask_outline.h"

#include <algorithm>
#include <array>

namespace geneglass {
namespace {

/// Directions of an edge along the cells, clockwise: right, down, left, up. Tissue is to the right of the
/// way.
constexpr std::array<int, 4> kStepX{1, 0, -1, 0};
constexpr std::array<int, 4> kStepY{0, 1, 0, -1};

/// The edges that leave each corner of the cells, one bit a direction.
class Corners {
 public:
  explicit Corners(const TissueMask& mask)
      : m_columns(mask.columns + 1), m_leaving(size_t(mask.columns + 1) * size_t(mask.rows + 1)) {
    const auto tissue = [&](int column, int row) {
      return column >= 0 && row >= 0 && column < mask.columns && row < mask.rows &&
             mask.cells[size_t(row) * size_t(mask.columns) + size_t(column)] != 0;
    };
    for (int row = 0; row < mask.rows; ++row)
      for (int column = 0; column < mask.columns; ++column) {
        if (!tissue(column, row)) continue;
        if (!tissue(column, row - 1)) at(column, row) |= 1;
        if (!tissue(column + 1, row)) at(column + 1, row) |= 2;
        if (!tissue(column, row + 1)) at(column + 1, row + 1) |= 4;
        if (!tissue(column - 1, row)) at(column, row + 1) |= 8;
      }
  }
  uint8_t& at(int x, int y) { return m_leaving[size_t(y) * size_t(m_columns) + size_t(x)]; }

 private:
  int m_columns;
  std::vector<uint8_t> m_leaving;
};

/// Follows one ring from a corner and takes its edges away. Where two cells touch at a corner they stay
/// apart.
OutlineRing follow(Corners& corners, int x, int y, double step) {
  OutlineRing ring;
  const int startX = x, startY = y;
  int direction = -1;
  do {
    const uint8_t leaving = corners.at(x, y);
    int next = direction < 0 ? 0 : (direction + 1) % 4;
    while (!(leaving >> next & 1)) next = (next + 1) % 4;
    if (next != direction) ring.points.push_back({x * step, y * step});
    corners.at(x, y) = uint8_t(leaving & ~(1u << next));
    direction = next;
    x += kStepX[size_t(direction)];
    y += kStepY[size_t(direction)];
  } while (x != startX || y != startY);
  return ring;
}

Rect boxOf(const std::vector<Point>& points) {
  const auto [left, right] = std::ranges::minmax(points, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(points, {}, &Point::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

}  // namespace

std::vector<OutlineRing> outlineOf(const TissueMask& mask) {
  Corners corners(mask);
  std::vector<OutlineRing> rings;
  for (int y = 0; y <= mask.rows; ++y)
    for (int x = 0; x <= mask.columns; ++x)
      while (corners.at(x, y)) {
        rings.push_back(follow(corners, x, y, mask.step));
        rings.back().box = boxOf(rings.back().points);
      }
  return rings;
}

}  // namespace geneglass
