// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "inference/prediction/slide_quality.h"
#include "inference/prediction/tile_grid.h"

// For .cpp files of inference only: HDF5 stays inside the layer.
#include "viewer/foundation/files/hdf5_reading.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Attributes pen_mm2, pen_tiles and, where focus was judged, blurred_tiles: K; `blurred` K x 2 int32, none
/// where K is 0: the upper left corners of the tiles that are out of focus, level-0 px.
void writeBagQuality(H5::H5File& file, const SlideQuality& quality, const TileGrid& grid);

/// None in bags that do not say. Errors, a clause on the file: a number out of its range, a tile that does
/// not lie on the grid.
Result<std::optional<SlideQuality>> readBagQuality(const H5::H5File& file, const TileGrid& grid);

}  // namespace geneglass
