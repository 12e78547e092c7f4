// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// The whole slide with `step` level-0 pixels per pixel, on white; what cannot be read is white too.
/// Errors name the file: nothing could be read, stopped, or a picture that would be too large.
Result<Image> readThumbnail(const OpenedSlide& opened, double step, int threads, std::stop_token stop);

}  // namespace geneglass
