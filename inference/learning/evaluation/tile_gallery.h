// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// Galleries of what a model looks at (methods.md section 1): a gene's labels are cut in 7 bins of equal
/// width, and per bin the tile and the five tiles of highest attention (N a_i, so that bags of any size
/// compare) are shown from low to high expression.
class TileGallery final {
 public:
  static constexpr size_t kBins = 7;
  static constexpr size_t kTiles = 5;

  explicit TileGallery(std::string labelUnit) : m_labelUnit(std::move(labelUnit)) {}

  /// `row`: of the prediction's maps; labels: one a case, NaN where missing.
  void addGene(const std::string& symbol, size_t row, const std::vector<float>& labels);

  /// The maps of one case over all of its slides' tiles, one slide after the other.
  void add(size_t caseIndex, const std::vector<std::filesystem::path>& slides,
           const std::vector<TileGrid>& grids, const Matrix& attention);

  /// A tile chosen for a bin.
  struct Chosen {
    double attention = 0;  ///< N a_i
    std::filesystem::path slide;
    Rect area;  ///< level-0 pixels
  };
  struct Bin {
    double low = 0;
    double high = 0;
    int cases = 0;
    std::vector<Chosen> tiles;  ///< highest attention first
  };
  struct Gene {
    std::string symbol;
    size_t row = 0;              ///< of the prediction's maps
    std::vector<int> binOfCase;  ///< -1: no label
    std::vector<Bin> bins;
  };
  const std::vector<Gene>& genes() const { return m_genes; }  ///< in the order they were added
  const std::string& labelUnit() const { return m_labelUnit; }

 private:
  std::string m_labelUnit;
  std::vector<Gene> m_genes;
};

}  // namespace geneglass
