// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/frame_report.h"
#include "viewer/canvas/graphics/surface.h"
#include "viewer/canvas/map_lens.h"
#include "viewer/canvas/overlay.h"
#include "viewer/canvas/tiles/tile_plan.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// How much the renderer may take.
struct RenderBudget {
  size_t textureBytes = 512u << 20;        ///< texture memory for tiles; least recently used go first
  double uploadMillisecondsPerFrame = 4;   ///< uploads stop after this; at least one tile a frame
  double uploadMillisecondsStanding = 14;  ///< the same where the view is the last frame's: nothing stutters
  /// Tiles go to textures through them; none: not in software, where it is one copy more.
  std::optional<bool> pixelBuffers = {};
  bool cacheIsLent = false;     ///< others draw from the cache too: nothing is dropped from it
  size_t mapBytes = 64u << 20;  ///< texture memory for heatmaps
  /// On a raster, annotations are shown as pictures made in the background; none: where they are many in
  /// view.
  std::optional<bool> linePictures = {};
};

/// What a frame is part of.
struct FrameContext {
  /// Told what the frame misses before it is drawn, so that reading goes on beside the drawing.
  std::function<void(const TilePlan&)> ask = {};
  std::optional<Viewport> destination = {};  ///< where a running animation ends
  /// Seconds. Given, tiles that come while the view waits for them fade in.
  std::optional<double> now = {};
  /// Screen pixels per pixel that the widths of annotations' lines are measured in.
  double lineScale = 1;
  const MapLens* lens = nullptr;  ///< other maps in a part of the screen; null: none
  bool forFile = false;           ///< no later frame will do: annotations are drawn in full
};

/// Draws one slide, its heatmaps and annotations' lines. All calls on the GUI thread; with graphics, with the
/// same context current. There tiles live in texture arrays, and what changes only how things look is done in
/// fragment shaders; on a raster they stay as they are.
class SlideRenderer final {
 public:
  SlideRenderer(std::shared_ptr<const Slide> slide, std::shared_ptr<TileCache> cache, Surface surface,
                RenderBudget budget = {});
  ~SlideRenderer();
  SlideRenderer(const SlideRenderer&) = delete;
  SlideRenderer& operator=(const SlideRenderer&) = delete;

  /// Draws viewport.width x viewport.height pixels into the bound framebuffer, or picture(): empty glass,
  /// tiles coarse under fine, heatmaps, lines. Takes cached tiles that the view needs, within the budget;
  /// where they stay in main memory the cache drops them then, unless it is lent, and is kept small. Leaves
  /// blending off and nothing bound, as QPainter wants it. Graphics without OpenGL 3.3 draw nothing.
  FrameReport draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                   const DisplayColour& colour = {}, const FrameContext& context = {});

  /// On a raster what the last draw() painted, RGB32; valid until the next. Null before.
  QImage picture() const;

  /// The same slide shown otherwise, by another cache: what is drawn stays until its tile comes from there.
  void takeTiles(std::shared_ptr<TileCache> cache);

  /// Another limit for what comes; what is there goes only when there is need for its room.
  void setMemory(size_t textureBytes, size_t mapBytes);

  /// For when nothing waits: takes texture memory ahead for another view like the last one and the ring
  /// around it, a few megabytes a call. True while there is more to take.
  bool makeRoom();

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace geneglass
