// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// Draws of squares of tiles from one region: a block bootstrap of means over tiles that resemble their
/// neighbours. Each draw lays a lattice of squares over the region, from one of 25 origins, and takes as many
/// of them with replacement as hold a tile of the region, each with those tiles. One set of draws serves
/// every gene: a gene costs a sum a square. Constant once made; any thread.
class RegionSquares final {
 public:
  /// `tiles`: of the region, their numbers in the grid. `side` of a square in widths of a tile, whole
  /// fifths of which the origins lie apart. Every draw takes from `random`: its origin (random % 25), then
  /// each of its squares, which are numbered by their first tile.
  RegionSquares(const TileGrid& grid, std::span<const size_t> tiles, int side, int draws,
                std::mt19937_64& random);

  /// How many whole squares the region is worth: n^2 / sum n_k^2 of n tiles, n_k in the kth square (Kish),
  /// the mean over the origins. So a square with few tiles counts little.
  double squares() const { return m_squares; }

  /// Standard deviation over the draws of the mean of `values`, of the region's tiles in their order, times
  /// sqrt(B / (B - 1)) with B = max(2, squares()).
  double deviationOfMean(std::span<const double> values) const;

 private:
  struct Lattice {
    std::vector<uint32_t> squareOf;  ///< of each tile
    std::vector<double> tiles;       ///< in each square
  };
  struct Draw {
    uint32_t lattice = 0;
    double tiles = 0;
    std::vector<uint16_t> times;  ///< each square of the lattice was taken
  };
  static Lattice latticeOf(const TileGrid& grid, std::span<const size_t> tiles, int side, int origin);

  std::vector<Lattice> m_lattices;
  std::vector<Draw> m_draws;
  double m_squares = 0;
};

/// The standard error of a region's mean, and how many squares it is from.
struct MeanError {
  double deviation = 0;
  double freedom = 1;  ///< degrees of freedom
};

/// Squares cut what resembles each other across their edges, so that their deviation s(side) = s (1 - c /
/// side) is too small by a c which how far tiles resemble each other decides. From two sides that is taken
/// off: s = 2 s(10) - s(5), not below s(5) (Richardson's extrapolation; measured in
/// tests/benchmark/RESULTS.md). The degrees of freedom are those of the larger squares.
class RegionDraws final {
 public:
  RegionDraws(const TileGrid& grid, std::span<const size_t> tiles, int side, int draws,
              std::mt19937_64& random);

  double squares() const { return m_squares.squares(); }  ///< of `side`
  MeanError errorOfMean(std::span<const double> values) const;

 private:
  RegionSquares m_squares;
  RegionSquares m_larger;  ///< of twice the side
};

}  // namespace geneglass
