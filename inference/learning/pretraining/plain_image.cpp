// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/plain_image.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "viewer/slide/formats/jpeg_decoder.h"

namespace geneglass {
namespace {

constexpr int64_t kLargest = 16'384;

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
}

bool fits(Size size) {
  return size.width > 0 && size.height > 0 && size.width <= kLargest && size.height <= kLargest;
}

/// A pixel whose colours are not multiplied by alpha, on white paper.
uint32_t overWhite(uint32_t pixel) {
  const int alpha = alphaOf(pixel);
  if (alpha == 255) return pixel;
  const auto channel = [&](int value) { return uint32_t((value * alpha + 255 * (255 - alpha)) / 255); };
  return opaque(channel(redOf(pixel)), channel(greenOf(pixel)), channel(blueOf(pixel)));
}

Result<Image> readPng(const std::filesystem::path& file) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&png, file.c_str())) return unreadable(file, png.message);
  if (!fits({png.width, png.height})) {
    png_image_free(&png);
    return unreadable(file, "it is larger than 16,384 pixels a side");
  }
  png.format = PNG_FORMAT_BGRA;
  Image image = Image::unset(int(png.width), int(png.height));
  const bool read = png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr);
  png_image_free(&png);
  if (!read || png.warning_or_error & PNG_IMAGE_ERROR) return unreadable(file, png.message);
  for (uint32_t& pixel : image.pixels) pixel = overWhite(pixel);
  return image;
}

/// From the first frame header; none where there is no such thing.
std::optional<Size> sizeOfJpeg(std::span<const uint8_t> bytes) {
  const auto number = [&](size_t at) { return int64_t(bytes[at]) << 8 | bytes[at + 1]; };
  for (size_t at = 2; at + 9 < bytes.size() && bytes[at] == 0xff;) {
    const uint8_t marker = bytes[at + 1];
    const bool isFrame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (isFrame) return Size{number(at + 7), number(at + 5)};
    at += 2 + size_t(number(at + 2));
  }
  return {};
}

Result<Image> readJpeg(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
  const std::optional<Size> size = sizeOfJpeg(bytes);
  if (!size) return unreadable(file, "it is no JPEG picture");
  if (!fits(*size)) return unreadable(file, "it is larger than 16,384 pixels a side");
  Image image(int(size->width), int(size->height));
  const std::string refusal = decodeJpeg({bytes, {}, JpegColour::YCbCr, *size}, image);
  if (!refusal.empty()) return unreadable(file, refusal);
  return image;
}

}  // namespace

Result<Image> readPlainImage(const std::filesystem::path& file) {
  return file.extension() == ".png" ? readPng(file) : readJpeg(file);
}

std::vector<uint8_t> rgbOnWhite(const Image& image) {
  std::vector<uint8_t> rgb;
  rgb.reserve(image.pixels.size() * 3);
  for (const uint32_t pixel : image.pixels) {
    const int white = 255 - alphaOf(pixel);
    for (const int value : {redOf(pixel), greenOf(pixel), blueOf(pixel)})
      rgb.push_back(uint8_t(std::min(255, value + white)));
  }
  return rgb;
}

}  // namespace geneglass
