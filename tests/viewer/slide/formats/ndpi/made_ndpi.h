// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <jpeglib.h>

#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/foundation/geometry.h"

namespace geneglass::testing {

/// What a made NDPI file is like.
struct NdpiRecipe {
  Size size{1024, 300};
  int levels = 2;     ///< each half as wide and high as the one before
  int interval = 32;  ///< MCUs; 0: no restart markers
  int samplingX = 1;  ///< of luma against chroma
  int samplingY = 1;
  bool saysStarts = true;  ///< the tag with the places of the intervals
  bool macro = true;
  uint64_t hole = 0;        ///< bytes of nothing before the pictures
  uint64_t holeWithin = 0;  ///< bytes of nothing inside the finest level, after its second interval
  bool saysUpperStarts = false;
  std::vector<int32_t> planes{0};  ///< planes of focus, nanometres: a pyramid each
  double lens = 40;
  bool fluorescence = false;  ///< names its filter and the emission
};

struct MadeJpeg {
  std::vector<uint8_t> bytes;
  std::vector<uint64_t> starts;  ///< of the intervals
};

/// `shift` moves the painting, so that planes differ.
inline MadeJpeg madeJpeg(const NdpiRecipe& recipe, Size size, int interval, int shift) {
  jpeg_compress_struct info{};
  jpeg_error_mgr error{};
  info.err = jpeg_std_error(&error);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long length = 0;
  jpeg_mem_dest(&info, &memory, &length);
  info.image_width = static_cast<JDIMENSION>(size.width);
  info.image_height = static_cast<JDIMENSION>(size.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 90, TRUE);
  info.comp_info[0].h_samp_factor = recipe.samplingX;
  info.comp_info[0].v_samp_factor = recipe.samplingY;
  info.restart_interval = static_cast<unsigned>(interval);
  jpeg_start_compress(&info, TRUE);
  std::vector<uint8_t> row(static_cast<size_t>(3 * size.width));
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const uint32_t pixel = paintedAt(x + shift, y);
      for (size_t i = 0; i < 3; ++i)
        row[static_cast<size_t>(3 * x) + i] = static_cast<uint8_t>(pixel >> (16 - 8 * i));
    }
    JSAMPROW begin = row.data();
    jpeg_write_scanlines(&info, &begin, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  MadeJpeg made{{memory, memory + length}, {}};
  std::free(memory);
  const auto& bytes = made.bytes;
  size_t at = 2;
  bool scanNext = false;
  while (!scanNext) {
    scanNext = bytes[at + 1] == 0xDA;
    at += 2 + (static_cast<size_t>(bytes[at + 2]) << 8 | bytes[at + 3]);
  }
  made.starts.push_back(at);
  for (; at + 1 < bytes.size(); ++at)
    if (bytes[at] == 0xFF && (bytes[at + 1] & 0xF8) == 0xD0) made.starts.push_back(at + 2);
  return made;
}

/// Writes the file; holes cost no room on the disk.
class NdpiWriter final {
 public:
  explicit NdpiWriter(const std::filesystem::path& file) : m_file(file, std::ios::binary) {
    put<uint32_t>(0x002A4949);
    put<uint64_t>(0);
  }

  void write(const NdpiRecipe& recipe) {
    m_file.seekp(static_cast<std::streamoff>(m_file.tellp()) + static_cast<std::streamoff>(recipe.hole));
    for (const int32_t plane : recipe.planes) {
      Size size = recipe.size;
      for (int level = 0; level < recipe.levels; ++level) {
        const double lens = recipe.lens / (1 << level);
        writePicture(recipe, madeJpeg(recipe, size, recipe.interval >> level, plane / 100), size, lens, plane,
                     level == 0 ? recipe.holeWithin : 0);
        size = {size.width / 2, size.height / 2};
      }
    }
    NdpiRecipe plain = recipe;
    plain.saysStarts = false;
    if (recipe.macro) writePicture(plain, madeJpeg(plain, {120, 40}, 0, 0), {120, 40}, -1, 0, 0);
  }

 private:
  struct Tag {
    uint16_t number;
    uint16_t type;
    uint32_t count;
    uint64_t value;
  };

  template <typename T>
  void put(T number) {
    m_file.write(reinterpret_cast<const char*>(&number), sizeof number);
  }
  uint64_t here() { return static_cast<uint64_t>(m_file.tellp()); }

  template <typename T>
  uint64_t putAll(const std::vector<T>& numbers) {
    const uint64_t place = here();
    for (const T number : numbers) put(number);
    return place;
  }

  void writePicture(const NdpiRecipe& recipe, MadeJpeg jpeg, Size size, double lens, int32_t plane,
                    uint64_t holeWithin) {
    const uint64_t stream = here();
    const size_t cut = holeWithin > 0 ? jpeg.starts.at(2) : jpeg.bytes.size();
    m_file.write(reinterpret_cast<const char*>(jpeg.bytes.data()), static_cast<std::streamsize>(cut));
    m_file.seekp(static_cast<std::streamoff>(here() + holeWithin));
    m_file.write(reinterpret_cast<const char*>(jpeg.bytes.data() + cut),
                 static_cast<std::streamsize>(jpeg.bytes.size() - cut));
    const uint64_t length = here() - stream;
    std::vector<uint32_t> lower;
    std::vector<uint32_t> upper;
    for (size_t i = 0; i < jpeg.starts.size(); ++i) {
      const uint64_t start = jpeg.starts[i] + (i >= 2 ? holeWithin : 0);
      lower.push_back(static_cast<uint32_t>(start));
      upper.push_back(static_cast<uint32_t>(start >> 32));
    }
    const uint64_t lowerAt = putAll(lower);
    const uint64_t upperAt = putAll(upper);
    const uint64_t resolutionAt = putAll(std::vector<uint32_t>{40000, 1});
    const uint64_t makeAt = putAll(std::vector<char>{'H', 'a', 'm', 'a', 'm', 'a', 't', 's', 'u', '\0'});
    const uint64_t filterAt = putAll(std::vector<char>{'D', 'A', 'P', 'I', ' ', '\0'});
    const auto count = static_cast<uint32_t>(lower.size());
    const auto width = static_cast<uint64_t>(size.width);
    const auto height = static_cast<uint64_t>(size.height);
    std::vector<Tag> tags{{256, TIFF_LONG, 1, width},
                          {257, TIFF_LONG, 1, height},
                          {259, TIFF_SHORT, 1, 7},
                          {262, TIFF_SHORT, 1, 6},
                          {271, TIFF_ASCII, 10, makeAt},
                          {273, TIFF_LONG, 1, stream},
                          {277, TIFF_SHORT, 1, 3},
                          {278, TIFF_LONG, 1, height},
                          {279, TIFF_LONG, 1, length},
                          {282, TIFF_RATIONAL, 1, resolutionAt},
                          {283, TIFF_RATIONAL, 1, resolutionAt},
                          {296, TIFF_SHORT, 1, RESUNIT_CENTIMETER},
                          {65420, TIFF_SHORT, 1, 1},
                          {65421, TIFF_FLOAT, 1, std::bit_cast<uint32_t>(static_cast<float>(lens))},
                          {65422, TIFF_SLONG, 1, 1'500'000},
                          {65423, TIFF_SLONG, 1, static_cast<uint32_t>(-2'500'000)},
                          {65424, TIFF_SLONG, 1, static_cast<uint32_t>(plane)}};
    if (recipe.saysStarts) tags.push_back({65426, TIFF_LONG, count, count == 1 ? lower[0] : lowerAt});
    if (recipe.saysUpperStarts) tags.push_back({65432, TIFF_LONG, count, count == 1 ? upper[0] : upperAt});
    if (recipe.fluorescence) {
      tags.push_back({65434, TIFF_ASCII, 6, filterAt});
      tags.push_back({65451, TIFF_FLOAT, 1, std::bit_cast<uint32_t>(455.0f)});
    }
    writeDirectory(tags);
  }

  void writeDirectory(const std::vector<Tag>& tags) {
    const uint64_t directory = here();
    put(static_cast<uint16_t>(tags.size()));
    for (const Tag& tag : tags) {
      put(tag.number);
      put(tag.type);
      put(tag.count);
      put(static_cast<uint32_t>(tag.value));
    }
    const uint64_t link = here();
    put<uint64_t>(0);
    for (const Tag& tag : tags) put(static_cast<uint32_t>(tag.value >> 32));
    const uint64_t end = here();
    m_file.seekp(static_cast<std::streamoff>(m_link));
    put(directory);
    m_file.seekp(static_cast<std::streamoff>(end));
    m_link = link;
  }

  std::ofstream m_file;
  uint64_t m_link = 4;  ///< where the place of the next directory is written
};

inline void writeNdpi(const std::filesystem::path& file, const NdpiRecipe& recipe) {
  NdpiWriter(file).write(recipe);
}

}  // namespace geneglass::testing
