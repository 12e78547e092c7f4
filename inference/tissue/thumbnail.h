// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// The whole slide with `step` level-0 pixels per pixel, on white; what cannot be read is white too.
/// Gives way to `eyeFirst`, if there is one, before each block. Errors name the file: nothing could be read,
/// stopped, or a picture that would be too large.
Result<Image> readThumbnail(const OpenedSlide& opened, double step, int threads, std::stop_token stop,
                            EyeFirst* eyeFirst = nullptr);

}  // namespace geneglass
