// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/slide.h"

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

/// Any image of a TIFF, tiled or not.
struct TiffPicture {
  Size size;
  std::vector<uint8_t> colourProfile;  ///< ICC (tag 34675); empty where there is none
};

/// What one walk over a TIFF's directories finds.
struct TiffHead {
  std::vector<TiffDirectory> tiled;   ///< in the order of the file
  std::vector<TiffDirectory> within;  ///< tiled ones that the SubIFDs tag of the first tiled one names
  std::vector<TiffPicture> pictures;  ///< all; empty where the file is no TIFF
  std::optional<Mpp> resolution;      ///< see tiff_resolution.h

  /// Of the image that is `level0` pixels large; of the largest one where none has that size.
  const std::vector<uint8_t>& colourProfile(Size level0) const;
};

/// Nothing where the file is no TIFF. A damaged directory costs itself only, as far as it still says where
/// the next one is. Profiles beyond 64 MiB in all are left out. Blocks on the disk. Any thread, no two at
/// once for one file.
TiffHead readTiffHead(const PositionedFile& file, const std::filesystem::path& name);

/// Whether a TIFF or BigTIFF names a place beyond its own end for its first directory: a half copied file.
bool isTiffCutShort(const PositionedFile& file);

}  // namespace geneglass
