// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <span>

#include "viewer/annotation/shape.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

QPointF screenPoint(const Viewport& viewport, Point slide);

/// Draws a shape that is in hand: a dark line with light dashes on it, seen on any tissue.
void paintInHand(QPainter& painter, const Viewport& viewport, const Shape& shape);

/// The same for a line of points, with a dot on each.
void paintCorners(QPainter& painter, const Viewport& viewport, std::span<const Point> points);

}  // namespace geneglass
