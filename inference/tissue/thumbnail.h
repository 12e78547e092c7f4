// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <stop_token>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// The whole slide with `step` level-0 pixels per pixel, on white; what cannot be read is white too.
/// Errors name the file: nothing could be read, stopped, or a picture that would be too large.
Result<Image> readThumbnail(const OpenedSlide& opened, double step, int threads, std::stop_token stop);

/// The pixel as it looks on white paper.
inline uint32_t onWhite(uint32_t pixel) {
  const uint32_t missing = 255u - (pixel >> 24);
  if (missing == 0) return pixel;
  const auto channel = [&](int value) { return std::min(255u, static_cast<uint32_t>(value) + missing); };
  return opaque(channel(redOf(pixel)), channel(greenOf(pixel)), channel(blueOf(pixel)));
}

}  // namespace geneglass
