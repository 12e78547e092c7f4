// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "inference/prediction/gene_map.h"

namespace geneglass {

/// A tile of a slide's gallery for one gene.
struct GalleryTile {
  Rect area;                       ///< level-0 pixels
  std::optional<float> attention;  ///< A_i = N a_i, 1 = uniform; none where every tile counts alike
  float expression = 0;            ///< E_i, label's unit
};

/// The tiles of highest attention for a gene, or, where every tile counts alike, those that move its value
/// most in either direction, at most `most`, from low to high expression estimate. Tiles of the same weight
/// count in the grid's order. Computed tiles alone, where some are waiting.
std::vector<GalleryTile> chooseGalleryTiles(const TileGrid& grid, const GeneMap& map, size_t most);

}  // namespace geneglass
