// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

#include <jerror.h>
#include <jpeglib.h>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {
namespace {

constexpr int kExifMarker = JPEG_APP0 + 1;
constexpr int kProfileMarker = JPEG_APP0 + 2;

[[noreturn]] void throwJpegError(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  throw std::runtime_error(text);
}

/// Where the data ran out libjpeg would go on with grey.
void throwWherePixelsAreLost(j_common_ptr info, int level) {
  if (level < 0 && (info->err->msg_code == JWRN_HIT_MARKER || info->err->msg_code == JWRN_JPEG_EOF))
    throw std::runtime_error("its JPEG data are damaged");
}

/// Reads a JPEG from any file in pieces of 64 KiB.
class JpegReader final {
 public:
  explicit JpegReader(std::shared_ptr<const PositionedFile> file) : m_file(std::move(file)) {
    m_info.err = jpeg_std_error(&m_error);
    m_error.error_exit = throwJpegError;
    m_error.emit_message = throwWherePixelsAreLost;
    jpeg_create_decompress(&m_info);
    m_info.client_data = this;
    m_source.init_source = [](j_decompress_ptr) {};
    m_source.term_source = [](j_decompress_ptr) {};
    m_source.resync_to_restart = jpeg_resync_to_restart;
    m_source.fill_input_buffer = fill;
    m_source.skip_input_data = skip;
    m_source.bytes_in_buffer = 0;
    m_info.src = &m_source;
  }
  ~JpegReader() { jpeg_destroy_decompress(&m_info); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  /// Why the picture is not read; empty where it is.
  std::string readHead(PlainPicture& picture);
  RowsRead next(Image& rows);

 private:
  static boolean fill(j_decompress_ptr info);
  static void skip(j_decompress_ptr info, long count);
  int orientation() const;

  const std::shared_ptr<const PositionedFile> m_file;
  uint64_t m_offset = 0;
  std::array<uint8_t, 65536> m_buffer{};
  jpeg_error_mgr m_error{};
  jpeg_source_mgr m_source{};
  jpeg_decompress_struct m_info{};
};

boolean JpegReader::fill(j_decompress_ptr info) {
  auto* reader = static_cast<JpegReader*>(info->client_data);
  const uint64_t rest = reader->m_file->size() - reader->m_offset;
  const size_t count = static_cast<size_t>(std::min<uint64_t>(rest, reader->m_buffer.size()));
  if (count == 0) throw std::runtime_error("it is cut short");
  const std::string reason = reader->m_file->read(reader->m_offset, std::span(reader->m_buffer).first(count));
  if (!reason.empty()) throw std::runtime_error(reason);
  reader->m_offset += count;
  reader->m_source.next_input_byte = reader->m_buffer.data();
  reader->m_source.bytes_in_buffer = count;
  return TRUE;
}

void JpegReader::skip(j_decompress_ptr info, long count) {
  auto* reader = static_cast<JpegReader*>(info->client_data);
  if (count <= 0) return;
  const auto wanted = static_cast<size_t>(count);
  const size_t there = std::min(wanted, reader->m_source.bytes_in_buffer);
  reader->m_source.next_input_byte += there;
  reader->m_source.bytes_in_buffer -= there;
  reader->m_offset = std::min(reader->m_file->size(), reader->m_offset + (wanted - there));
}

/// What Exif says of how the picture is turned; 1 where it says nothing.
int JpegReader::orientation() const {
  for (jpeg_saved_marker_ptr marker = m_info.marker_list; marker; marker = marker->next) {
    const uint8_t* const bytes = marker->data;
    const size_t length = marker->data_length;
    if (marker->marker != kExifMarker || length < 14 ||
        std::string_view(reinterpret_cast<const char*>(bytes), 4) != "Exif")
      continue;
    const uint8_t* const tiff = bytes + 6;
    const size_t size = length - 6;
    const bool lowFirst = tiff[0] == 'I';
    const auto number = [&](size_t at, size_t width) {
      uint32_t value = 0;
      for (size_t i = 0; i < width; ++i) value = value << 8 | tiff[at + (lowFirst ? width - 1 - i : i)];
      return value;
    };
    const size_t first = number(4, 4);
    if (first + 2 > size) return 1;
    const size_t entries = number(first, 2);
    for (size_t i = 0; i < entries && first + 2 + 12 * (i + 1) <= size; ++i)
      if (number(first + 2 + 12 * i, 2) == 0x112) return static_cast<int>(number(first + 10 + 12 * i, 2));
  }
  return 1;
}

/// Bytes that libjpeg keeps of a picture of several scans until the last one is read.
uint64_t bytesOfScans(const jpeg_decompress_struct& info) {
  uint64_t blocks = 0;
  for (int i = 0; i < info.num_components; ++i)
    blocks += uint64_t{info.comp_info[i].width_in_blocks} * info.comp_info[i].height_in_blocks;
  return blocks * DCTSIZE2 * sizeof(JCOEF);
}

std::string JpegReader::readHead(PlainPicture& picture) {
  constexpr uint64_t kMostBytes = uint64_t{512} << 20;
  jpeg_save_markers(&m_info, kExifMarker, 0xffff);
  jpeg_save_markers(&m_info, kProfileMarker, 0xffff);
  jpeg_read_header(&m_info, TRUE);
  picture.size = {m_info.image_width, m_info.image_height};
  if (m_info.num_components == 4)
    return "its colours are those of printing inks (CMYK), which no screen has: convert it to RGB";
  if (const int turned = orientation(); turned > 1 && turned <= 8)
    return fmt::format("it is stored turned (Exif orientation {}): 'vips autorot IN.jpg OUT.png' turns it",
                       turned);
  if (jpeg_has_multiple_scans(&m_info) && bytesOfScans(m_info) > kMostBytes)
    return fmt::format(
        "it is a progressive JPEG of {} x {} pixels, which does not fit into memory: "
        "'jpegtran IN.jpg > OUT.jpg' makes a sequential one of it",
        picture.size.width, picture.size.height);
  const double perMetre = m_info.density_unit == 1 ? 1 / 0.0254 : m_info.density_unit == 2 ? 100 : 0;
  if (m_info.saw_JFIF_marker && perMetre > 0)
    picture.mpp = mppOfDensity(m_info.X_density * perMetre, m_info.Y_density * perMetre);
  JOCTET* profile = nullptr;
  unsigned length = 0;
  if (jpeg_read_icc_profile(&m_info, &profile, &length)) {
    picture.colourProfile.assign(profile, profile + length);
    std::free(profile);  // NOLINT(cppcoreguidelines-no-malloc): libjpeg's
  }
  m_info.out_color_space = JCS_EXT_BGRA;
  return {};
}

RowsRead JpegReader::next(Image& rows) {
  RowsRead read;
  try {
    if (m_info.output_height == 0) jpeg_start_decompress(&m_info);
    while (read.count < rows.height) {
      auto* row = reinterpret_cast<JSAMPROW>(&rows.at(0, read.count));
      read.count += static_cast<int>(jpeg_read_scanlines(&m_info, &row, 1));
    }
  } catch (const std::runtime_error& error) {
    read.reason = error.what();
  }
  return read;
}

}  // namespace

Result<std::optional<PlainPicture>> openJpeg(const FileHead& head) {
  std::array<uint8_t, 3> start{};
  if (head.file->size() < start.size() || !head.file->read(0, start).empty() ||
      start != std::array<uint8_t, 3>{0xff, 0xd8, 0xff})
    return std::nullopt;
  PlainPicture picture;
  picture.kind = "jpeg";
  auto reader = std::make_shared<JpegReader>(head.file);
  try {
    if (std::string reason = reader->readHead(picture); !reason.empty()) return cannotOpen(head.path, reason);
  } catch (const std::runtime_error& error) {
    return cannotOpen(head.path, fmt::format("its JPEG data are damaged: {}", error.what()));
  }
  picture.rows.next = [reader](Image& rows) { return reader->next(rows); };
  return picture;
}

}  // namespace geneglass
