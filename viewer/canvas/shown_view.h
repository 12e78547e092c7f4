// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/placed_map.h"
#include "viewer/canvas/tiles/tile_textures.h"

namespace geneglass {

/// What a frame shows, in drawing order, the lowest first.
struct ShownView {
  const Slide& slide;
  const Viewport& viewport;
  const std::vector<TileKey>& tiles;
  const TileTextures& textures;
  const DisplayColour& colour;
  std::optional<double> now;  ///< FrameContext::now
  std::vector<ShownMap> maps;
  std::vector<AnnotationSetPtr> annotations;
  double lineMilliseconds = 0;  ///< LineBlocks::show()
  double lineScale = 1;
};

inline constexpr size_t kAnnotationBytes = 64u << 20;  ///< of their lines, and of pictures of them

}  // namespace geneglass
