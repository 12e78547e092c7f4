// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// Pixels [x, x + width) x [y, y + height) of one level, put together from tiles; transparent outside the
/// level. Coordinates are pixels of that level. Any thread. A tile that cannot be read fails the whole
/// region.
Result<Image> readLevelRegion(const Slide& slide, const TileSource& source, int level, int64_t x, int64_t y,
                              int width, int height);

/// The level-0 rectangle `area` drawn into width x height pixels: read from the nearest finer level,
/// resampled by area (each output pixel is the mean of what it covers, weighted by overlap). Any thread.
Result<Image> readRegion(const Slide& slide, const TileSource& source, const Rect& area, int width,
                         int height);

}  // namespace geneglass
