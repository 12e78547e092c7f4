// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/shape.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// A picture as the wand compares it: smoothed, so that grain and nuclei do not tear an area apart, and in
/// CIE L*a*b* of 8 bits a number (0xAALLaabb), where equal distances look about equal. Any thread.
Image wandPicture(const Image& picture);

/// What is connected with `seed` and differs by at most `tolerance` from its colour in each of L, a and b
/// (0 to 255). `picture` is a wandPicture that covers `area` (level-0 pixels) with square pixels; the outline
/// runs through the middles of the outermost of them and is simplified to 0.7 of one. Holes of fewer than 30
/// pixels are filled. Empty where the seed lies outside the picture or where nothing was scanned. Any thread.
Area alikeAround(const Image& picture, const Rect& area, Point seed, double tolerance);

}  // namespace geneglass
