// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_directories.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "viewer/slide/formats/tiff/tiff_file.h"
#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {
namespace {

template <typename T>
T tagOf(TIFF* tiff, uint32_t tag) {
  T value = 0;
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

std::string textOf(TIFF* tiff, uint32_t tag) {
  const char* text = nullptr;
  return TIFFGetField(tiff, tag, &text) && text ? text : "";
}

bool hasXmp(TIFF* tiff) {
  uint32_t length = 0;
  const void* packet = nullptr;
  return TIFFGetField(tiff, TIFFTAG_XMLPACKET, &length, &packet) && length > 0;
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
  directory.isReduced = (tagOf<uint32_t>(tiff, TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE) != 0;
  directory.hasXmp = hasXmp(tiff);
  directory.description = textOf(tiff, TIFFTAG_IMAGEDESCRIPTION);
  directory.software = textOf(tiff, TIFFTAG_SOFTWARE);
  uint32_t length = 0;
  const uint8_t* tables = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &length, &tables) && tables)
    directory.jpegTables.assign(tables, tables + length);
  const bool hasPixels = directory.size.width > 0 && directory.size.height > 0 && directory.tile.width > 0 &&
                         directory.tile.height > 0;
  if (!hasPixels || !readTilePlaces(tiff, directory)) return {};
  return directory;
}

/// libtiff notes where the next directory is before it finds this one damaged. False at the end.
bool goOn(TIFF* tiff) {
  constexpr int kMostInARow = 8;
  for (int attempt = 0; attempt < kMostInARow; ++attempt)
    if (TIFFReadDirectory(tiff)) return true;
  return false;
}

/// `room`: bytes of profiles that may still be kept.
TiffPicture readPicture(TIFF* tiff, size_t& room) {
  TiffPicture picture{sizeOf(tiff, TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH), {}};
  uint32_t count = 0;
  const uint8_t* bytes = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &count, &bytes) || !bytes || count > room) return picture;
  picture.colourProfile.assign(bytes, bytes + count);
  room -= count;
  return picture;
}

std::vector<uint64_t> subDirectories(TIFF* tiff) {
  uint16_t count = 0;
  const uint64_t* positions = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &positions) || !positions) return {};
  return {positions, positions + count};
}

}  // namespace

const std::vector<uint8_t>& TiffHead::colourProfile(Size level0) const {
  static const std::vector<uint8_t> none;
  const auto area = [](const TiffPicture& picture) { return picture.size.width * picture.size.height; };
  auto found = std::find_if(pictures.begin(), pictures.end(),
                            [level0](const TiffPicture& picture) { return picture.size == level0; });
  if (found == pictures.end())
    found = std::max_element(pictures.begin(), pictures.end(),
                             [&](const auto& a, const auto& b) { return area(a) < area(b); });
  return found == pictures.end() ? none : found->colourProfile;
}

TiffHead readTiffHead(const PositionedFile& file, const std::filesystem::path& name) {
  constexpr int kMost = 1000;
  size_t room = 64u << 20;
  TiffHead head;
  const TiffFile tiff = adoptTiff(::dup(file.descriptor()), name);
  if (!tiff) return head;
  head.resolution = tiffResolution(tiff.get());
  std::vector<uint64_t> within;
  int index = 0;
  do {
    head.pictures.push_back(readPicture(tiff.get(), room));
    auto directory = readTiledDirectory(tiff.get());
    if (!directory) continue;
    directory->index = index;
    if (head.tiled.empty()) within = subDirectories(tiff.get());
    head.tiled.push_back(std::move(*directory));
  } while (++index < kMost && goOn(tiff.get()));
  for (const uint64_t position : within) {
    if (head.within.size() == kMost || !TIFFSetSubDirectory(tiff.get(), position)) continue;
    if (auto directory = readTiledDirectory(tiff.get())) head.within.push_back(std::move(*directory));
  }
  return head;
}

bool isTiffCutShort(const PositionedFile& file) {
  std::array<uint8_t, 16> head{};
  if (!file.read(0, head).empty()) return false;
  const bool lowFirst = head[0] == 'I' && head[1] == 'I';
  if (!lowFirst && !(head[0] == 'M' && head[1] == 'M')) return false;
  const auto number = [&](size_t at, size_t width) {
    uint64_t value = 0;
    for (size_t i = 0; i < width; ++i) value = value << 8 | head[at + (lowFirst ? width - 1 - i : i)];
    return value;
  };
  if (number(2, 2) == 42) return number(4, 4) >= file.size();
  return number(2, 2) == 43 && number(8, 8) >= file.size();
}

}  // namespace geneglass
