// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace geneglass {

/// Bytes of one JPEG stream.
using JpegBytes = std::vector<uint8_t>;

/// The quantisation and Huffman tables that all tiles of one quality share: the TIFF tag JPEGTables.
JpegBytes jpegTables(int quality);

/// One side x side tile of R G B bytes as a JPEG stream without tables, YCbCr 4:2:0. Same pixels, same bytes.
/// Throws std::runtime_error with libjpeg's message.
JpegBytes encodeJpegTile(const std::vector<uint8_t>& rgb, int side, int quality);

}  // namespace geneglass
