// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/morans_i.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "inference/prediction/map_values.h"
#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr int kBlockTiles = 5;

/// Adds to sums[x] the products of a row's places with the four neighbours that come after them.
GENEGLASS_WIDE void addProducts(const double* row, const double* below, size_t width, double* sums) {
  for (size_t x = 1; x + 1 < width; ++x)
    sums[x] += row[x] * (row[x + 1] + below[x - 1] + below[x] + below[x + 1]);
}

}  // namespace

SpatialAutocorrelation::SpatialAutocorrelation(const TileGrid& grid) : m_grid(grid) {
  const std::vector<TileGrid::Cell>& cells = grid.mapCells();
  if (cells.empty()) return;
  TileGrid::Cell least = cells.front(), most = least;
  for (const TileGrid::Cell& cell : cells) {
    least = {std::min(least.column, cell.column), std::min(least.row, cell.row)};
    most = {std::max(most.column, cell.column), std::max(most.row, cell.row)};
  }
  m_width = size_t(most.column - least.column) + 3, m_height = size_t(most.row - least.row) + 3;
  std::vector<uint32_t> placeOfCell;
  std::vector<double> there(m_width * m_height);
  for (const TileGrid::Cell& cell : cells) {
    placeOfCell.push_back(
        uint32_t(size_t(cell.row - least.row + 1) * m_width + size_t(cell.column - least.column + 1)));
    there[placeOfCell.back()] = 1;
  }
  m_pairs = size_t(std::llround(sumOfProducts(there)));
  for (size_t i = 0; i < cells.size(); ++i) {
    double around = -1;
    for (size_t row = placeOfCell[i] - m_width; row <= placeOfCell[i] + m_width; row += m_width)
      around += there[row - 1] + there[row] + there[row + 1];
    if (around == 0) continue;
    m_kept.push_back(uint32_t(i));
    m_place.push_back(placeOfCell[i]);
  }
  layBlocks(std::max(1, int(std::lround(double(kBlockTiles * grid.tile) / grid.stride))));
}

void SpatialAutocorrelation::layBlocks(int side) {
  m_slots = size_t(side) * size_t(side);
  std::map<std::pair<size_t, size_t>, size_t> numbers;
  std::vector<double> counts;
  for (size_t i = 0; i < m_place.size(); ++i) {
    const size_t column = m_place[i] % m_width - 1, row = m_place[i] / m_width - 1;
    const auto [known, fresh] =
        numbers.emplace(std::pair(row / size_t(side), column / size_t(side)), numbers.size());
    if (fresh) m_blocks.resize(m_blocks.size() + m_slots, -1), counts.push_back(0);
    m_blocks[known->second * m_slots + row % size_t(side) * size_t(side) + column % size_t(side)] =
        int32_t(i);
    ++counts[known->second];
  }
  const double n = double(m_place.size());
  if (n > 0) m_worth = n * n / std::inner_product(counts.begin(), counts.end(), counts.begin(), 0.0);
}

/// Over all pairs of neighbours, each once; the field is 0 where no cell is.
double SpatialAutocorrelation::sumOfProducts(std::span<const double> field) const {
  std::vector<double> sums(m_width);
  for (size_t row = 1; row + 1 < m_height; ++row)
    addProducts(field.data() + row * m_width, field.data() + (row + 1) * m_width, m_width, sums.data());
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

/// from[i]: whose value the ith kept cell gets.
void SpatialAutocorrelation::permute(std::mt19937_64& random, std::vector<uint32_t>& from) const {
  const size_t count = m_blocks.size() / m_slots;
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  std::vector<uint32_t> empty, left;
  for (size_t block = 0; block < count; ++block) {
    const int32_t *to = m_blocks.data() + block * m_slots, *source = m_blocks.data() + order[block] * m_slots;
    for (size_t slot = 0; slot < m_slots; ++slot) {
      if (to[slot] >= 0 && source[slot] >= 0)
        from[size_t(to[slot])] = uint32_t(source[slot]);
      else if (to[slot] >= 0)
        empty.push_back(uint32_t(to[slot]));
      else if (source[slot] >= 0)
        left.push_back(uint32_t(source[slot]));
    }
  }
  for (size_t i = 0; i < empty.size(); ++i) from[empty[i]] = left[i];
}

double SpatialAutocorrelation::chanceOf(const Centred& map, double sum, uint64_t seed) const {
  std::mt19937_64 random(seed);
  std::vector<uint32_t> from(map.values.size());
  std::vector<double> field(m_width * m_height);
  int asHigh = 0;
  for (int draw = 0; draw < kPermutations; ++draw) {
    permute(random, from);
    for (size_t i = 0; i < from.size(); ++i) field[m_place[i]] = map.values[from[i]];
    asHigh += sumOfProducts(field) >= sum - 1e-12 * map.squares;
  }
  return (1.0 + asHigh) / (1.0 + kPermutations);
}

SpatialAutocorrelation::Centred SpatialAutocorrelation::centred(std::span<const float> values) const {
  const std::vector<float> shown = valuesOnMap(m_grid, values);
  Centred map;
  double mean = 0, largest = 0;
  for (const uint32_t cell : m_kept) mean += shown[cell] / double(m_kept.size());
  for (const uint32_t cell : m_kept) {
    map.values.push_back(shown[cell] - mean);
    map.squares += map.values.back() * map.values.back();
    largest = std::max(largest, std::abs(double(shown[cell])));
  }
  if (!(map.squares > double(m_kept.size()) * std::pow(1e-7 * largest, 2))) map.squares = 0;
  return map;
}

std::vector<double> SpatialAutocorrelation::fieldOf(const Centred& map) const {
  std::vector<double> field(m_width * m_height);
  for (size_t i = 0; i < map.values.size(); ++i) field[m_place[i]] = map.values[i];
  return field;
}

MoransI SpatialAutocorrelation::judge(const Centred& map, double sum) const {
  MoransI found{.places = m_kept.size(), .blocks = m_worth};
  const double n = double(m_kept.size());
  if (n < 3) return found;
  found.expected = -1 / (n - 1);
  if (map.squares > 0) found.i = n / double(m_pairs) * sum / map.squares;
  return found;
}

MoransI SpatialAutocorrelation::of(std::span<const float> values) const {
  const Centred map = centred(values);
  return judge(map, sumOfProducts(fieldOf(map)));
}

MoransI SpatialAutocorrelation::withChance(std::span<const float> values, uint64_t seed) const {
  const Centred map = centred(values);
  const double sum = sumOfProducts(fieldOf(map));
  MoransI found = judge(map, sum);
  if (map.squares > 0 && m_worth >= kFewestBlocks) found.p = chanceOf(map, sum, seed);
  return found;
}

}  // namespace geneglass
