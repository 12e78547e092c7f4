// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>
#include <optional>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Where a key leads; nothing for a key that means nothing here. Arrows move the view by an eighth of the
/// screen (Shift: a half); + and - magnify by 2 about the middle; 1-6 give 1.25x to 40x, of a slide of
/// unknown pixel size 32 to 1 level-0 pixels per screen pixel; R turns by 90 degrees, Shift+R by 15,
/// Shift+F exchanges left and right, 0 shows it as scanned.
std::optional<Viewport> viewportAfterKey(const Viewport& viewport, const Slide& slide, int key,
                                         Qt::KeyboardModifiers modifiers);

}  // namespace geneglass
