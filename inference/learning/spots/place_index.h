// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Finds places near a place without asking all of them. Any unit; the places must live as long as this.
class PlaceIndex final {
 public:
  explicit PlaceIndex(std::span<const Point> places);

  /// Those at most `reach` away, and some that are a little further, by rising index.
  void near(Point from, double reach, std::vector<size_t>& found) const;
  /// How far the nearest place that is not this one lies; infinite where it is alone.
  double toNearestOther(size_t place) const;

 private:
  struct Cell {
    int column = 0, row = 0;
  };
  Cell cellOf(Point place) const;
  std::span<const size_t> in(int column, int row) const;

  std::span<const Point> m_places;
  Point m_corner;     ///< of the first cell; what lies further out is in the cells at the edges
  double m_side = 1;  ///< of a cell
  int m_columns = 1, m_rows = 1;
  std::vector<size_t> m_firsts, m_items;  ///< by cell, row by row; within a cell by rising index
};

}  // namespace geneglass
