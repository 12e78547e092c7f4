// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <vector>

#include "viewer/canvas/overlay.h"

namespace geneglass {

/// Paints a legend for each heatmap layer in the lower right corner, on a light plate: name, colours, the
/// range's values, unit, threshold mark; and the percentiles where the range is one; and the key of each
/// layer that has one. In a narrow picture it stands above the scale bar's room. `screen` is the picture's
/// size in its pixels. Paints nothing where no layer has a heatmap or a key.
void paintLegend(QPainter& painter, QSizeF screen, const std::vector<OverlayLayer>& layers);

/// What it takes of the picture; empty where it paints nothing. `unit`: plateUnit().
QRectF legendRoom(double unit, QSizeF screen, const std::vector<OverlayLayer>& layers);

/// The line under a colour bar: "2nd to 98th percentile, below 6.31 not shown". Empty where nothing is to
/// say.
QString rangeText(const Heatmap& heatmap, const HeatmapStyle& style);

}  // namespace geneglass
