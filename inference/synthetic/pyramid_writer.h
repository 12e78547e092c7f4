// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "inference/synthetic/pyramid_options.h"
#include "viewer/foundation/geometry.h"
#include "viewer/foundation/progress.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Draws level-0 pixels [x, x + width) x [y, y + height), never beyond the size. Called on several threads at
/// a time.
using RenderPixels = std::function<Image(int64_t x, int64_t y, int width, int height)>;

/// Writes a pyramidal, tiled JPEG BigTIFF (YCbCr 4:2:0) that OpenSlide opens as generic-tiff. Each coarser
/// pixel is the mean of factor x factor finer ones. Memory holds a row of tiles a level, whatever the size;
/// coarser levels wait in an unnamed file in the same folder. Written as NAME.part and renamed at the end: a
/// failed or stopped call leaves no file. The bytes depend on neither the threads nor their order. Blocks
/// until done.
Result<void> writePyramid(const std::filesystem::path& file, const PyramidOptions& options,
                          const RenderPixels& render, std::stop_token stop = {},
                          const OnProgress& onProgress = {});

}  // namespace geneglass
