// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// The two of Aperio: TIFF compression 33005 and 33003.
enum class Jpeg2000Colour { Rgb, YCbCr };

/// One tile as it lies in the file: a bare codestream.
struct Jpeg2000Tile {
  std::span<const uint8_t> bytes;
  Jpeg2000Colour colour = Jpeg2000Colour::Rgb;
  Size size;          ///< pixels; a stream of another size is refused
  int reduction = 1;  ///< a power of two that divides `size`: the whole tile at so small a part of its sides
};

/// Fills `image`, which has its size, from the upper left corner of a tile of three components of 8 bits, of
/// which the last two may be coarser. Empty where it did, else why not. Any thread.
std::string decodeJpeg2000(const Jpeg2000Tile& tile, Image& image);

}  // namespace geneglass
