// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <limits>
#include <memory>
#include <vector>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/overlay.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// Draws views of one slide off the screen, one after another, with the renderer the window uses; what they
/// have in common stays on the GPU. Reads nothing. GUI thread (needs a QGuiApplication).
class ViewDrawer final {
 public:
  struct Limits {
    size_t textureBytes = std::numeric_limits<size_t>::max();  ///< a view's tiles must fit
    double lineScale = 1;  ///< drawn pixels per pixel that the widths of annotations' lines are measured in
  };

  /// For views of at most `largest` pixels, whose tiles come from `tiles` and stay there. Errors: no OpenGL
  /// 3.3, larger than the GPU takes, too little graphics memory.
  static Result<std::unique_ptr<ViewDrawer>> make(const OpenedSlide& opened, std::shared_ptr<TileCache> tiles,
                                                  Size largest, const Limits& limits);
  ~ViewDrawer();
  ViewDrawer(const ViewDrawer&) = delete;
  ViewDrawer& operator=(const ViewDrawer&) = delete;

  /// Slide, heatmaps and annotations' lines, not what overlays paint. Errors: tiles of the view are missing,
  /// or do not fit into the textures; damaged tiles are hatched.
  Result<QImage> draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                      const DisplayColour& colour);

 private:
  struct Parts;
  explicit ViewDrawer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> m_parts;
};

}  // namespace geneglass
