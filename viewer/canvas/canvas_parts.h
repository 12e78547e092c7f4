// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/canvas/canvas_tool.h"
#include "viewer/canvas/graphics/gl_surface.h"
#include "viewer/canvas/hand/canvas_motion.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass {

/// What a SlideCanvas is made of.
struct CanvasParts {
  double now() const { return static_cast<double>(clock.nsecsElapsed()) / 1e9; }
  /// With what is on the GPU at hand.
  void inContext(const std::function<void()>& work) const {
    if (surface) surface->makeCurrent();
    work();
    if (surface) surface->doneCurrent();
  }

  GlSurface* surface = nullptr;  ///< null: on a raster
  std::shared_ptr<const Slide> slide;
  std::weak_ptr<TileLoader> loader;
  std::shared_ptr<TileCache> cache;
  std::unique_ptr<SlideRenderer> renderer;  ///< of the current slide and context, made in the first frame
  RenderBudget budget;
  std::vector<OverlayLayer> layers;
  std::optional<MapLens> lens;
  DisplayColour colour;
  Viewport viewport;
  FrameReport frame;
  CanvasMotion motion;
  QTimer animation;
  QElapsedTimer clock;
  QTimer tilesWait;          ///< until the frame that shows arrived tiles
  QTimer rest;               ///< until nothing has happened for a while
  double lastFrame = 0;      ///< when it began, seconds
  double lastStep = 0;       ///< seconds
  bool isGrabbed = false;    ///< the frame is for a file: nothing fades
  bool fitWhenSized = true;  ///< the slide came before the widget had a size, or still lies as fitted
  bool isFitAround = false;  ///< a legend, when it was fitted
  Point hand;                ///< where the cursor was last, device pixels
  CanvasTool* tool = nullptr;
  bool isToolsHand = false;  ///< the tool keeps it until the button comes up
  bool isSpaceDown = false;  ///< the left button pans, whatever the tool
  bool hasTurned = false;    ///< since the right button went down
};

}  // namespace geneglass
