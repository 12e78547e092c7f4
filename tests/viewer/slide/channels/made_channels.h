// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>
#include <tiffio.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace geneglass::testing {

/// A TIFF of values: each channel a directory, its coarser levels in SubIFDs. Numbers are those of the tags.
struct ChannelRecipe {
  int width = 300;
  int height = 210;
  int tile = 128;  ///< 0: in strips of `rows`
  int rows = 16;
  int directories = 1;
  int levels = 1;  ///< each half as wide and high as the one before
  uint16_t samples = 1;
  uint16_t bits = 16;
  uint16_t format = SAMPLEFORMAT_UINT;
  uint16_t planes = PLANARCONFIG_CONTIG;
  uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  uint16_t compression = COMPRESSION_NONE;
  uint16_t predictor = PREDICTOR_NONE;
  bool big = false;
  bool bigEndian = false;
  bool levelsBehind = false;                   ///< coarser levels follow as directories of their own
  uint32_t most = 0;                           ///< the largest value; 0: as the bits have it
  std::vector<std::string> descriptions = {};  ///< one a directory
};

/// What a made file holds at a place, as the file has it.
inline double valueAt(const ChannelRecipe& recipe, int channel, int level, int x, int y) {
  const auto number = static_cast<uint32_t>(x * 131 + y * 257 + channel * 4001 + level * 911);
  if (recipe.format == SAMPLEFORMAT_IEEEFP) return (number % 4096) / 64.0;
  const uint32_t most = recipe.most ? recipe.most : recipe.bits == 8 ? 255 : recipe.bits == 12 ? 4095 : 65535;
  return number % (most + 1);
}

/// Rows of a block with `samples` samples a pixel from sample `first` on.
inline std::vector<uint8_t> blockBytes(const ChannelRecipe& recipe, int directory, int level, int left,
                                       int top, int width, int height, int first, int samples) {
  std::vector<uint8_t> bytes;
  const auto put = [&](auto value) {
    const auto* at = reinterpret_cast<const uint8_t*>(&value);
    bytes.insert(bytes.end(), at, at + sizeof value);
  };
  for (int y = top; y < top + height; ++y) {
    uint32_t held = 0;
    int bits = 0;
    for (int x = left; x < left + width; ++x)
      for (int sample = first; sample < first + samples; ++sample) {
        const double value = valueAt(recipe, directory * recipe.samples + sample, level, x, y);
        if (recipe.format == SAMPLEFORMAT_IEEEFP)
          put(static_cast<float>(value));
        else if (recipe.bits == 16)
          put(static_cast<uint16_t>(value));
        else if (recipe.bits == 8)
          put(static_cast<uint8_t>(value));
        else
          for (held = held << recipe.bits | static_cast<uint32_t>(value), bits += recipe.bits; bits >= 8;
               bits -= 8)
            bytes.push_back(static_cast<uint8_t>(held >> (bits - 8)));
      }
    if (bits > 0) bytes.push_back(static_cast<uint8_t>(held << (8 - bits)));
  }
  return bytes;
}

inline void writeChannelDirectory(TIFF* tiff, const ChannelRecipe& recipe, int directory, int level) {
  const int width = recipe.width >> level;
  const int height = recipe.height >> level;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, recipe.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, recipe.format);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, recipe.samples);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, recipe.planes);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, recipe.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, recipe.compression);
  if (recipe.compression == COMPRESSION_JPEG) TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 100);
  if (recipe.compression == COMPRESSION_WEBP) TIFFSetField(tiff, TIFFTAG_WEBP_LOSSLESS, 1);
  if (recipe.predictor != PREDICTOR_NONE) TIFFSetField(tiff, TIFFTAG_PREDICTOR, recipe.predictor);
  const auto index = static_cast<size_t>(directory);
  if (level == 0 && index < recipe.descriptions.size() && !recipe.descriptions[index].empty())
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, recipe.descriptions[index].c_str());
  if (recipe.tile) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, recipe.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, recipe.tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, recipe.rows);
  }
  const bool apart = recipe.planes == PLANARCONFIG_SEPARATE;
  uint32_t block = 0;
  for (int plane = 0; plane < (apart ? recipe.samples : 1); ++plane)
    for (int top = 0; top < height; top += recipe.tile ? recipe.tile : recipe.rows)
      for (int left = 0; left < width; left += recipe.tile ? recipe.tile : width) {
        const int high = recipe.tile ? recipe.tile : std::min(recipe.rows, height - top);
        std::vector<uint8_t> bytes =
            blockBytes(recipe, directory, level, left, top, recipe.tile ? recipe.tile : width, high,
                       apart ? plane : 0, apart ? 1 : recipe.samples);
        if (recipe.tile)
          TIFFWriteEncodedTile(tiff, block++, bytes.data(), static_cast<tmsize_t>(bytes.size()));
        else
          TIFFWriteEncodedStrip(tiff, block++, bytes.data(), static_cast<tmsize_t>(bytes.size()));
      }
}

inline void writeChannels(const std::filesystem::path& file, const ChannelRecipe& recipe) {
  const std::string mode = fmt::format("w{}{}", recipe.bigEndian ? "b" : "l", recipe.big ? "8" : "");
  TIFF* tiff = TIFFOpen(file.c_str(), mode.c_str());
  const int within = recipe.levelsBehind ? 0 : recipe.levels - 1;
  for (int directory = 0; directory < recipe.directories; ++directory)
    for (int level = 0; level <= within; ++level) {
      const std::vector<uint64_t> places(static_cast<size_t>(within));
      writeChannelDirectory(tiff, recipe, directory, level);
      if (level == 0 && within > 0)
        TIFFSetField(tiff, TIFFTAG_SUBIFD, static_cast<uint16_t>(within), places.data());
      TIFFWriteDirectory(tiff);
    }
  for (int level = 1; recipe.levelsBehind && level < recipe.levels; ++level)
    for (int directory = 0; directory < recipe.directories; ++directory) {
      writeChannelDirectory(tiff, recipe, directory, level);
      TIFFWriteDirectory(tiff);
    }
  TIFFClose(tiff);
}

/// OME-XML of one image; `more` are attributes and elements of its own.
inline std::string omeXml(const ChannelRecipe& recipe, int channels, const std::string& attributes = "",
                          const std::string& elements = "") {
  return fmt::format(
      "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image "
      "ID=\"Image:0\"><Pixels DimensionOrder=\"XYCZT\" SizeX=\"{}\" SizeY=\"{}\" SizeC=\"{}\" {}>{}"
      "</Pixels></Image></OME>",
      recipe.width, recipe.height, channels, attributes, elements);
}

}  // namespace geneglass::testing
