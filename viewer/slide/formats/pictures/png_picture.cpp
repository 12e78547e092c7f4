// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {
namespace {

[[noreturn]] void throwPngError(png_structp, png_const_charp text) {
  throw std::runtime_error(text);
}

void ignorePngWarning(png_structp, png_const_charp) {}

class PngReader final {
 public:
  explicit PngReader(std::shared_ptr<const PositionedFile> file)
      : m_file(std::move(file)),
        m_png(png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, throwPngError, ignorePngWarning)),
        m_info(png_create_info_struct(m_png)) {
    png_set_read_fn(m_png, this, readBytes);
  }
  ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  void readHead(PlainPicture& picture);
  RowsRead next(Image& rows);
  bool isInterlaced() const { return png_get_interlace_type(m_png, m_info) != PNG_INTERLACE_NONE; }

 private:
  static void readBytes(png_structp png, png_bytep bytes, png_size_t count);
  void readWhole();

  const std::shared_ptr<const PositionedFile> m_file;
  uint64_t m_offset = 0;
  png_structp m_png;
  png_infop m_info;
  bool m_hasAlpha = false;
  Image m_whole;  ///< of an interlaced picture, once it is read
  int64_t m_row = 0;
};

void PngReader::readBytes(png_structp png, png_bytep bytes, png_size_t count) {
  auto* reader = static_cast<PngReader*>(png_get_io_ptr(png));
  if (reader->m_offset + count > reader->m_file->size()) throw std::runtime_error("it is cut short");
  const std::string reason = reader->m_file->read(reader->m_offset, std::span(bytes, count));
  if (!reason.empty()) throw std::runtime_error(reason);
  reader->m_offset += count;
}

void PngReader::readHead(PlainPicture& picture) {
  png_read_info(m_png, m_info);
  picture.size = {png_get_image_width(m_png, m_info), png_get_image_height(m_png, m_info)};
  int unit = 0;
  png_uint_32 x = 0, y = 0;
  if (png_get_pHYs(m_png, m_info, &x, &y, &unit) && unit == PNG_RESOLUTION_METER)
    picture.mpp = mppOfDensity(x, y);
  png_charp name = nullptr;
  png_bytep profile = nullptr;
  png_uint_32 length = 0;
  int method = 0;
  if (png_get_iCCP(m_png, m_info, &name, &method, &profile, &length))
    picture.colourProfile.assign(profile, profile + length);
  m_hasAlpha = (png_get_color_type(m_png, m_info) & PNG_COLOR_MASK_ALPHA) != 0 ||
               png_get_valid(m_png, m_info, PNG_INFO_tRNS) != 0;
  png_set_expand(m_png);
  png_set_scale_16(m_png);
  png_set_gray_to_rgb(m_png);
  png_set_add_alpha(m_png, 0xff, PNG_FILLER_AFTER);
  png_set_bgr(m_png);
  png_set_interlace_handling(m_png);
  png_read_update_info(m_png, m_info);
}

void multiplyByAlpha(uint32_t* pixels, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const uint32_t pixel = pixels[i];
    pixels[i] = premultiplied(pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff, pixel >> 24);
  }
}

/// The seven passes over it must all be read before one row is whole.
void PngReader::readWhole() {
  m_whole = Image(static_cast<int>(png_get_image_width(m_png, m_info)),
                  static_cast<int>(png_get_image_height(m_png, m_info)));
  std::vector<png_bytep> rows;
  for (int y = 0; y < m_whole.height; ++y) rows.push_back(reinterpret_cast<png_bytep>(&m_whole.at(0, y)));
  png_read_image(m_png, rows.data());
}

RowsRead PngReader::next(Image& rows) {
  RowsRead read;
  try {
    if (isInterlaced() && m_whole.pixels.empty()) readWhole();
    for (; read.count < rows.height; ++read.count, ++m_row) {
      uint32_t* row = &rows.at(0, read.count);
      if (isInterlaced())
        std::copy_n(&m_whole.at(0, static_cast<int>(m_row)), rows.width, row);
      else
        png_read_row(m_png, reinterpret_cast<png_bytep>(row), nullptr);
      if (m_hasAlpha) multiplyByAlpha(row, static_cast<size_t>(rows.width));
    }
  } catch (const std::runtime_error& error) {
    read.reason = error.what();
  }
  return read;
}

}  // namespace

Result<std::optional<PlainPicture>> openPng(const FileHead& head) {
  constexpr std::string_view kMark = "\x89PNG\r\n\x1a\n";
  std::array<uint8_t, 8> start{};
  if (head.file->size() < start.size() || !head.file->read(0, start).empty() ||
      !std::equal(start.begin(), start.end(), kMark.begin(),
                  [](uint8_t byte, char letter) { return byte == static_cast<uint8_t>(letter); }))
    return std::nullopt;
  PlainPicture picture;
  picture.kind = "png";
  auto reader = std::make_shared<PngReader>(head.file);
  try {
    reader->readHead(picture);
  } catch (const std::runtime_error& error) {
    return cannotOpen(head.path, fmt::format("its PNG data are damaged: {}", error.what()));
  }
  if (reader->isInterlaced() && picture.size.width * picture.size.height > kMostPixelsInMemory)
    return cannotOpen(head.path, fmt::format("it is an interlaced PNG of {} x {} pixels, which does not fit "
                                             "into memory: save it without interlacing",
                                             picture.size.width, picture.size.height));
  picture.rows.next = [reader](Image& rows) { return reader->next(rows); };
  return picture;
}

}  // namespace geneglass
