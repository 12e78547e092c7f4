// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "viewer/canvas/tiles/tile_plan.h"

namespace geneglass {

/// What one frame did, for benchmarks and tests.
struct FrameReport {
  TilePlan plan;  ///< after this frame's uploads
  int uploadedTiles = 0;
  double uploadMilliseconds = 0;  ///< that they took
  int uploadedHeatmaps = 0;
  int uploadedProfiles = 0;
  size_t uploadedBytes = 0;   ///< of all that went to the graphics card: tiles, maps, lines, profiles
  int drawnLines = 0;         ///< straight pieces of annotations, sent to the GPU
  int drawnLinePictures = 0;  ///< pictures of annotations, where these are many
  int drawnTiles = 0;
  int damagedTiles = 0;  ///< of those drawn
  bool fading = false;   ///< some, or annotations, are not fully there yet: draw the screen's next frame
  bool uploadsWaiting = false;  ///< tiles or annotations at hand did not fit this frame's time: draw again
  size_t residentBytes = 0;     ///< texture memory taken for tiles
  size_t mapBytes = 0;          ///< and for heatmaps
};

}  // namespace geneglass
