// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {
namespace {

/// The bytes of a chunk of a RIFF file; empty where it has none of that name.
std::vector<uint8_t> chunkOf(const std::vector<uint8_t>& file, std::string_view name) {
  for (size_t at = 12; at + 8 <= file.size();) {
    const size_t length = file[at + 4] | file[at + 5] << 8 | file[at + 6] << 16 | size_t{file[at + 7]} << 24;
    if (length > file.size() - at - 8) return {};
    const auto begin = file.begin() + static_cast<std::ptrdiff_t>(at + 8);
    if (std::string_view(reinterpret_cast<const char*>(&file[at]), 4) == name)
      return {begin, begin + static_cast<std::ptrdiff_t>(length)};
    at += 8 + length + length % 2;
  }
  return {};
}

/// WebP is decoded whole: its lossless kind looks back over all of the picture.
struct WholeWebp {
  std::vector<uint8_t> bytes;
  Image image;
  bool isDecoded = false;
  int rows = 0;  ///< that could be decoded
  int next = 0;
  std::string reason;

  void decode();
  RowsRead read(Image& into);
};

void WholeWebp::decode() {
  isDecoded = true;
  image = Image(image.width, image.height);
  const std::unique_ptr<WebPIDecoder, decltype(&WebPIDelete)> decoder(
      WebPINewRGB(MODE_bgrA, reinterpret_cast<uint8_t*>(image.pixels.data()), image.bytes(), 4 * image.width),
      WebPIDelete);
  const VP8StatusCode status = WebPIAppend(decoder.get(), bytes.data(), bytes.size());
  int last = 0, width = 0, height = 0, stride = 0;
  if (WebPIDecGetRGB(decoder.get(), &last, &width, &height, &stride)) rows = last;
  if (status == VP8_STATUS_OK) rows = image.height;
  if (rows < image.height)
    reason = status == VP8_STATUS_SUSPENDED ? "it is cut short" : "its WebP data are damaged";
  bytes = {};
}

RowsRead WholeWebp::read(Image& into) {
  if (!isDecoded) decode();
  const int count = std::min(into.height, rows - next);
  std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(next) * image.width,
              static_cast<std::ptrdiff_t>(count) * image.width, into.pixels.begin());
  next += count;
  return {count, count < into.height ? reason : std::string(), {}};
}

}  // namespace

Result<std::optional<PlainPicture>> openWebp(const FileHead& head) {
  constexpr uint64_t kMostBytes = uint64_t{256} << 20;
  const auto hasMark = [](std::span<const uint8_t> bytes, std::string_view mark) {
    return std::equal(mark.begin(), mark.end(), bytes.begin(),
                      [](char letter, uint8_t byte) { return static_cast<uint8_t>(letter) == byte; });
  };
  std::array<uint8_t, 12> start{};
  if (head.file->size() < start.size() || !head.file->read(0, start).empty() || !hasMark(start, "RIFF") ||
      !hasMark(std::span(start).subspan(8), "WEBP"))
    return std::nullopt;
  auto whole = std::make_shared<WholeWebp>();
  whole->bytes.resize(static_cast<size_t>(std::min(kMostBytes, head.file->size())));
  if (const std::string reason = head.file->read(0, whole->bytes); !reason.empty())
    return cannotOpen(head.path, reason);
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(whole->bytes.data(), whole->bytes.size(), &features) != VP8_STATUS_OK)
    return cannotOpen(head.path, "its WebP data are damaged");
  if (features.has_animation) return cannotOpen(head.path, "it is an animation, not a picture");
  PlainPicture picture;
  picture.kind = "webp";
  picture.size = {features.width, features.height};
  if (picture.size.width * picture.size.height > kMostPixelsInMemory || head.file->size() > kMostBytes)
    return cannotOpen(head.path,
                      fmt::format("it is a WebP of {} x {} pixels, which does not fit into memory: "
                                  "convert it to PNG",
                                  picture.size.width, picture.size.height));
  picture.colourProfile = chunkOf(whole->bytes, "ICCP");
  whole->image.width = features.width;
  whole->image.height = features.height;
  picture.rows.next = [whole](Image& rows) { return whole->read(rows); };
  return picture;
}

}  // namespace geneglass
