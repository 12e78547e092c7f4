// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>
#include <stop_token>
#include <vector>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/overlay.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// What came of reading tiles.
struct TilesRead {
  int64_t tiles = 0;
  int64_t damaged = 0;
  std::string damage;  ///< why one of them is, a sentence
};

/// Empty where some could be read, or none were asked for.
std::string whyNothingWasRead(const TilesRead& read);

/// Reads all tiles that the views need, on several threads. Any thread; blocks. Damaged tiles are marked.
/// Errors: cancelled ("... was cancelled."), the file is another one since, a read was refused
/// for another reason than what the file holds, no tile can be read. What a
/// thread throws, such as std::bad_alloc, is thrown here.
Result<std::shared_ptr<TileCache>> readViews(const OpenedSlide& opened, const std::vector<Viewport>& views,
                                             std::stop_token stop = {}, const OnProgress& progress = {});

/// The same into `tiles`, where those that are there are not read again, and of those that are read none may
/// be sound. They all stay where its limit has room for them.
Result<TilesRead> readViews(const OpenedSlide& opened, const std::vector<Viewport>& views, TileCache& tiles,
                            std::stop_token stop = {}, const OnProgress& progress = {});

/// Draws a view off the screen from the tiles that readViews() found for it, with the renderer the window
/// uses; reads nothing, and leaves the tiles for the next picture. GUI thread (needs a QGuiApplication).
/// Overlays' own painting is included, a legend is not: see paintLegend. Errors: no OpenGL 3.3, a picture
/// larger than the GPU takes, tiles of another view; damaged tiles are hatched.
Result<QImage> drawView(const OpenedSlide& opened, const Viewport& viewport,
                        const std::vector<OverlayLayer>& layers, const DisplayColour& colour,
                        const std::shared_ptr<TileCache>& tiles);

/// Both, one after the other, so it blocks on the disk. GUI thread.
Result<QImage> renderView(const OpenedSlide& opened, const Viewport& viewport,
                          const std::vector<OverlayLayer>& layers, const DisplayColour& colour = {});

}  // namespace geneglass
