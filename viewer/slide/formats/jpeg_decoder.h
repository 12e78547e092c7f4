// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// What a JPEG stream's three components are. A TIFF says it in a tag; where the stream says it itself, by
/// JFIF's or Adobe's marker, the stream is right: QuPath's and Bio-Formats' tags say RGB of YCbCr.
enum class JpegColour { Rgb, YCbCr };

/// One tile as it lies in the file.
struct JpegTile {
  std::span<const uint8_t> bytes;
  std::span<const uint8_t> tables;  ///< a stream of tables alone, read before the tile's; may be empty
  JpegColour colour = JpegColour::YCbCr;
  Size size;          ///< pixels; a stream of another size is refused
  int reduction = 1;  ///< 1, 2, 4 or 8: decoded at so small a part of its width and height
};

/// Fills `image`, which has its size, from the tile's upper left corner; it may be smaller than the tile.
/// Empty where it did, else why not. Pixels are those of libjpeg-turbo's accurate transform with smooth
/// chroma. Any thread; keeps nothing between calls.
std::string decodeJpeg(const JpegTile& tile, Image& image);

}  // namespace geneglass
