// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/place_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace geneglass {
namespace {

struct Span {
  double low = 0, high = 0;
};

/// Where nearly all values lie: a few that are far out do not widen it.
Span bulkOf(std::span<const Point> places, double Point::*axis) {
  std::vector<double> values;
  for (const Point& place : places) values.push_back(place.*axis);
  const auto at = [&](double share) {
    const auto middle = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::ranges::nth_element(values, middle);
    return *middle;
  };
  const double low = at(0.05), high = at(0.95), margin = (high - low) / 8;
  return {low - margin, high + margin};
}

}  // namespace

PlaceIndex::PlaceIndex(std::span<const Point> places) : m_places(places) {
  if (places.empty()) return;
  const Span across = bulkOf(places, &Point::x), down = bulkOf(places, &Point::y);
  const double width = across.high - across.low, height = down.high - down.low;
  const auto count = double(places.size());
  m_side = std::max(std::sqrt(width * height / count), std::max(width, height) / count);
  if (!(m_side > 0) || !std::isfinite(m_side)) m_side = 1;
  m_corner = {across.low, down.low};
  m_columns = int(std::min(width / m_side, 4 * count)) + 1;
  m_rows = int(std::min(height / m_side, 4 * count)) + 1;
  m_firsts.assign(size_t(m_columns) * size_t(m_rows) + 1, 0);
  const auto numberOf = [&](const Point& place) {
    const Cell cell = cellOf(place);
    return size_t(cell.row) * size_t(m_columns) + size_t(cell.column);
  };
  for (const Point& place : places) ++m_firsts[numberOf(place) + 1];
  for (size_t cell = 1; cell < m_firsts.size(); ++cell) m_firsts[cell] += m_firsts[cell - 1];
  std::vector<size_t> next(m_firsts.begin(), m_firsts.end() - 1);
  m_items.resize(places.size());
  for (size_t i = 0; i < places.size(); ++i) m_items[next[numberOf(places[i])]++] = i;
}

PlaceIndex::Cell PlaceIndex::cellOf(Point place) const {
  const auto clamped = [&](double from, int count) {
    const double cell = std::floor(from / m_side);
    return cell > 0 ? int(std::min(cell, double(count - 1))) : 0;  // what is no number too
  };
  return {clamped(place.x - m_corner.x, m_columns), clamped(place.y - m_corner.y, m_rows)};
}

std::span<const size_t> PlaceIndex::in(int column, int row) const {
  const size_t cell = size_t(row) * size_t(m_columns) + size_t(column);
  return std::span(m_items).subspan(m_firsts[cell], m_firsts[cell + 1] - m_firsts[cell]);
}

void PlaceIndex::near(Point from, double reach, std::vector<size_t>& found) const {
  found.clear();
  if (m_places.empty()) return;
  const double wide = reach * 1.001;  // what is rounded either way is asked too
  const Cell first = cellOf({from.x - wide, from.y - wide}), last = cellOf({from.x + wide, from.y + wide});
  for (int row = first.row; row <= last.row; ++row)
    for (int column = first.column; column <= last.column; ++column)
      for (const size_t i : in(column, row))
        if (std::abs(m_places[i].x - from.x) <= wide && std::abs(m_places[i].y - from.y) <= wide)
          found.push_back(i);
  std::ranges::sort(found);
}

double PlaceIndex::toNearestOther(size_t place) const {
  const Point from = m_places[place];
  const Cell middle = cellOf(from);
  double least = std::numeric_limits<double>::infinity();
  const auto ask = [&](int column, int row) {
    if (column < 0 || row < 0 || column >= m_columns || row >= m_rows) return;
    for (const size_t i : in(column, row)) {
      if (least == 0) return;
      if (i != place) least = std::min(least, std::hypot(m_places[i].x - from.x, m_places[i].y - from.y));
    }
  };
  const int rings = std::max(m_columns, m_rows);
  for (int ring = 0; ring < rings && least > (ring - 1) * m_side; ++ring)
    for (int along = -ring; along <= ring; ++along) {
      ask(middle.column + along, middle.row - ring);
      if (ring == 0) continue;
      ask(middle.column + along, middle.row + ring);
      if (std::abs(along) == ring) continue;
      ask(middle.column - ring, middle.row + along);
      ask(middle.column + ring, middle.row + along);
    }
  return least;
}

}  // namespace geneglass
