// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>
#include <zstd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_tiff.h"

namespace geneglass::testing {

/// A sub-block of a made CZI; numbers are those of the format (ZISRAW).
struct MadeCziBlock {
  int left = 0, top = 0;      ///< level-0 pixels
  int width = 0, height = 0;  ///< stored pixels; of level 0 `factor` times as many
  int factor = 1;
  int packing = 0;
  int pixelType = 3;  ///< BGR24
  int mosaic = 0;
  int scene = 0;
  int plane = 0;  ///< of focus
  int part = 0;
  std::function<uint32_t(int x, int y)> picture = {};  ///< by stored pixels of the level; painted where none
  int zstdHead = 3;                                    ///< bytes of it, of packing 6
};

/// Bytes, lowest first.
class LittleEndianBytes final {
 public:
  template <typename Number>
  void put(Number number) {
    const auto value = static_cast<uint64_t>(number);
    for (size_t i = 0; i < sizeof(Number); ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
  void text(const std::string& word, size_t room) {
    for (size_t i = 0; i < room; ++i) bytes.push_back(i < word.size() ? static_cast<uint8_t>(word[i]) : 0);
  }
  void fill(size_t size) { bytes.resize(size); }
  void add(const std::vector<uint8_t>& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

  std::vector<uint8_t> bytes;
};

inline std::vector<uint8_t> packedCzi(const MadeCziBlock& block) {
  Image image = Image::unset(block.width, block.height);
  LittleEndianBytes samples;
  for (int y = 0; y < block.height; ++y)
    for (int x = 0; x < block.width; ++x) {
      const int column = block.left / block.factor + x, row = block.top / block.factor + y;
      image.at(x, y) = block.picture ? block.picture(column, row) : paintedAt(column, row);
      for (const int shift : {0, 8, 16}) samples.put(static_cast<uint8_t>(image.at(x, y) >> shift));
    }
  if (block.packing == 1) return encodedJpeg(image, 100, false);
  if (block.packing != 5 && block.packing != 6) return samples.bytes;
  std::vector<uint8_t> packed(ZSTD_compressBound(samples.bytes.size()));
  packed.resize(ZSTD_compress(packed.data(), packed.size(), samples.bytes.data(), samples.bytes.size(), 3));
  if (block.packing == 5) return packed;
  LittleEndianBytes headed;
  headed.put(static_cast<uint8_t>(block.zstdHead));
  if (block.zstdHead == 3) headed.put(uint16_t{1});
  headed.add(packed);
  return headed.bytes;
}

inline std::vector<uint8_t> cziEntry(const MadeCziBlock& block, uint64_t position) {
  LittleEndianBytes entry;
  entry.text("DV", 2);
  entry.put(int32_t{block.pixelType});
  entry.put(position);
  entry.put(int32_t{block.part});
  entry.put(int32_t{block.packing});
  entry.put(static_cast<uint8_t>(block.factor > 1 ? 2 : 0));
  entry.text("", 5);
  using Dimension = std::tuple<const char*, int, int, int>;
  const std::array dimensions{Dimension{"X", block.left, block.width * block.factor, block.width},
                              Dimension{"Y", block.top, block.height * block.factor, block.height},
                              Dimension{"C", 0, 1, 1},
                              Dimension{"Z", block.plane, 1, 1},
                              Dimension{"S", block.scene, 1, 1},
                              Dimension{"M", block.mosaic, 1, 1}};
  entry.put(static_cast<int32_t>(dimensions.size()));
  for (const auto& [letter, start, size, stored] : dimensions) {
    entry.text(letter, 4);
    entry.put(int32_t{start});
    entry.put(int32_t{size});
    entry.put(0);  // the start's coordinate
    entry.put(int32_t{stored});
  }
  return entry.bytes;
}

/// Adds a segment and returns where it begins.
inline uint64_t addSegment(LittleEndianBytes& file, const std::string& name,
                           const std::vector<uint8_t>& held) {
  file.fill((file.bytes.size() + 31) / 32 * 32);
  const uint64_t position = file.bytes.size();
  file.text(name, 16);
  file.put(static_cast<uint64_t>((held.size() + 31) / 32 * 32));
  file.put(static_cast<uint64_t>(held.size()));
  file.add(held);
  return position;
}

inline std::string cziXml(double metres = 0.5e-6) {
  return fmt::format(
      "<ImageDocument><Metadata><Scaling><Items><Distance Id=\"X\"><Value>{0}</Value></Distance>"
      "<Distance "
      "Id=\"Y\"><Value>{0}</Value></Distance></Items></Scaling><Information><Instrument><Objectives>"
      "<Objective><NominalMagnification>20</NominalMagnification></Objective></Objectives></Instrument>"
      "</Information></Metadata></ImageDocument>",
      metres);
}

/// By the published layout of ZISRAW: head, sub-blocks, metadata, directory.
inline void writeCzi(const std::filesystem::path& path, const std::vector<MadeCziBlock>& blocks,
                     const std::string& xml = cziXml()) {
  LittleEndianBytes file;
  addSegment(file, "ZISRAWFILE", std::vector<uint8_t>(512));
  LittleEndianBytes entries;
  for (const MadeCziBlock& block : blocks) {
    const std::vector<uint8_t> pixels = packedCzi(block);
    const std::string words = "<METADATA/>";
    LittleEndianBytes held;
    held.put(static_cast<uint32_t>(words.size()));
    held.put(uint32_t{0});
    held.put(static_cast<uint64_t>(pixels.size()));
    held.add(cziEntry(block, 0));
    held.fill(std::max<size_t>(256, held.bytes.size()));
    held.text(words, words.size());
    held.add(pixels);
    entries.add(cziEntry(block, addSegment(file, "ZISRAWSUBBLOCK", held.bytes)));
  }
  LittleEndianBytes metadata;
  metadata.put(static_cast<uint32_t>(xml.size()));
  metadata.fill(256);
  metadata.text(xml, xml.size());
  const uint64_t metadataPlace = addSegment(file, "ZISRAWMETADATA", metadata.bytes);
  LittleEndianBytes directory;
  directory.put(static_cast<uint32_t>(blocks.size()));
  directory.fill(128);
  directory.add(entries.bytes);
  const uint64_t directoryPlace = addSegment(file, "ZISRAWDIRECTORY", directory.bytes);
  const auto putAt = [&](size_t at, uint64_t number, size_t width) {
    for (size_t i = 0; i < width; ++i) file.bytes[at + i] = static_cast<uint8_t>(number >> (8 * i));
  };
  putAt(32, 1, 4);  // the version
  putAt(32 + 52, directoryPlace, 8);
  putAt(32 + 60, metadataPlace, 8);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(file.bytes.data()),
             static_cast<std::streamsize>(file.bytes.size()));
}

/// A slide of blocks of 200 px that overlap by 20, and levels of a half and a quarter.
inline std::vector<MadeCziBlock> madeCziBlocks(int packing, int width = 900, int height = 700) {
  std::vector<MadeCziBlock> blocks;
  for (const int factor : {1, 2, 4}) {
    const int side = 200, step = factor == 1 ? 180 : side;
    int mosaic = 0;
    for (int top = 0; top < height / factor; top += step)
      for (int left = 0; left < width / factor; left += step)
        blocks.push_back({.left = left * factor,
                          .top = top * factor,
                          .width = std::min(side, width / factor - left),
                          .height = std::min(side, height / factor - top),
                          .factor = factor,
                          .packing = packing,
                          .mosaic = factor == 1 ? mosaic++ : 0});
  }
  return blocks;
}

}  // namespace geneglass::testing
