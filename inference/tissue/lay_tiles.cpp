// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/lay_tiles.h"

#include <fmt/format.h>

#include <cmath>

namespace geneglass {

/// Tiles of a slide this much coarser than the model's could only be magnified: detail the model knows is not
/// there.
static constexpr double kCoarsest = 1.5;

Result<TileGrid> layTiles(const Slide& slide, const TissueMask& tissue, int tilePixels, double modelMpp,
                          double minimumTissue) {
  if (!slide.mpp) return tl::unexpected(unknownMpp(slide));
  const double mpp = slide.mpp->mean();
  if (mpp > kCoarsest * modelMpp)
    return fail(fmt::format("'{}' has {:.3g} um per pixel, too coarse for a model of {:.3g} um per pixel.",
                            slide.file.string(), mpp, modelMpp));
  TileGrid grid;
  grid.tile = grid.stride = static_cast<int>(std::lround(tilePixels * modelMpp / mpp));
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

}  // namespace geneglass
