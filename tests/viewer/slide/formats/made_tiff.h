// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "viewer/slide/image.h"

namespace geneglass::testing {

/// What a made file is like; numbers are those of the TIFF tags.
struct TiffRecipe {
  uint16_t compression = COMPRESSION_JPEG;
  uint16_t photometric = PHOTOMETRIC_YCBCR;
  uint16_t planes = PLANARCONFIG_CONTIG;
  uint16_t samples = 3;
  uint16_t bits = 8;
  uint16_t subsampling = 2;  ///< of chroma, both ways
  bool big = false;
  bool predictor = false;
  int width = 300;
  int height = 210;
  int tile = 128;
  int levels = 1;        ///< each half as wide and high as the one before
  bool subIfds = false;  ///< coarser levels are the first one's SubIFDs
  const char* description = nullptr;
};

/// What every made file shows: soft colours with a fine grain.
inline uint32_t paintedAt(int x, int y) {
  const auto wave = [](double at) { return static_cast<uint32_t>(std::lround(127.5 + 100 * std::sin(at))); };
  const auto grain = static_cast<uint32_t>((int64_t(x) * 7 + int64_t(y) * 13) % 17);
  return opaque(wave(x / 23.0) + grain, wave(y / 31.0) + grain, wave((x + y) / 41.0));
}

/// One sample of a painted pixel; the fourth is an opaque alpha, a single one is green.
inline uint32_t sampleAt(const TiffRecipe& recipe, int x, int y, int sample) {
  const uint32_t pixel = paintedAt(x, y);
  if (recipe.samples == 1) return static_cast<uint32_t>(greenOf(pixel));
  return sample == 3 ? 255 : pixel >> (16 - 8 * sample) & 0xff;
}

inline std::vector<uint8_t> tileBytes(const TiffRecipe& recipe, int left, int top, int plane) {
  const bool apart = recipe.planes == PLANARCONFIG_SEPARATE;
  std::vector<uint8_t> bytes;
  for (int y = top; y < top + recipe.tile; ++y)
    for (int x = left; x < left + recipe.tile; ++x)
      for (int sample = apart ? plane : 0; sample < (apart ? plane + 1 : recipe.samples); ++sample) {
        const auto value = static_cast<uint8_t>(sampleAt(recipe, x, y, sample));
        bytes.insert(bytes.end(), static_cast<size_t>(recipe.bits / 8), value);
      }
  return bytes;
}

inline void setTiffTags(TIFF* tiff, const TiffRecipe& recipe) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, recipe.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, recipe.height);
  TIFFSetField(tiff, TIFFTAG_TILEWIDTH, recipe.tile);
  TIFFSetField(tiff, TIFFTAG_TILELENGTH, recipe.tile);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, recipe.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, recipe.samples);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, recipe.planes);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, recipe.compression);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, recipe.photometric);
  const uint16_t alpha = EXTRASAMPLE_ASSOCALPHA;
  if (recipe.samples == 4) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &alpha);
  if (recipe.predictor) TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  if (recipe.description) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, recipe.description);
  if (recipe.compression != COMPRESSION_JPEG || recipe.photometric != PHOTOMETRIC_YCBCR) return;
  TIFFSetField(tiff, TIFFTAG_YCBCRSUBSAMPLING, recipe.subsampling, recipe.subsampling);
  TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
}

/// Painted pixels as tiles: one directory.
inline void writeLevel(TIFF* tiff, const TiffRecipe& recipe) {
  setTiffTags(tiff, recipe);
  const int planes = recipe.planes == PLANARCONFIG_SEPARATE ? recipe.samples : 1;
  for (int plane = 0; plane < planes; ++plane)
    for (int top = 0; top < recipe.height; top += recipe.tile)
      for (int left = 0; left < recipe.width; left += recipe.tile)
        TIFFWriteTile(tiff, tileBytes(recipe, left, top, plane).data(), static_cast<uint32_t>(left),
                      static_cast<uint32_t>(top), 0, static_cast<uint16_t>(plane));
  TIFFWriteDirectory(tiff);
}

/// A coarser level shows the upper left part of the finest at the same size: it is only another picture.
inline void writeTiff(const std::filesystem::path& file, TiffRecipe recipe) {
  TIFF* tiff = TIFFOpen(file.c_str(), recipe.big ? "w8" : "w");
  for (int level = 0; level < recipe.levels; ++level) {
    if (level > 0) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    const std::vector<uint64_t> places(static_cast<size_t>(recipe.levels - 1));
    if (level == 0 && recipe.subIfds)
      TIFFSetField(tiff, TIFFTAG_SUBIFD, static_cast<uint16_t>(places.size()), places.data());
    writeLevel(tiff, recipe);
    recipe.width /= 2;
    recipe.height /= 2;
  }
  TIFFClose(tiff);
}

/// A file's bytes, to damage them.
class FileBytes final {
 public:
  explicit FileBytes(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    m_bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  void write(const std::filesystem::path& file) const {
    std::ofstream(file, std::ios::binary).write(m_bytes.data(), static_cast<std::streamsize>(m_bytes.size()));
  }
  size_t size() const { return m_bytes.size(); }
  void resize(size_t bytes) { m_bytes.resize(bytes); }
  char& operator[](size_t at) { return m_bytes[at]; }

  /// Replaces a number of `width` bytes, lowest first, at `at`.
  void put(size_t at, uint64_t number, size_t width) {
    for (size_t i = 0; i < width; ++i) m_bytes[at + i] = static_cast<char>(number >> (8 * i));
  }
  uint64_t number(size_t at, size_t width) const {
    uint64_t value = 0;
    for (size_t i = 0; i < width; ++i) value |= uint64_t{static_cast<uint8_t>(m_bytes[at + i])} << (8 * i);
    return value;
  }

  /// Where a directory of a little-endian classic TIFF has its entries: tag, type, count, value.
  std::vector<size_t> entries(int directory = 0) const {
    auto at = static_cast<size_t>(number(4, 4));
    for (; directory > 0; --directory) at = static_cast<size_t>(number(at + 2 + 12 * number(at, 2), 4));
    std::vector<size_t> places;
    for (size_t i = 0; i < number(at, 2); ++i) places.push_back(at + 2 + 12 * i);
    return places;
  }

  /// The entry of a tag.
  size_t entry(uint16_t tag, int directory = 0) const {
    for (const size_t at : entries(directory))
      if (number(at, 2) == tag) return at;
    return 0;
  }

  /// Where the number of one tile lies among the values of TileOffsets or TileByteCounts, which follow the
  /// entry's value, or are it where there is but one tile; `width` gets the bytes of one.
  size_t tileValue(uint16_t tag, size_t tile, size_t& width, int directory = 0) const {
    const size_t at = entry(tag, directory);
    width = number(at + 2, 2) == 3 ? 2 : 4;
    return number(at + 4, 4) == 1 ? at + 8 : static_cast<size_t>(number(at + 8, 4)) + tile * width;
  }
  void putTileValue(uint16_t tag, size_t tile, uint64_t value, int directory = 0) {
    size_t width = 0;
    const size_t at = tileValue(tag, tile, width, directory);
    put(at, value, width);
  }
  uint64_t tileValue(uint16_t tag, size_t tile) const {
    size_t width = 0;
    const size_t at = tileValue(tag, tile, width);
    return number(at, width);
  }

  /// A tag of one number becomes another, 32 bits wide.
  void putTag(uint16_t tag, uint32_t value, int directory = 0) {
    const size_t at = entry(tag, directory);
    put(at + 2, 4, 2);
    put(at + 8, value, 4);
  }

 private:
  std::vector<char> m_bytes;
};

}  // namespace geneglass::testing
