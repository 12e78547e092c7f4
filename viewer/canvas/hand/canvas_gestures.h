// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/canvas/viewport.h"

class QEvent;
class QWidget;

namespace geneglass {

/// Where fingers on a touch pad or screen lead: a pinch magnifies and turns about its middle, which is a
/// position on `canvas`. Nothing for an event that is no such gesture.
std::optional<Viewport> viewportAfterGesture(const Viewport& viewport, QEvent& event, const QWidget& canvas);

}  // namespace geneglass
