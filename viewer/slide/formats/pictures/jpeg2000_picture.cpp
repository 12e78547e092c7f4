// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/jpeg2000_head.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {
namespace {

/// Decoded at a time, each time the whole file is walked: 12 bytes a pixel.
constexpr int64_t kDecodedTogether = int64_t{1} << 24;

void keepFirstWords(const char* message, void* reason) {
  auto& text = *static_cast<std::string*>(reason);
  if (!text.empty()) return;
  text = message;
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
}

/// A file or bare codestream opened afresh, since OpenJPEG decodes one area and no more.
class Jpeg2000File final {
 public:
  Jpeg2000File(const std::filesystem::path& file, bool isBare)
      : m_stream(opj_stream_create_default_file_stream(file.c_str(), OPJ_TRUE), opj_stream_destroy),
        m_codec(opj_create_decompress(isBare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2), opj_destroy_codec),
        m_image(nullptr, opj_image_destroy) {
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_set_error_handler(m_codec.get(), keepFirstWords, &m_reason);
    opj_image_t* image = nullptr;
    if (m_stream && opj_setup_decoder(m_codec.get(), &parameters) &&
        opj_read_header(m_stream.get(), m_codec.get(), &image))
      m_image.reset(image);
  }

  const opj_image_t* image() const { return m_image.get(); }  ///< null where there is none
  std::string reason() const { return m_reason.empty() ? "its JPEG 2000 data are damaged" : m_reason; }

  /// Rows [from, to) of the picture, counted from its own top.
  bool decode(int64_t from, int64_t to) {
    const int64_t top = m_image->y0;
    return opj_set_decode_area(m_codec.get(), m_image.get(), static_cast<OPJ_INT32>(m_image->x0),
                               static_cast<OPJ_INT32>(top + from), static_cast<OPJ_INT32>(m_image->x1),
                               static_cast<OPJ_INT32>(top + to)) &&
           opj_decode(m_codec.get(), m_stream.get(), m_image.get()) && m_reason.empty();
  }

 private:
  std::string m_reason;
  std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)> m_stream;
  std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)> m_codec;
  std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)> m_image;
};

/// Where the codestream begins; nothing where there is none.
std::optional<uint64_t> codestreamOf(const FileHead& head, bool isBare) {
  constexpr int kMostBoxes = 1000;
  constexpr std::array<uint8_t, 4> kCodestream{'j', 'p', '2', 'c'};
  uint64_t at = 0;
  for (int box = 0; box < kMostBoxes && !isBare; ++box) {
    std::array<uint8_t, 16> start{};
    if (at > head.file->size() || head.file->size() - at < 8) return {};
    const auto bytes = std::span(start).first(std::min<uint64_t>(16, head.file->size() - at));
    if (!head.file->read(at, bytes).empty()) return {};
    const auto number = [&](size_t begin, size_t width) {
      uint64_t value = 0;
      for (size_t i = 0; i < width; ++i) value = value << 8 | start[begin + i];
      return value;
    };
    const uint64_t length = number(0, 4) == 1 ? number(8, 8) : number(0, 4);
    if (std::equal(kCodestream.begin(), kCodestream.end(), start.begin() + 4))
      return at + (number(0, 4) == 1 ? 16 : 8);
    if (length < 8 || length > head.file->size() - at) return {};
    at += length;
  }
  return isBare ? std::optional<uint64_t>(0) : std::nullopt;
}

/// Asked before OpenJPEG takes memory for it; what is damaged it says itself.
std::string refusalOf(const FileHead& head, bool isBare) {
  std::array<uint8_t, Jpeg2000Head::kBytes> begin{};
  const std::optional<uint64_t> at = codestreamOf(head, isBare);
  if (!at || *at > head.file->size() || head.file->size() - *at < begin.size() ||
      !head.file->read(*at, begin).empty())
    return {};
  const std::optional<Jpeg2000Head> stream = readJpeg2000Head(begin);
  return stream ? stream->refusal() : "";
}

/// Why it is not read; empty where it is.
std::string refusalOf(const opj_image_t& image) {
  if (image.x1 <= image.x0 || image.y1 <= image.y0) return "it has no pixels";
  if (image.numcomps != 1 && image.numcomps != 3)
    return fmt::format("it is a JPEG 2000 of {} components, not 1 or 3", image.numcomps);
  for (const opj_image_comp_t& component : std::span(image.comps, image.numcomps)) {
    if (component.prec != 8 || component.sgnd) return "it is a JPEG 2000 of other than 8-bit numbers";
    if (component.dx != 1 || component.dy != 1) return "it is a JPEG 2000 whose colours are coarser than it";
  }
  const bool isPlain = image.color_space == OPJ_CLRSPC_SRGB || image.color_space == OPJ_CLRSPC_GRAY ||
                       image.color_space == OPJ_CLRSPC_UNSPECIFIED || image.color_space == OPJ_CLRSPC_UNKNOWN;
  return isPlain ? "" : "it is a JPEG 2000 of other colours than RGB: convert it to PNG";
}

/// Bands of rows, the last one kept.
class Jpeg2000Rows final {
 public:
  Jpeg2000Rows(std::filesystem::path file, bool isBare, Size size)
      : m_file(std::move(file)), m_isBare(isBare), m_size(size) {}

  RowsRead next(Image& rows) {
    RowsRead read;
    while (read.count < rows.height) {
      if (m_row == m_top + m_band.height && !decodeBand(read.reason)) return read;
      std::copy_n(&m_band.at(0, static_cast<int>(m_row++ - m_top)), m_band.width, &rows.at(0, read.count++));
    }
    return read;
  }

 private:
  bool decodeBand(std::string& reason) {
    const int64_t bottom =
        std::min(m_size.height, m_row + std::max<int64_t>(64, kDecodedTogether / m_size.width));
    Jpeg2000File file(m_file, m_isBare);
    if (!file.image() || !file.decode(m_row, bottom)) {
      reason = file.reason();
      return false;
    }
    const opj_image_t& image = *file.image();
    Image band = Image::unset(static_cast<int>(m_size.width), static_cast<int>(bottom - m_row));
    const std::array<uint32_t, 3> source = {0, image.numcomps == 3 ? 1u : 0u, image.numcomps == 3 ? 2u : 0u};
    for (const uint32_t component : source)
      if (!image.comps[component].data || image.comps[component].w != static_cast<uint32_t>(band.width) ||
          image.comps[component].h != static_cast<uint32_t>(band.height)) {
        reason = "it holds fewer pixels than it says";
        return false;
      }
    const auto value = [&](uint32_t component, size_t at) {
      return static_cast<uint32_t>(std::clamp(image.comps[component].data[at], 0, 255));
    };
    for (size_t i = 0; i < band.pixels.size(); ++i)
      band.pixels[i] = opaque(value(source[0], i), value(source[1], i), value(source[2], i));
    m_top = m_row;
    m_band = std::move(band);
    return true;
  }

  const std::filesystem::path m_file;
  const bool m_isBare;
  const Size m_size;
  Image m_band;
  int64_t m_top = 0;  ///< the band's
  int64_t m_row = 0;  ///< the next
};

}  // namespace

Result<std::optional<PlainPicture>> openJpeg2000(const FileHead& head) {
  constexpr std::array<uint8_t, 8> kBoxed{0, 0, 0, 12, 'j', 'P', ' ', ' '};
  constexpr std::array<uint8_t, 4> kBare{0xff, 0x4f, 0xff, 0x51};
  std::array<uint8_t, 8> start{};
  if (head.file->size() < start.size() || !head.file->read(0, start).empty()) return std::nullopt;
  const bool isBare = std::equal(kBare.begin(), kBare.end(), start.begin());
  if (!isBare && start != kBoxed) return std::nullopt;
  if (const std::string reason = refusalOf(head, isBare); !reason.empty())
    return cannotOpen(head.path, reason);
  const Jpeg2000File file(head.path, isBare);
  if (!file.image()) return cannotOpen(head.path, file.reason());
  const opj_image_t& image = *file.image();
  if (const std::string reason = refusalOf(image); !reason.empty()) return cannotOpen(head.path, reason);
  PlainPicture picture;
  picture.kind = "jpeg2000";
  picture.size = {int64_t{image.x1} - image.x0, int64_t{image.y1} - image.y0};
  if (image.icc_profile_buf && image.icc_profile_len > 0)
    picture.colourProfile.assign(image.icc_profile_buf, image.icc_profile_buf + image.icc_profile_len);
  auto rows = std::make_shared<Jpeg2000Rows>(head.path, isBare, picture.size);
  picture.rows.next = [rows](Image& into) { return rows->next(into); };
  return picture;
}

}  // namespace geneglass
