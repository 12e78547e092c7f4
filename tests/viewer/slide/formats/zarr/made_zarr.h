// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <blosc.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace geneglass::testing {

/// An OME-Zarr of Zarr 2 with five axes, as 'bioformats2raw' and ome-zarr-py write them.
struct ZarrRecipe {
  int width = 300;
  int height = 210;
  int tile = 128;
  int channels = 2;
  int channelsAChunk = 1;
  int planes = 1;
  int levels = 2;
  std::string packing = "blosc";  ///< also "raw", "zlib", "gzip", "zstd"
  std::string type = "<u2";
  std::string separator = "/";
  std::string version = "0.4";
  std::string omero = {};         ///< the value of that key; empty: none
  bool leaveOutTheFirst = false;  ///< chunk of level 0
};

/// What a made array holds at a place.
inline uint32_t zarrValueAt(int channel, int plane, int level, int x, int y) {
  return static_cast<uint32_t>(x * 131 + y * 257 + channel * 4001 + plane * 7 + level * 911);
}

inline std::vector<uint8_t> gzipped(const std::vector<uint8_t>& bytes, bool asGzip) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, asGzip ? 16 + MAX_WBITS : MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::vector<uint8_t> packed(deflateBound(&stream, bytes.size()));
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::vector<uint8_t> packedZarr(const ZarrRecipe& recipe, const std::vector<uint8_t>& bytes) {
  if (recipe.packing == "raw") return bytes;
  if (recipe.packing == "zlib" || recipe.packing == "gzip") return gzipped(bytes, recipe.packing == "gzip");
  if (recipe.packing == "zstd") {
    std::vector<uint8_t> packed(ZSTD_compressBound(bytes.size()));
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
    return packed;
  }
  std::vector<uint8_t> packed(bytes.size() + BLOSC_MAX_OVERHEAD);
  const int count = blosc_compress_ctx(5, BLOSC_SHUFFLE, static_cast<size_t>(recipe.type[2] - '0'),
                                       bytes.size(), bytes.data(), packed.data(), packed.size(), "lz4", 0, 1);
  packed.resize(static_cast<size_t>(count));
  return packed;
}

inline void writeZarrChunk(const std::filesystem::path& file, const ZarrRecipe& recipe, int level,
                           int channel, int plane, int left, int top) {
  const int width = static_cast<int>(recipe.type[2] - '0');
  std::vector<uint8_t> bytes;
  for (int c = channel; c < channel + recipe.channelsAChunk; ++c)
    for (int y = top; y < top + recipe.tile; ++y)
      for (int x = left; x < left + recipe.tile; ++x)
        for (int i = 0; i < width; ++i) {
          const int shift = 8 * (recipe.type[0] == '>' ? width - 1 - i : i);
          bytes.push_back(static_cast<uint8_t>(zarrValueAt(c, plane, level, x, y) >> shift));
        }
  const std::vector<uint8_t> packed = packedZarr(recipe, bytes);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(packed.data()), static_cast<std::streamsize>(packed.size()));
}

inline void writeZarrLevel(const std::filesystem::path& folder, const ZarrRecipe& recipe, int level) {
  const int width = recipe.width >> level, height = recipe.height >> level;
  std::filesystem::create_directories(folder);
  std::ofstream(folder / ".zarray") << fmt::format(
      R"({{"zarr_format":2,"shape":[1,{},{},{},{}],"chunks":[1,{},1,{},{}],"dtype":"{}","order":"C",)"
      R"("fill_value":0,"filters":null,"dimension_separator":"{}","compressor":{}}})",
      recipe.channels, recipe.planes, height, width, recipe.channelsAChunk, recipe.tile, recipe.tile,
      recipe.type, recipe.separator,
      recipe.packing == "raw" ? "null" : fmt::format(R"({{"id":"{}"}})", recipe.packing));
  for (int channel = 0; channel < recipe.channels; channel += recipe.channelsAChunk)
    for (int plane = 0; plane < recipe.planes; ++plane)
      for (int top = 0; top < height; top += recipe.tile)
        for (int left = 0; left < width; left += recipe.tile) {
          if (recipe.leaveOutTheFirst && level == 0 && top == 0 && left == 0) continue;
          const std::string& dot = recipe.separator;
          writeZarrChunk(
              folder / fmt::format("0{0}{1}{0}{2}{0}{3}{0}{4}", dot, channel / recipe.channelsAChunk, plane,
                                   top / recipe.tile, left / recipe.tile),
              recipe, level, channel, plane, left, top);
        }
}

inline void writeZarr(const std::filesystem::path& folder, const ZarrRecipe& recipe) {
  std::filesystem::remove_all(folder);
  std::string datasets;
  for (int level = 0; level < recipe.levels; ++level) {
    writeZarrLevel(folder / std::to_string(level), recipe, level);
    datasets += fmt::format(
        R"({}{{"path":"{}","coordinateTransformations":[{{"type":"scale","scale":[1,1,1,{},{}]}}]}})",
        level > 0 ? "," : "", level, 0.5 * (1 << level), 0.5 * (1 << level));
  }
  const std::string unit = R"("type":"space","unit":"micrometer")";
  const std::string axes = fmt::format(
      R"("axes":[{{"name":"t","type":"time"}},{{"name":"c","type":"channel"}},{{"name":"z",{0}}},{{"name":"y",{0}}},{{"name":"x",{0}}}],)",
      unit);
  std::ofstream(folder / ".zgroup") << R"({"zarr_format":2})";
  std::ofstream(folder / ".zattrs") << fmt::format(
      R"({{"multiscales":[{{"version":"{}",{}"datasets":[{}]}}]{}}})", recipe.version,
      recipe.version == "0.1" ? "" : axes, datasets,
      recipe.omero.empty() ? "" : ",\"omero\":" + recipe.omero);
}

}  // namespace geneglass::testing
