// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <vector>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/overlay.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Draws a view sharp, off the screen, with the renderer the window uses: reads every tile the view needs
/// first, so it blocks. GUI thread (needs a QGuiApplication). Overlays' own painting is included, a legend is
/// not: see paintLegend. Errors: no OpenGL 3.3, a picture larger than the GPU takes; damaged tiles are
/// hatched.
Result<QImage> renderView(const OpenedSlide& opened, const Viewport& viewport,
                          const std::vector<OverlayLayer>& layers, const DisplayColour& colour = {});

}  // namespace geneglass
