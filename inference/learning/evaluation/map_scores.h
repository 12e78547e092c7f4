// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "inference/synthetic/planted_expression.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Share of a gene's driver classes in a tile's tissue from which the tile counts as positive.
constexpr double kPositiveShare = 0.5;

/// The function planted for this gene; none for a gene the synthetic slides do not have.
const PlantedGene* plantedGene(const std::string& symbol);

/// Gathers, slide by slide, how well expression maps find the tiles where planted genes are driven.
class MapScores final {
 public:
  explicit MapScores(std::vector<std::string> symbols);

  /// expression: G x tiles of the whole bag, of which the slide's begin at `first` and lie as `grid`. A slide
  /// without planted truth adds nothing. Errors: a truth file that cannot be read.
  Result<void> add(const std::filesystem::path& slide, const TileGrid& grid, const Matrix& expression,
                   size_t first);

  /// Whether any slide had planted truth.
  bool any() const { return m_slides > 0; }
  /// Mean AUC over the slides with both kinds of tile; none for a gene that follows nothing.
  std::optional<double> meanAuc(size_t gene) const;

 private:
  std::vector<std::string> m_symbols;
  std::vector<double> m_sums;
  std::vector<int> m_counts;
  int m_slides = 0;
};

}  // namespace geneglass
