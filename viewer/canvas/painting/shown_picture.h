// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "viewer/canvas/display_colour.h"

namespace geneglass {

/// A picture of a slide's pixels (RGB32) as the shader shows them, made without graphics. Any thread.
QImage shownAs(const QImage& picture, const DisplayColour& colour);

}  // namespace geneglass
