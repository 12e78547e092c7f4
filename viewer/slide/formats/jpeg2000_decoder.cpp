// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/jpeg2000_decoder.h"

#include <fmt/format.h>
#include <openjpeg.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <utility>

#include "viewer/slide/formats/jpeg2000_head.h"
#include "viewer/slide/formats/reduced_levels.h"

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
  constexpr OPJ_SIZE_T kChunk = 1 << 16;
  Stream stream(opj_stream_create(kChunk, OPJ_TRUE), opj_stream_destroy);
  if (!stream) return stream;
  opj_stream_set_user_data(stream.get(), &cursor, nullptr);
  opj_stream_set_user_data_length(stream.get(), cursor.bytes.size());
  opj_stream_set_read_function(stream.get(), readSome);
  opj_stream_set_skip_function(stream.get(), skipSome);
  opj_stream_set_seek_function(stream.get(), seekTo);
  return stream;
}

/// Asked before anything is allocated.
std::string misfit(std::span<const uint8_t> bytes, Size size) {
  const std::optional<Jpeg2000Head> head = readJpeg2000Head(bytes);
  if (!head) return "its JPEG 2000 header is damaged";
  if (head->width != size.width || head->height != size.height)
    return fmt::format("it is a JPEG 2000 of {} x {} pixels, not {} x {}", head->width, head->height,
                       size.width, size.height);
  if (head->components != 3)
    return fmt::format("it is a JPEG 2000 of {} components, not 3", head->components);
  return head->refusal();
}

/// Before anything is allocated for pixels.
std::string misfit(const opj_image_t& picture) {
  if (picture.numcomps != 3)
    return fmt::format("it is a JPEG 2000 of {} components, not 3", picture.numcomps);
  for (const opj_image_comp_t& component : std::span(picture.comps, 3))
    if (component.prec != 8 || component.sgnd) return "it is a JPEG 2000 of other than 8-bit numbers";
  return {};
}

/// One component; each of its samples covers 2^shift pixels each way.
struct Samples {
  const opj_image_comp_t& component;
  int shiftX;
  int shiftY;

  Samples(const opj_image_comp_t& own, Size size)
      : component(own), shiftX(shiftOf(size.width, own.w)), shiftY(shiftOf(size.height, own.h)) {}
  bool cover(Size size) const {
    return component.data && shiftX >= 0 && shiftY >= 0 && (size.width - 1) >> shiftX < component.w &&
           (size.height - 1) >> shiftY < component.h;
  }
  const int* row(int y) const { return component.data + static_cast<size_t>(y >> shiftY) * component.w; }

 private:
  static int shiftOf(int64_t pixels, uint32_t samples) {
    for (int shift = 0; shift < 3; ++shift)
      if ((pixels + (1 << shift) - 1) >> shift == samples) return shift;
    return -1;
  }
};

uint32_t byte(int value) {
  return static_cast<uint32_t>(std::clamp(value, 0, 255));
}

/// JFIF 1.02, in steps of 2^-16.
uint32_t fromYCbCr(int y, int cb, int cr) {
  const int blue = cb - 128;
  const int red = cr - 128;
  constexpr int kHalf = 1 << 15;
  return opaque(byte(y + ((91881 * red + kHalf) >> 16)),
                byte(y - ((22554 * blue + 46802 * red + kHalf) >> 16)),
                byte(y + ((116130 * blue + kHalf) >> 16)));
}

uint32_t fromRgb(int red, int green, int blue) {
  return opaque(byte(red), byte(green), byte(blue));
}

template <uint32_t (*pixel)(int, int, int)>
void unpackRow(const Samples& first, const Samples& second, const Samples& third, int y,
               std::span<uint32_t> row) {
  const int* a = first.row(y);
  const int* b = second.row(y);
  const int* c = third.row(y);
  const auto width = static_cast<int>(row.size());
  if (first.shiftX + second.shiftX + third.shiftX == 0)
    for (int x = 0; x < width; ++x) row[static_cast<size_t>(x)] = pixel(a[x], b[x], c[x]);
  else
    for (int x = 0; x < width; ++x)
      row[static_cast<size_t>(x)] = pixel(a[x >> first.shiftX], b[x >> second.shiftX], c[x >> third.shiftX]);
}

std::string unpack(const opj_image_t& picture, Jpeg2000Colour colour, Size size, Image& image) {
  const Samples first(picture.comps[0], size);
  const Samples second(picture.comps[1], size);
  const Samples third(picture.comps[2], size);
  if (!first.cover(size) || !second.cover(size) || !third.cover(size) || image.width > size.width ||
      image.height > size.height)
    return "it holds fewer pixels than its place";
  const auto unpackOne = colour == Jpeg2000Colour::Rgb ? unpackRow<fromRgb> : unpackRow<fromYCbCr>;
  for (int y = 0; y < image.height; ++y)
    unpackOne(first, second, third, y, std::span(&image.at(0, y), static_cast<size_t>(image.width)));
  return {};
}

/// The transform's coarser pixels lie on the first pixel of those they stand for: moves each to their middle,
/// between it and the next, (factor - 1) / (2 factor) of the way.
void moveToMiddle(Image& image, int factor) {
  const auto next = static_cast<uint32_t>(16 * (factor - 1) / (2 * factor));
  const uint32_t weights[4] = {(16 - next) * (16 - next), next * (16 - next), (16 - next) * next,
                               next * next};
  for (int y = 0; y < image.height; ++y) {
    const int below = std::min(y + 1, image.height - 1);
    for (int x = 0; x < image.width; ++x) {
      const int right = std::min(x + 1, image.width - 1);
      const uint32_t corners[4] = {image.at(x, y), image.at(right, y), image.at(x, below),
                                   image.at(right, below)};
      // Two channels at a time, 16 bits apart.
      uint32_t even = 0x00800080;
      uint32_t odd = 0x00800080;
      for (int i = 0; i < 4; ++i) {
        even += (corners[i] & 0x00ff00ff) * weights[i];
        odd += (corners[i] >> 8 & 0x00ff00ff) * weights[i];
      }
      image.at(x, y) = (even >> 8 & 0x00ff00ff) | (odd & 0xff00ff00);
    }
  }
}

/// How often the stream's picture can be halved: its components' fewest.
int halvings(opj_codec_t* codec) {
  opj_codestream_info_v2_t* facts = opj_get_cstr_info(codec);
  if (!facts || !facts->m_default_tile_info.tccp_info) return 0;
  int fewest = 32;
  for (uint32_t i = 0; i < facts->nbcomps; ++i)
    fewest = std::min(fewest, static_cast<int>(facts->m_default_tile_info.tccp_info[i].numresolutions) - 1);
  opj_destroy_cstr_info(&facts);
  return fewest;
}

}  // namespace

std::string decodeJpeg2000(const Jpeg2000Tile& tile, Image& image) {
  if (std::string other = misfit(tile.bytes, tile.size); !other.empty()) return other;
  Cursor cursor{tile.bytes};
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
  if (std::string other = misfit(*picture); !other.empty()) return other;
  const int wanted = std::countr_zero(static_cast<unsigned>(tile.reduction));
  const int halved = std::min(wanted, halvings(codec.get()));
  if (halved > 0 && !opj_set_decoded_resolution_factor(codec.get(), static_cast<uint32_t>(halved)))
    return otherwise("its JPEG 2000 header is damaged");
  if (!opj_decode(codec.get(), stream.get(), picture.get()) || !reason.empty())
    return otherwise("its JPEG 2000 data are damaged");
  const Size size{tile.size.width >> halved, tile.size.height >> halved};
  if (wanted == 0) return unpack(*picture, tile.colour, size, image);
  Image reduced = Image::unset(static_cast<int>(size.width), static_cast<int>(size.height));
  std::string misfitting = unpack(*picture, tile.colour, size, reduced);
  if (!misfitting.empty()) return misfitting;
  if (halved > 0) moveToMiddle(reduced, 1 << halved);
  image = halved < wanted ? boxMean(reduced, 1 << (wanted - halved)) : std::move(reduced);
  return {};
}

}  // namespace geneglass
