// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <QSizeF>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// What a slide so turned takes, level-0 pixels.
QSizeF turnedSize(Size size, double rotation);

/// The whole slide in so many pixels, turned and mirrored as `view` is.
Viewport wholeSlide(Size slide, const Viewport& view, QSizeF pixels);

/// Paints the whole slide, small, into so many pixels at the painter's origin, with the outline of the view:
/// a cross where that is too small to see. `picture`: all of level 0, null where there is none yet; `unit`:
/// of the lines' widths.
void paintOverview(QPainter& painter, QSizeF pixels, Size slide, const QImage& picture, const Viewport& view,
                   double unit = 1);

}  // namespace geneglass
