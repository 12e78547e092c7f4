// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "viewer/canvas/painting/painted_lines.h"
#include "viewer/canvas/painting/tile_painter.h"
#include "viewer/canvas/placed_map.h"

namespace geneglass {

/// Paints tiles over each other in their order, then maps in theirs, then lines, on `background` (opaque
/// 0xAARRGGBB). On up to `threads` threads, the caller's among them. `frame` has the viewport's size. Pure.
void paintView(Image& frame, const Viewport& viewport, std::span<const PaintedTile> tiles,
               std::span<const ShownMap> maps, const PaintedLines& lines, uint32_t background, int threads);

}  // namespace geneglass
