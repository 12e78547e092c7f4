// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "viewer/slide/geometry.h"

namespace geneglass {

/// One tiled image of a TIFF or BigTIFF, as its tags describe it; numbers are those of the TIFF tags.
struct TiffDirectory {
  uint64_t position = 0;  ///< of the directory in the file, bytes
  Size size;              ///< pixels
  Size tile;              ///< pixels; the tiles of the last column and row are padded to it
  uint16_t compression = 0;
  uint16_t photometric = 0;
  uint16_t planes = 0;  ///< 1: samples of a pixel side by side
  uint16_t samplesPerPixel = 0;
  uint16_t bitsPerSample = 0;
  uint16_t orientation = 0;              ///< 1: the first row is the top, the first column the left
  std::vector<uint8_t> jpegTables;       ///< tables that all tiles share; empty where each has its own
  std::vector<uint64_t> tileOffsets;     ///< where each tile's bytes begin, row by row
  std::vector<uint64_t> tileByteCounts;  ///< 0: the scanner left the tile out

  int64_t columns() const { return (size.width + tile.width - 1) / tile.width; }
};

/// All tiled directories in the order of the file; empty where it is no TIFF or has none. Any thread.
std::vector<TiffDirectory> readTiledDirectories(const std::filesystem::path& file);

}  // namespace geneglass
