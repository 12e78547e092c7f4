// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// A connected region at least as large as 4 tiles whose contribution is in the slide's top 5 % and whose
/// attention, where the model weighs tiles, is above uniform (methods.md section 3). Only well predicted
/// genes have hotspots.
struct Hotspot {
  int gene = 0;  ///< index into Prediction::genes
  int rank = 1;  ///< 1 = largest area of its gene
  double areaMm2 = 0;
  double mean = 0;                        ///< mean expression estimate over its tiles
  std::vector<TileGrid::Cell> cells;      ///< of the grid's mapCells()
  std::vector<std::vector<Point>> rings;  ///< outlines in level-0 pixels: the outer one first, then holes
};

/// Hotspots of one gene: 8-connected, percentile(contribution) >= 95 and attention > 1, at least 4 tiles
/// large; where tiles overlap each stands for the stride's square in its middle, and where the grid has a
/// cover all of this is of its cells, which show the mean of their tiles. `attention` is empty where every
/// tile counts alike: then contribution decides alone.
std::vector<Hotspot> findHotspots(const TileGrid& grid, std::span<const float> contribution,
                                  std::span<const float> attention, std::span<const float> expression,
                                  double mpp, int gene);

/// Of each tile, whether its middle lies in one of the hotspots.
std::vector<bool> tilesWithin(const TileGrid& grid, const std::vector<Hotspot>& hotspots);

/// Share of values <= `value`, ties counted half, 0..100.
double percentileOf(std::span<const float> sorted, float value);

}  // namespace geneglass
