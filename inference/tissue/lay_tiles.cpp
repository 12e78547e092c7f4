// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/lay_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace geneglass {

/// Tiles of a slide this much coarser than the model's could only be magnified: detail the model knows is not
/// there.
static constexpr double kCoarsest = 1.5;

/// Tiles that overlap more would tell nothing new.
static constexpr double kMostStridesATile = 8;

Result<void> checkScale(const Slide& slide, double modelMpp) {
  if (auto unfit = unfitForModels(slide)) return tl::unexpected(*unfit);
  const double mpp = slide.mpp->mean();
  if (mpp > kCoarsest * modelMpp)
    return fail(fmt::format("'{}' has {:.3g} um per pixel, too coarse for a model of {:.3g} um per pixel.",
                            slide.file.string(), mpp, modelMpp));
  return {};
}

Result<TileGrid> layTiles(const Slide& slide, const TissueMask& tissue, int tilePixels, double modelMpp,
                          double minimumTissue, std::optional<double> stride) {
  if (const Result<void> fits = checkScale(slide, modelMpp); !fits) return tl::unexpected(fits.error());
  const double mpp = slide.mpp->mean();
  const double side = tilePixels * modelMpp;
  if (stride && !(*stride <= side && *stride >= side / kMostStridesATile))
    return fail(fmt::format(
        "Cannot lay tiles over '{}' every {:.4g} um: of a side of {:.4g} um it takes {:.4g} to {:.4g}.",
        slide.file.string(), *stride, side, side / kMostStridesATile, side));
  TileGrid grid;
  grid.tile = static_cast<int>(std::lround(side / mpp));
  grid.stride = stride ? std::max(1, static_cast<int>(std::lround(*stride / mpp))) : grid.tile;
  const Size size = slide.size();
  if (size.width < grid.tile || size.height < grid.tile) return grid;
  grid.columns = static_cast<int>((size.width - grid.tile) / grid.stride + 1);
  grid.rows = static_cast<int>((size.height - grid.tile) / grid.stride + 1);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const TileGrid::Cell cell{column, row};
      // A hair less than asked for, since the parts of cells do not add up exactly.
      if (tissue.fractionIn(grid.area(cell)) >= minimumTissue - 1e-9) grid.cells.push_back(cell);
    }
  return grid;
}

SlideQuality qualityOf(const Slide& slide, const TissueMask& tissue, const TileGrid& grid,
                       double minimumTissue) {
  SlideQuality quality;
  if (tissue.penPixels == 0 || !slide.mpp) return quality;
  quality.penMm2 = tissue.penPixels * slide.mpp->x * slide.mpp->y / 1e6;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const Rect area = grid.area({column, row});
      const double pen = tissue.penIn(area), share = pen > 0 ? tissue.fractionIn(area) : 0;
      quality.penTiles += share > 0 && share < minimumTissue - 1e-9 && share + pen >= minimumTissue;
    }
  return quality;
}

}  // namespace geneglass
