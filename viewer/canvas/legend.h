// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <vector>

#include "viewer/canvas/overlay.h"

namespace geneglass {

/// Paints a legend for each heatmap layer in the lower right corner: name, colours, the range's values, unit,
/// threshold mark. `screen` is the picture's size in its pixels.
void paintLegend(QPainter& painter, QSizeF screen, const std::vector<OverlayLayer>& layers);

}  // namespace geneglass
