// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "inference/prediction/prediction.h"
#include "inference/regions/region.h"
#include "tests/support/held_maps.h"

namespace geneglass::testing {

/// A sum of many small tiles' worth of noise that resembles itself over `reach` tiles: white noise smoothed
/// by a Gaussian of that deviation, of mean 0 and deviation 1, whose correlation at d tiles is exp(-d^2 / (4
/// reach^2)). The same everywhere: no part of it is a region of its own.
class NullField final {
 public:
  NullField(int columns, int rows, double reach, std::mt19937_64& random) : m_columns(columns) {
    const int margin = int(std::ceil(4 * reach));
    const int wide = columns + 2 * margin, high = rows + 2 * margin;
    std::normal_distribution<double> normal;
    std::vector<double> noise(size_t(wide) * size_t(high));
    for (double& value : noise) value = normal(random);
    std::vector<double> kernel;
    double squares = 0;
    for (int i = -margin; i <= margin; ++i) {
      kernel.push_back(reach > 0 ? std::exp(-i * i / (2 * reach * reach)) : 1);
      squares += kernel.back() * kernel.back();
    }
    std::vector<double> across(size_t(columns) * size_t(high));
    for (int row = 0; row < high; ++row)
      for (int column = 0; column < columns; ++column)
        for (int i = 0; i < int(kernel.size()); ++i)
          across[size_t(row * columns + column)] +=
              kernel[size_t(i)] * noise[size_t(row * wide + column + i)];
    m_values.resize(size_t(columns) * size_t(rows));
    for (int row = 0; row < rows; ++row)
      for (int column = 0; column < columns; ++column)
        for (int i = 0; i < int(kernel.size()); ++i)
          m_values[size_t(row * columns + column)] +=
              kernel[size_t(i)] * across[size_t((row + i) * columns + column)] / squares;
  }
  double at(const TileGrid::Cell& cell) const { return m_values[size_t(cell.row * m_columns + cell.column)]; }

 private:
  int m_columns;
  std::vector<double> m_values;
};

/// A section and a region drawn in it, both of shapes that fields give, as tissue has them.
struct NullSection {
  Prediction prediction;  ///< its genes still to come
  Region region;
};

/// `share` of the tissue is the region. Tiles of 100 px at 1 um, 90 x 70 of them.
inline NullSection madeSection(double share, std::mt19937_64& random) {
  constexpr int kColumns = 90, kRows = 70;
  NullSection made;
  made.prediction.slideFile = "null.tif";
  made.prediction.slideSize = {kColumns * 100, kRows * 100};
  made.prediction.mpp = 1;
  made.prediction.grid = {100, 100, kColumns, kRows, {}};
  const NullField edge(kColumns, kRows, 9, random), shape(kColumns, kRows, 8, random);
  std::vector<double> heights;
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) {
      const double x = (column - kColumns / 2.0) / (kColumns * 0.45),
                   y = (row - kRows / 2.0) / (kRows * 0.45);
      if (x * x + y * y + 0.12 * edge.at({column, row}) >= 1) continue;
      made.prediction.grid.cells.push_back({column, row});
      heights.push_back(shape.at({column, row}));
    }
  std::vector<double> sorted = heights;
  std::ranges::sort(sorted);
  const double least = sorted[size_t((1 - share) * double(sorted.size()))];
  made.region.name = "A";
  for (size_t tile = 0; tile < heights.size(); ++tile)
    if (heights[tile] >= least) {
      const Rect place = made.prediction.grid.area(made.prediction.grid.cells[tile]);
      made.region.area.parts.push_back(rectangleArea(place).parts.front());
    }
  return made;
}

/// How far tiles resemble their neighbours: parts of the variance, each over its own reach.
using Reaches = std::vector<std::pair<double, double>>;

/// As the maps of the shipped breast model do on real tissue: correlations of 0.58, 0.30, 0.16, 0.08 and 0.04
/// at 1 to 5 tiles (measured: tests/benchmark/RESULTS.md).
inline Reaches realReaches() {
  return {{0.4, 0.4}, {0.4, 1.0}, {0.2, 2.0}};
}

inline std::vector<double> drawnGene(const TileGrid& grid, const Reaches& reaches, std::mt19937_64& random) {
  std::vector<double> values(grid.count());
  for (const auto& [share, reach] : reaches) {
    const NullField field(grid.columns, grid.rows, reach, random);
    for (size_t tile = 0; tile < values.size(); ++tile)
      values[tile] += std::sqrt(share) * field.at(grid.cells[tile]);
  }
  return values;
}

/// Gives the section `nulls` genes that are the same in the region and outside, and then `planted` ones whose
/// tiles are `effect` deviations higher within.
inline void addGenes(NullSection& section, int nulls, int planted, double effect, const Reaches& reaches,
                     std::mt19937_64& random) {
  Prediction& prediction = section.prediction;
  const TileGrid& grid = prediction.grid;
  const std::vector<bool> within = placesWithin(grid, section.region.area);
  std::vector<GeneMap> maps;
  for (int gene = 0; gene < nulls + planted; ++gene) {
    const std::vector<double> values = drawnGene(grid, reaches, random);
    GeneMap& map = maps.emplace_back();
    for (size_t tile = 0; tile < values.size(); ++tile) {
      const TileGrid::Cell& cell = grid.cells[tile];
      const bool higher = gene >= nulls && within[size_t(cell.row * grid.columns + cell.column)];
      map.expression.push_back(float(values[tile] + (higher ? effect : 0)));
    }
    GenePrediction& facts = prediction.genes.emplace_back();
    facts.symbol = (gene < nulls ? "NULL" : "PLANTED") + std::to_string(gene);
    facts.wellPredicted = true;
  }
  prediction.maps = heldMaps(maps);
  prediction.maps.valuesWithout = [](const std::vector<bool>&, const std::vector<size_t>& genes,
                                     std::stop_token) -> Result<std::vector<double>> {
    return std::vector<double>(genes.size());
  };
}

}  // namespace geneglass::testing
