// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/jpeg_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

namespace geneglass {
namespace {

[[noreturn]] void throwMessage(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  throw std::runtime_error(text);
}

/// Pixels that ran out are damage; other warnings (stray bytes between markers) cost no pixel.
void throwWhereDataEnded(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code == JWRN_HIT_MARKER)
    throw std::runtime_error("the JPEG data end before the tile is full");
}

class Decompressor final {
 public:
  Decompressor() {
    m_info.err = jpeg_std_error(&m_error);
    m_error.error_exit = throwMessage;
    m_error.emit_message = throwWhereDataEnded;
    jpeg_create_decompress(&m_info);
  }
  ~Decompressor() { jpeg_destroy_decompress(&m_info); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  void readTables(std::span<const uint8_t> tables) {
    if (tables.empty()) return;
    jpeg_mem_src(&m_info, tables.data(), tables.size());
    if (jpeg_read_header(&m_info, FALSE) != JPEG_HEADER_TABLES_ONLY)
      throw std::runtime_error("the shared JPEG tables are none");
  }

  void readHeader(const JpegTile& tile) {
    jpeg_mem_src(&m_info, tile.bytes.data(), tile.bytes.size());
    jpeg_read_header(&m_info, TRUE);
    if (m_info.image_width != tile.size.width || m_info.image_height != tile.size.height)
      throw std::runtime_error(fmt::format("it is a JPEG of {} x {} pixels, not {} x {}", m_info.image_width,
                                           m_info.image_height, tile.size.width, tile.size.height));
    if (m_info.num_components != 3)
      throw std::runtime_error(fmt::format("it is a JPEG of {} components, not 3", m_info.num_components));
    m_info.jpeg_color_space = isRgb(tile.colour) ? JCS_RGB : JCS_YCbCr;
    m_info.out_color_space = JCS_EXT_BGRA;
    m_info.scale_num = 1;
    m_info.scale_denom = static_cast<unsigned>(tile.reduction);
  }

  void readPixels(Image& image) {
    jpeg_start_decompress(&m_info);
    if (image.width > static_cast<int>(m_info.output_width) ||
        image.height > static_cast<int>(m_info.output_height))
      throw std::runtime_error("it holds fewer pixels than its place");
    if (image.width == static_cast<int>(m_info.output_width))
      readWholeRows(image);
    else
      readCutRows(image);
  }

 private:
  bool isRgb(JpegColour byTag) const {
    if (m_info.saw_JFIF_marker) return false;
    if (m_info.saw_Adobe_marker) return m_info.Adobe_transform == 0;
    return byTag == JpegColour::Rgb;
  }

  void readWholeRows(Image& image) {
    constexpr JDIMENSION kMost = 16;
    const auto height = static_cast<JDIMENSION>(image.height);
    while (m_info.output_scanline < height) {
      JSAMPROW rows[kMost];
      const JDIMENSION count = std::min(kMost, height - m_info.output_scanline);
      for (JDIMENSION i = 0; i < count; ++i)
        rows[i] = reinterpret_cast<JSAMPROW>(&image.at(0, static_cast<int>(m_info.output_scanline + i)));
      jpeg_read_scanlines(&m_info, rows, count);
    }
  }

  void readCutRows(Image& image) {
    std::vector<uint32_t> whole(m_info.output_width);
    auto* row = reinterpret_cast<JSAMPROW>(whole.data());
    for (int y = 0; y < image.height; ++y) {
      jpeg_read_scanlines(&m_info, &row, 1);
      std::copy_n(whole.begin(), image.width, &image.at(0, y));
    }
  }

  jpeg_decompress_struct m_info{};
  jpeg_error_mgr m_error{};
};

}  // namespace

std::string decodeJpeg(const JpegTile& tile, Image& image) {
  try {
    Decompressor decompressor;
    decompressor.readTables(tile.tables);
    decompressor.readHeader(tile);
    decompressor.readPixels(image);
  } catch (const std::runtime_error& problem) {
    return problem.what();
  }
  return {};
}

}  // namespace geneglass
