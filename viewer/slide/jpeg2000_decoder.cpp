// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/jpeg2000_decoder.h"

#include <fmt/format.h>
#include <openjpeg.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

namespace geneglass {
namespace {

/// What OpenJPEG reads from; it wants callbacks.
struct Cursor {
  std::span<const uint8_t> bytes;
  size_t at = 0;
};

OPJ_SIZE_T readSome(void* buffer, OPJ_SIZE_T count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const size_t some = std::min<size_t>(count, cursor.bytes.size() - cursor.at);
  if (some == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(buffer, cursor.bytes.data() + cursor.at, some);
  cursor.at += some;
  return some;
}

OPJ_OFF_T skipSome(OPJ_OFF_T count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (count < 0) return -1;
  const size_t some = std::min(static_cast<size_t>(count), cursor.bytes.size() - cursor.at);
  cursor.at += some;
  return static_cast<OPJ_OFF_T>(some);
}

OPJ_BOOL seekTo(OPJ_OFF_T position, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (position < 0 || static_cast<size_t>(position) > cursor.bytes.size()) return OPJ_FALSE;
  cursor.at = static_cast<size_t>(position);
  return OPJ_TRUE;
}

void keepFirst(const char* message, void* reason) {
  auto& text = *static_cast<std::string*>(reason);
  if (!text.empty()) return;
  text = message;
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
}

using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using Codec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Picture = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

Stream streamOver(Cursor& cursor) {
  constexpr OPJ_SIZE_T chunk = 1 << 16;
  Stream stream(opj_stream_create(chunk, OPJ_TRUE), opj_stream_destroy);
  if (!stream) return stream;
  opj_stream_set_user_data(stream.get(), &cursor, nullptr);
  opj_stream_set_user_data_length(stream.get(), cursor.bytes.size());
  opj_stream_set_read_function(stream.get(), readSome);
  opj_stream_set_skip_function(stream.get(), skipSome);
  opj_stream_set_seek_function(stream.get(), seekTo);
  return stream;
}

/// Asked before anything is allocated for pixels.
std::string misfit(const opj_image_t& picture, Size size) {
  if (picture.x1 < picture.x0 || picture.y1 < picture.y0) return "it has no pixels";
  const uint32_t width = picture.x1 - picture.x0;
  const uint32_t height = picture.y1 - picture.y0;
  if (width != size.width || height != size.height)
    return fmt::format("it is a JPEG 2000 of {} x {} pixels, not {} x {}", width, height, size.width,
                       size.height);
  if (picture.numcomps != 3)
    return fmt::format("it is a JPEG 2000 of {} components, not 3", picture.numcomps);
  for (const opj_image_comp_t& component : std::span(picture.comps, 3))
    if (component.prec != 8 || component.sgnd) return "it is a JPEG 2000 of other than 8-bit numbers";
  return {};
}

/// One component and how many pixels each of its samples covers.
struct Samples {
  const opj_image_comp_t& component;
  int stepX;
  int stepY;

  Samples(const opj_image_comp_t& own, Size size)
      : component(own),
        stepX(static_cast<int>(size.width / std::max(1u, own.w))),
        stepY(static_cast<int>(size.height / std::max(1u, own.h))) {}
  bool cover(Size size) const {
    return component.data && stepX > 0 && stepY > 0 && (size.width - 1) / stepX < component.w &&
           (size.height - 1) / stepY < component.h;
  }
  int at(int x, int y) const {
    return component.data[static_cast<size_t>(y / stepY) * component.w + static_cast<size_t>(x / stepX)];
  }
};

uint32_t clamped(double value) {
  return static_cast<uint32_t>(std::clamp(std::lround(value), 0L, 255L));
}

/// JFIF 1.02.
uint32_t fromYCbCr(int y, int cb, int cr) {
  const int blue = cb - 128;
  const int red = cr - 128;
  return opaque(clamped(y + 1.402 * red), clamped(y - 0.34414 * blue - 0.71414 * red),
                clamped(y + 1.772 * blue));
}

uint32_t fromRgb(int red, int green, int blue) {
  const auto byte = [](int value) { return static_cast<uint32_t>(std::clamp(value, 0, 255)); };
  return opaque(byte(red), byte(green), byte(blue));
}

std::string unpack(const opj_image_t& picture, Jpeg2000Colour colour, Size size, Image& image) {
  const Samples first(picture.comps[0], size);
  const Samples second(picture.comps[1], size);
  const Samples third(picture.comps[2], size);
  if (!first.cover(size) || !second.cover(size) || !third.cover(size) || image.width > size.width ||
      image.height > size.height)
    return "it holds fewer pixels than its place";
  const auto pixel = colour == Jpeg2000Colour::Rgb ? fromRgb : fromYCbCr;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      image.at(x, y) = pixel(first.at(x, y), second.at(x, y), third.at(x, y));
  return {};
}

}  // namespace

std::string decodeJpeg2000(std::span<const uint8_t> bytes, Jpeg2000Colour colour, Size size, Image& image) {
  Cursor cursor{bytes};
  std::string reason;
  const Stream stream = streamOver(cursor);
  const Codec codec(opj_create_decompress(OPJ_CODEC_J2K), opj_destroy_codec);
  if (!stream || !codec) return "there is too little memory";
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  opj_set_error_handler(codec.get(), keepFirst, &reason);
  opj_image_t* header = nullptr;
  const auto otherwise = [&reason](const char* words) { return reason.empty() ? words : reason; };
  if (!opj_setup_decoder(codec.get(), &parameters) || !opj_read_header(stream.get(), codec.get(), &header))
    return otherwise("its JPEG 2000 header is damaged");
  const Picture picture(header, opj_image_destroy);
  if (std::string other = misfit(*picture, size); !other.empty()) return other;
  if (!opj_decode(codec.get(), stream.get(), picture.get()) || !reason.empty())
    return otherwise("its JPEG 2000 data are damaged");
  return unpack(*picture, colour, size, image);
}

}  // namespace geneglass
