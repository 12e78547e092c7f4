// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/jpeg_limit.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <stdexcept>

#include <jpeglib.h>

namespace geneglass {

struct JpegLimit::Decoder {
  jpeg_decompress_struct info{};
  jpeg_error_mgr error{};
};

JpegLimit::JpegLimit(const JpegTiles& tiles)
    : m_tiles(tiles),
      m_pixels(static_cast<size_t>(tiles.size.width * tiles.size.height)),
      m_decoder(std::make_unique<Decoder>()) {
  jpeg_decompress_struct& info = m_decoder->info;
  info.err = jpeg_std_error(&m_decoder->error);
  m_decoder->error.error_exit = [](j_common_ptr) { throw std::runtime_error("damaged"); };
  m_decoder->error.emit_message = [](j_common_ptr, int) {};
  jpeg_create_decompress(&info);
  if (tiles.tables.empty()) return;
  jpeg_mem_src(&info, tiles.tables.data(), tiles.tables.size());
  jpeg_read_header(&info, FALSE);
}

JpegLimit::~JpegLimit() {
  jpeg_destroy_decompress(&m_decoder->info);
}

bool JpegLimit::decode(size_t index) try {
  jpeg_decompress_struct& info = m_decoder->info;
  const std::vector<uint8_t>& bytes = m_tiles.tiles[index];
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_read_header(&info, TRUE);
  info.jpeg_color_space = m_tiles.yCbCr ? JCS_YCbCr : JCS_RGB;
  info.out_color_space = JCS_EXT_BGRA;
  jpeg_start_decompress(&info);
  const size_t width = info.output_width;
  if (width * info.output_height > m_pixels.size()) throw std::runtime_error("larger than a tile");
  while (info.output_scanline < info.output_height) {
    JSAMPROW rows[16];
    const JDIMENSION count = std::min<JDIMENSION>(16, info.output_height - info.output_scanline);
    for (JDIMENSION i = 0; i < count; ++i)
      rows[i] = reinterpret_cast<JSAMPROW>(&m_pixels[(info.output_scanline + i) * width]);
    jpeg_read_scanlines(&info, rows, count);
  }
  jpeg_abort_decompress(&info);
  return true;
} catch (const std::runtime_error&) {
  jpeg_abort_decompress(&m_decoder->info);
  return false;
}

}  // namespace geneglass
