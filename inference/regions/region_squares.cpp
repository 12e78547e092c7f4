// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/region_squares.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace geneglass {
namespace {

constexpr int kOriginsASide = 5;

}  // namespace

RegionSquares::Lattice RegionSquares::latticeOf(const TileGrid& grid, std::span<const size_t> tiles, int side,
                                                int origin) {
  const int cellsATile = std::max(1, int(std::lround(double(grid.tile) / grid.stride)));
  const int width = side * cellsATile, step = width / kOriginsASide;
  const int left = origin % kOriginsASide * step, top = origin / kOriginsASide * step;
  std::map<std::pair<int, int>, uint32_t> numbers;
  Lattice lattice;
  for (const size_t tile : tiles) {
    const TileGrid::Cell& cell = grid.cells[tile];
    const std::pair key((cell.row + top) / width, (cell.column + left) / width);
    const uint32_t square = numbers.emplace(key, uint32_t(numbers.size())).first->second;
    lattice.squareOf.push_back(square);
    lattice.tiles.resize(numbers.size());
    ++lattice.tiles[square];
  }
  return lattice;
}

RegionSquares::RegionSquares(const TileGrid& grid, std::span<const size_t> tiles, int side, int draws,
                             std::mt19937_64& random) {
  constexpr int kOrigins = kOriginsASide * kOriginsASide;
  for (int origin = 0; origin < kOrigins; ++origin) {
    m_lattices.push_back(latticeOf(grid, tiles, side, origin));
    double squares = 0;
    for (const double count : m_lattices.back().tiles) squares += count * count;
    m_squares += double(tiles.size()) * double(tiles.size()) / squares / kOrigins;
  }
  m_draws.resize(size_t(draws));
  for (Draw& draw : m_draws) {
    draw.lattice = uint32_t(random() % kOrigins);
    const std::vector<double>& held = m_lattices[draw.lattice].tiles;
    draw.times.resize(held.size());
    for (size_t i = 0; i < held.size(); ++i) {
      const size_t square = random() % held.size();
      ++draw.times[square];
      draw.tiles += held[square];
    }
  }
}

double RegionSquares::deviationOfMean(std::span<const double> values) const {
  double mean = 0;
  for (const double value : values) mean += value / double(values.size());
  std::vector<std::vector<double>> sums;  // about the mean, of each lattice's squares
  for (const Lattice& lattice : m_lattices) {
    std::vector<double>& own = sums.emplace_back(lattice.tiles.size());
    for (size_t i = 0; i < values.size(); ++i) own[lattice.squareOf[i]] += values[i] - mean;
  }
  double sum = 0, squares = 0;
  for (const Draw& draw : m_draws) {
    const std::vector<double>& own = sums[draw.lattice];
    double drawn = 0;
    for (size_t square = 0; square < own.size(); ++square) drawn += draw.times[square] * own[square];
    drawn /= draw.tiles;
    sum += drawn;
    squares += drawn * drawn;
  }
  const double count = double(m_draws.size()), worth = std::max(2.0, m_squares);
  const double variance = std::max(0.0, squares - sum * sum / count) / (count - 1);
  return std::sqrt(variance * worth / (worth - 1));
}

RegionDraws::RegionDraws(const TileGrid& grid, std::span<const size_t> tiles, int side, int draws,
                         std::mt19937_64& random)
    : m_squares(grid, tiles, side, draws, random), m_larger(grid, tiles, 2 * side, draws, random) {}

MeanError RegionDraws::errorOfMean(std::span<const double> values) const {
  const double small = m_squares.deviationOfMean(values), large = m_larger.deviationOfMean(values);
  return {std::max(small, 2 * large - small), std::max(1.0, m_larger.squares() - 1)};
}

}  // namespace geneglass
