// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/slide/geometry.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// The two of Aperio: TIFF compression 33005 and 33003.
enum class Jpeg2000Colour { Rgb, YCbCr };

/// Fills `image`, which has its size, from the upper left corner of a bare JPEG 2000 codestream of `size`
/// pixels, three components of 8 bits, of which the last two may be coarser. Empty where it did, else why
/// not. Any thread.
std::string decodeJpeg2000(std::span<const uint8_t> bytes, Jpeg2000Colour colour, Size size, Image& image);

}  // namespace geneglass
