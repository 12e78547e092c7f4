// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/tiff_directories.h"

#include <optional>

#include "viewer/slide/tiff_file.h"

namespace geneglass {
namespace {

template <typename T>
T tagOf(TIFF* tiff, uint32_t tag) {
  T value = 0;
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

Size sizeOf(TIFF* tiff, uint32_t widthTag, uint32_t heightTag) {
  return {tagOf<uint32_t>(tiff, widthTag), tagOf<uint32_t>(tiff, heightTag)};
}

/// Where the tiles are. Nothing for volumes, for other than one tile a position and plane, and without tags.
bool readTilePlaces(TIFF* tiff, TiffDirectory& directory) {
  const uint64_t* offsets = nullptr;
  const uint64_t* counts = nullptr;
  if (tagOf<uint32_t>(tiff, TIFFTAG_IMAGEDEPTH) > 1) return false;
  if (!TIFFGetField(tiff, TIFFTAG_TILEOFFSETS, &offsets) || !offsets) return false;
  if (!TIFFGetField(tiff, TIFFTAG_TILEBYTECOUNTS, &counts) || !counts) return false;
  const uint32_t tiles = TIFFNumberOfTiles(tiff);
  directory.tileOffsets.assign(offsets, offsets + tiles);
  directory.tileByteCounts.assign(counts, counts + tiles);
  return true;
}

std::optional<TiffDirectory> readTiledDirectory(TIFF* tiff) {
  if (!TIFFIsTiled(tiff)) return {};
  TiffDirectory directory;
  directory.position = TIFFCurrentDirOffset(tiff);
  directory.size = sizeOf(tiff, TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH);
  directory.tile = sizeOf(tiff, TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH);
  directory.compression = tagOf<uint16_t>(tiff, TIFFTAG_COMPRESSION);
  directory.photometric = tagOf<uint16_t>(tiff, TIFFTAG_PHOTOMETRIC);
  directory.planes = tagOf<uint16_t>(tiff, TIFFTAG_PLANARCONFIG);
  directory.samplesPerPixel = tagOf<uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL);
  directory.bitsPerSample = tagOf<uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE);
  directory.orientation = tagOf<uint16_t>(tiff, TIFFTAG_ORIENTATION);
  uint32_t length = 0;
  const uint8_t* tables = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &length, &tables) && tables)
    directory.jpegTables.assign(tables, tables + length);
  const bool hasPixels = directory.size.width > 0 && directory.size.height > 0 && directory.tile.width > 0 &&
                         directory.tile.height > 0;
  if (!hasPixels || !readTilePlaces(tiff, directory)) return {};
  return directory;
}

}  // namespace

std::vector<TiffDirectory> readTiledDirectories(const std::filesystem::path& file) {
  std::vector<TiffDirectory> directories;
  const TiffFile tiff = openTiff(file);
  if (!tiff) return directories;
  do {
    if (auto directory = readTiledDirectory(tiff.get())) directories.push_back(std::move(*directory));
  } while (TIFFReadDirectory(tiff.get()));
  return directories;
}

}  // namespace geneglass
