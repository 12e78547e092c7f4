// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QString>
#include <optional>

#include "viewer/annotation/shape.h"
#include "viewer/canvas/viewport.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// A light plate with dark letters, right above `at` (screen pixels).
void paintLabel(QPainter& painter, QPointF at, const QString& text);

/// A shape that is being drawn or changed, with what it measures beside the hand (level-0 pixels).
void paintMeasured(QPainter& painter, const Viewport& viewport, const Shape& shape,
                   const std::optional<Mpp>& mpp, Point hand);

}  // namespace geneglass
