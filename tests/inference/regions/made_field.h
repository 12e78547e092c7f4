// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "inference/prediction/prediction.h"
#include "inference/regions/region.h"
#include "tests/support/held_maps.h"

namespace geneglass::testing {

/// Tiles of 100 px at 1 um side by side: columns x rows of them, all with tissue, and one gene a function of
/// their place. Every tile counts alike, so that the slide's value is the mean.
inline Prediction madeField(int columns, int rows,
                            const std::vector<std::function<double(int column, int row)>>& genes) {
  Prediction made;
  made.slideFile = "made.tif";
  made.slideHash = std::string(64, 'a');
  made.slideSize = {columns * 100, rows * 100};
  made.mpp = 1;
  made.modelName = "Made model";
  made.modelVersion = "0";
  made.modelHash = std::string(64, 'b');
  made.labelUnit = "log2 counts";
  made.grid = {100, 100, columns, rows, {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) made.grid.cells.push_back({column, row});
  std::vector<GeneMap> maps;
  for (const auto& value : genes) {
    GeneMap& map = maps.emplace_back();
    double sum = 0;
    for (const TileGrid::Cell& cell : made.grid.cells) {
      map.expression.push_back(float(value(cell.column, cell.row)));
      sum += double(map.expression.back());
    }
    map.contribution = map.expression;
    GenePrediction& gene = made.genes.emplace_back();
    gene.symbol = "GENE" + std::to_string(made.genes.size());
    gene.wellPredicted = true;
    gene.value = sum / double(made.grid.count());
  }
  made.maps = heldMaps(maps);
  made.maps.valuesWithout = [maps](const std::vector<bool>& leftOut, const std::vector<size_t>& wanted,
                                   std::stop_token) -> Result<std::vector<double>> {
    std::vector<double> values;
    for (const size_t gene : wanted) {
      double sum = 0, count = 0;
      for (size_t tile = 0; tile < leftOut.size(); ++tile)
        if (!leftOut[tile]) sum += double(maps[gene].expression[tile]), ++count;
      values.push_back(sum / count);
    }
    return values;
  };
  return made;
}

/// The upright rectangle of tiles [column, column + columns) x [row, row + rows) of madeField().
inline Region tilesFrom(int column, int row, int columns, int rows, std::string name = "A") {
  return {std::move(name), rectangleArea({column * 100.0, row * 100.0, columns * 100.0, rows * 100.0})};
}

}  // namespace geneglass::testing
