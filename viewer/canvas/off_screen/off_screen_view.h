// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "viewer/canvas/slide_renderer.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Draws a slide frame by frame with the renderer the window uses, but where nobody sees it: for measuring.
/// GUI thread.
class OffScreenView final {
 public:
  /// A picture of `screen` pixels on the surface that the window would have. Errors: too little graphics
  /// memory.
  static Result<std::unique_ptr<OffScreenView>> make(Size screen);
  ~OffScreenView();
  OffScreenView(const OffScreenView&) = delete;
  OffScreenView& operator=(const OffScreenView&) = delete;

  /// Starts anew: nothing is resident.
  void showSlide(std::shared_ptr<const Slide> slide, std::shared_ptr<TileCache> cache,
                 RenderBudget budget = {});

  /// One frame, which is complete when this returns. Needs a slide.
  FrameReport draw(const Viewport& viewport, const FrameContext& context = {},
                   const std::vector<OverlayLayer>& layers = {});

  bool makeRoom();  ///< SlideRenderer::makeRoom()

  bool drawsInSoftware() const;  ///< on a raster

 private:
  OffScreenView();

  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace geneglass
