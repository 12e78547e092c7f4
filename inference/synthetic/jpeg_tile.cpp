// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/jpeg_tile.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <jpeglib.h>

namespace geneglass {
namespace {

[[noreturn]] void throwMessage(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  throw std::runtime_error(text);
}

/// A compressor that writes into memory of its own.
class Compressor final {
 public:
  explicit Compressor(int quality) {
    m_info.err = jpeg_std_error(&m_error);
    m_error.error_exit = throwMessage;
    jpeg_create_compress(&m_info);
    jpeg_mem_dest(&m_info, &m_bytes, &m_size);
    m_info.in_color_space = JCS_RGB;
    m_info.input_components = 3;
    jpeg_set_defaults(&m_info);
    jpeg_set_quality(&m_info, quality, TRUE);
    m_info.dct_method = JDCT_ISLOW;
    m_info.write_JFIF_header = FALSE;
  }
  ~Compressor() {
    jpeg_destroy_compress(&m_info);
    std::free(m_bytes);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void writeTables() { jpeg_write_tables(&m_info); }
  void write(const std::vector<uint8_t>& rgb, int side) {
    m_info.image_width = m_info.image_height = static_cast<JDIMENSION>(side);
    jpeg_suppress_tables(&m_info, TRUE);
    jpeg_start_compress(&m_info, FALSE);
    while (m_info.next_scanline < m_info.image_height) {
      auto* row = const_cast<uint8_t*>(rgb.data()) +
                  static_cast<size_t>(m_info.next_scanline) * 3 * static_cast<size_t>(side);
      jpeg_write_scanlines(&m_info, &row, 1);
    }
    jpeg_finish_compress(&m_info);
  }
  JpegBytes bytes() const { return JpegBytes(m_bytes, m_bytes + m_size); }

 private:
  jpeg_compress_struct m_info{};
  jpeg_error_mgr m_error{};
  unsigned char* m_bytes = nullptr;
  unsigned long m_size = 0;
};

}  // namespace

JpegBytes jpegTables(int quality) {
  Compressor compressor(quality);
  compressor.writeTables();
  return compressor.bytes();
}

JpegBytes encodeJpegTile(const std::vector<uint8_t>& rgb, int side, int quality) {
  Compressor compressor(quality);
  compressor.write(rgb, side);
  return compressor.bytes();
}

}  // namespace geneglass
