// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "viewer/canvas/viewport.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// What to draw now and what to read next.
struct TilePlan {
  /// Resident tiles, coarsest level first: each level paints over those before it. None that finer ones hide.
  std::vector<TileKey> draw;
  /// Missing tiles in the order of need, each once: of the coarsest level where nothing at all lies, of the
  /// best level from the centre outwards, the rest of a coarsest level that is kept, the destination of a
  /// running animation, a ring; at most maxWantedTiles.
  std::vector<TileKey> want;
  size_t needed = 0;   ///< of `want`: so many from its front are seen, the rest is read ahead
  bool sharp = false;  ///< every visible tile of the best level is resident
  bool blank = true;   ///< some visible part of the slide has no resident tile at any level
};

/// What lies on the GPU.
struct Residency {
  std::function<bool(TileKey)> isResident;
  std::function<bool(TileKey)> isFading = {};  ///< lets what lies under it shine through; none without it
};

/// Where the view is going.
struct ViewCourse {
  std::optional<Viewport> destination;  ///< where a running animation ends
  Point way;                            ///< of the centre since the last frame, level-0 pixels; {} stands
};

/// Enough for four screens of full HD in tiles of 256, few enough to be asked for in every frame.
constexpr size_t kMaxWantedTiles = 1024;

/// A level that shows more of its pixels than this in one view (384 MiB of texture) gives way to the next
/// coarser one, even if that is coarser than the screen: pyramids that step by 16 have such views.
constexpr double kMaxVisiblePixels = 96.0 * 1024 * 1024;

/// The coarsest level stays resident as a whole where it has at most so many tiles, else its visible part.
constexpr int64_t kMaxResidentBaseTiles = 64;

/// Pure: which tiles of `slide` show `viewport`. From the best level (the coarsest that is at least as fine
/// as the screen) coarser, as long as something shows through. While the view moves, the ring lies ahead of
/// it; while it stands, all around. Level indices and downsamples may step by anything.
TilePlan planTiles(const Slide& slide, const Viewport& viewport, const Residency& residency,
                   const ViewCourse& course = {});

/// The level that planTiles would draw if everything were resident.
int bestLevel(const Slide& slide, const Viewport& viewport);

/// The tiles of a level that intersect the turned screen rectangle, row by row.
std::vector<TileKey> visibleTiles(const Slide& slide, const Viewport& viewport, int level);

/// Whether the whole coarsest level is kept resident.
bool keepsCoarsestLevel(const Slide& slide);

}  // namespace geneglass
