// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "viewer/canvas/frame_report.h"

namespace geneglass {

/// What a common screen shows of frames; more of them only take time from the decoders.
constexpr double kScreenFrameMilliseconds = 1000.0 / 60;

/// How long the frame that shows arrived tiles may wait: not at all once the last tile that the view misses
/// is there, else until the screen's next frame. `last`: the frame before, which began `elapsed` milliseconds
/// ago. `needed`: TileLoader::needed().
inline double waitForTiles(const FrameReport& last, double elapsed, int needed) {
  const bool complete = needed == 0 && !last.plan.sharp;
  return complete ? 0 : std::max(0.0, kScreenFrameMilliseconds - elapsed);
}

}  // namespace geneglass
