// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Gathers, slide by slide, how well evidence maps find planted tumour: a tile is positive where at least
/// half of its tissue is of the class tumour.
class EvidenceScores final {
 public:
  /// evidence: one value a cell of `grid`. A slide without planted truth adds nothing. Errors: a truth file
  /// that cannot be read.
  Result<void> add(const std::filesystem::path& slide, const TileGrid& grid, std::span<const float> evidence);

  int slides() const { return m_slides; }     ///< with both kinds of tile
  std::optional<double> meanAuc() const;      ///< over these slides, the AUC over their tiles
  std::optional<double> allTilesAuc() const;  ///< over the tiles of all slides, normal ones included

 private:
  std::vector<double> m_values;
  std::vector<bool> m_positive;
  double m_sum = 0;
  int m_slides = 0;
};

}  // namespace geneglass
