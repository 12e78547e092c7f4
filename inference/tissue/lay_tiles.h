// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "inference/prediction/slide_quality.h"
#include "inference/prediction/tile_grid.h"
#include "inference/tissue/tissue_mask.h"

namespace geneglass {

/// Whether tiles of `modelMpp` micrometres per pixel can be laid over the slide at all, before its tissue is
/// looked for. Errors: what unfitForModels() has against it; it is too coarse.
Result<void> checkScale(const Slide& slide, double modelMpp);

/// Lays out tiles of `tilePixels` at `modelMpp` micrometres per pixel over the slide; a tile is kept when at
/// least `minimumTissue` (0..1) of it is tissue and it lies wholly inside level 0. `stride`: micrometres from
/// one tile to the next, at most a tile's side and at least an eighth of it; none: side by side. Errors: the
/// slide's mpp is unknown (the sentence says how to give it) or too coarse; another stride.
Result<TileGrid> layTiles(const Slide& slide, const TissueMask& tissue, int tilePixels, double modelMpp,
                          double minimumTissue, std::optional<double> stride = {});

/// What the pen on the tissue costs a grid that layTiles() laid.
SlideQuality qualityOf(const Slide& slide, const TissueMask& tissue, const TileGrid& grid,
                       double minimumTissue);

}  // namespace geneglass
