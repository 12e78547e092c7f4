// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// One tiled image of a TIFF or BigTIFF, as its tags describe it; numbers are those of the TIFF tags.
struct TiffDirectory {
  int index = 0;          ///< its number among all the file's directories, tiled or not, that can be read
  uint64_t position = 0;  ///< of the directory in the file, bytes
  Size size;              ///< pixels
  Size tile;              ///< pixels; the tiles of the last column and row are padded to it
  uint16_t compression = 0;
  uint16_t photometric = 0;
  uint16_t planes = 0;  ///< 1: samples of a pixel side by side
  uint16_t samplesPerPixel = 0;
  uint16_t bitsPerSample = 0;
  uint16_t orientation = 0;  ///< 1: the first row is the top, the first column the left
  bool isReduced = false;    ///< says of itself that it is a smaller version of another
  bool hasXmp = false;       ///< carries a packet of XML beside the description
  std::string description;   ///< ImageDescription
  std::string software;
  std::vector<uint8_t> jpegTables;       ///< tables that all tiles share; empty where each has its own
  std::vector<uint64_t> tileOffsets;     ///< where each tile's bytes begin, row by row
  std::vector<uint64_t> tileByteCounts;  ///< 0: the scanner left the tile out

  int64_t columns() const { return (size.width + tile.width - 1) / tile.width; }
  int64_t rows() const { return (size.height + tile.height - 1) / tile.height; }
};

/// All tiled directories in the order of the file; empty where it is no TIFF or has none. A damaged directory
/// costs itself only, as far as it still says where the next one is. Any thread.
std::vector<TiffDirectory> readTiledDirectories(const std::filesystem::path& file);

/// Whether a TIFF or BigTIFF names a place beyond its own end for its first directory: a half copied file.
bool isTiffCutShort(const std::filesystem::path& file);

}  // namespace geneglass
