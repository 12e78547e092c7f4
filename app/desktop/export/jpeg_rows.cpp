// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/jpeg_rows.h"

#include <array>
#include <cstdio>
#include <stdexcept>

#include <jpeglib.h>

namespace geneglass {
namespace {

constexpr int kQuality = 92;
constexpr size_t kMostComment = 65533;  ///< bytes

void refuse(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  throw std::runtime_error(text);
}

}  // namespace

struct JpegRows::Parts {
  explicit Parts(TakeBytes given) : take(std::move(given)) {
    info.err = jpeg_std_error(&error);
    error.error_exit = refuse;
    jpeg_create_compress(&info);
    info.client_data = this;
    info.dest = &destination;
    destination.init_destination = [](j_compress_ptr one) { self(one).empty(); };
    destination.empty_output_buffer = [](j_compress_ptr one) -> boolean {
      Parts& parts = self(one);
      parts.take(parts.buffer.data(), parts.buffer.size());
      parts.empty();
      return TRUE;
    };
    destination.term_destination = [](j_compress_ptr one) {
      Parts& parts = self(one);
      parts.take(parts.buffer.data(), parts.buffer.size() - parts.destination.free_in_buffer);
    };
  }
  ~Parts() { jpeg_destroy_compress(&info); }

  static Parts& self(j_compress_ptr one) { return *static_cast<Parts*>(one->client_data); }
  void empty() {
    destination.next_output_byte = buffer.data();
    destination.free_in_buffer = buffer.size();
  }

  TakeBytes take;
  jpeg_compress_struct info{};
  jpeg_error_mgr error{};
  jpeg_destination_mgr destination{};
  std::array<JOCTET, 1 << 16> buffer;
};

JpegRows::JpegRows(TakeBytes take, const PictureFacts& facts)
    : m_parts(std::make_unique<Parts>(std::move(take))) {
  jpeg_compress_struct& info = m_parts->info;
  info.image_width = static_cast<JDIMENSION>(facts.size.width);
  info.image_height = static_cast<JDIMENSION>(facts.size.height);
  info.input_components = 4;
  info.in_color_space = JCS_EXT_BGRX;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, kQuality, TRUE);
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  info.density_unit = 1;  // per inch
  info.X_density = info.Y_density = kPrintDots;
  jpeg_start_compress(&info, TRUE);
  const std::string comment = describedLines(facts).substr(0, kMostComment);
  jpeg_write_marker(&info, JPEG_COM, reinterpret_cast<const JOCTET*>(comment.data()),
                    static_cast<unsigned>(comment.size()));
}

JpegRows::~JpegRows() = default;

void JpegRows::append(const QImage& rows) {
  for (int y = 0; y < rows.height(); ++y) {
    auto* row = const_cast<JSAMPROW>(rows.constScanLine(y));
    jpeg_write_scanlines(&m_parts->info, &row, 1);
  }
}

void JpegRows::finish() {
  jpeg_finish_compress(&m_parts->info);
}

}  // namespace geneglass
