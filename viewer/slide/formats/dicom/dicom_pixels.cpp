// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_pixels.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "viewer/slide/formats/jpeg2000_decoder.h"
#include "viewer/slide/formats/jpeg_decoder.h"
#include "viewer/slide/formats/reduced_levels.h"

namespace geneglass {
namespace {

/// Whether a codestream's own header says that its components are to be transformed to RGB (ISO 15444-1,
/// A.6.1): then the decoder does so.
bool isTransformed(std::span<const uint8_t> stream) {
  constexpr uint8_t kCodingStyle = 0x52, kFirstTile = 0x90;
  for (size_t at = 2; at + 9 < stream.size() && stream[at] == 0xff && stream[at + 1] != kFirstTile;) {
    if (stream[at + 1] == kCodingStyle) return stream[at + 8] == 1;
    at += 2 + (size_t{stream[at + 2]} << 8 | stream[at + 3]);
  }
  return false;
}

/// Three samples of each pixel, `step` apart in each of the planes that begin `plane` apart.
void unpackSamples(const DicomInstance& instance, std::span<const uint8_t> bytes, bool planar, Image& image) {
  const auto width = static_cast<size_t>(instance.tile.width);
  const size_t plane = planar ? width * static_cast<size_t>(instance.tile.height) : 1;
  const size_t step = planar ? 1 : 3;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const uint8_t* pixel = &bytes[(static_cast<size_t>(y) * width + static_cast<size_t>(x)) * step];
      image.at(x, y) = opaque(pixel[0], pixel[plane], pixel[2 * plane]);
    }
}

/// PackBits (PS3.5, G.3.1). False where the segment ends before the plane is full.
bool unpackRuns(std::span<const uint8_t> segment, std::span<uint8_t> plane) {
  size_t at = 0;
  for (size_t filled = 0; filled < plane.size();) {
    if (at >= segment.size()) return false;
    const auto code = static_cast<int8_t>(segment[at++]);
    if (code == -128) continue;
    const size_t said = code >= 0 ? size_t(code) + 1 : size_t(1 - code);
    const size_t count = std::min(said, plane.size() - filled);
    if (at + (code >= 0 ? count : 1) > segment.size()) return false;
    if (code >= 0)
      std::copy_n(&segment[at], count, &plane[filled]);
    else
      std::fill_n(&plane[filled], count, segment[at]);
    at += code >= 0 ? said : 1;
    filled += count;
  }
  return true;
}

/// Three planes.
std::string unpackRunLengths(const DicomInstance& instance, std::span<const uint8_t> bytes,
                             std::vector<uint8_t>& planes) {
  constexpr size_t kHeader = 64;
  const auto number = [&](size_t i) {
    return size_t{bytes[i]} | size_t{bytes[i + 1]} << 8 | size_t{bytes[i + 2]} << 16 |
           size_t{bytes[i + 3]} << 24;
  };
  if (bytes.size() < kHeader || number(0) != 3) return "its run lengths are not those of three samples";
  const auto pixels = static_cast<size_t>(instance.tile.width * instance.tile.height);
  planes.resize(3 * pixels);
  for (size_t i = 0; i < 3; ++i) {
    const size_t from = number(4 + 4 * i);
    const size_t to = i == 2 ? bytes.size() : number(8 + 4 * i);
    const bool sane = from >= kHeader && from <= to && to <= bytes.size();
    if (!sane || !unpackRuns(bytes.subspan(from, to - from), std::span(planes).subspan(i * pixels, pixels)))
      return "its run lengths end before the frame is full";
  }
  return {};
}

std::string decodeWhole(const DicomInstance& instance, std::span<const uint8_t> bytes, Image& image) {
  if (image.width > instance.tile.width || image.height > instance.tile.height)
    return "it holds fewer pixels than its place";
  if (instance.coding == DicomCoding::Raw) {
    unpackSamples(instance, bytes, instance.planar, image);
    return {};
  }
  std::vector<uint8_t> planes;
  if (std::string reason = unpackRunLengths(instance, bytes, planes); !reason.empty()) return reason;
  unpackSamples(instance, planes, true, image);
  return {};
}

}  // namespace

std::string decodeDicomFrame(const DicomInstance& instance, std::span<const uint8_t> bytes, int reduction,
                             Image& image) {
  if (instance.coding == DicomCoding::Jpeg) {
    const JpegColour colour = instance.colour == DicomColour::Rgb ? JpegColour::Rgb : JpegColour::YCbCr;
    return decodeJpeg({bytes, {}, colour, instance.tile, reduction}, image);
  }
  if (instance.coding == DicomCoding::Jpeg2000) {
    const bool rgb = instance.colour == DicomColour::Rgb || isTransformed(bytes);
    return decodeJpeg2000(
        {bytes, rgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr, instance.tile, reduction}, image);
  }
  if (reduction == 1) return decodeWhole(instance, bytes, image);
  Image whole = Image::unset(static_cast<int>(instance.tile.width), static_cast<int>(instance.tile.height));
  if (std::string reason = decodeWhole(instance, bytes, whole); !reason.empty()) return reason;
  image = boxMean(whole, reduction);
  return {};
}

}  // namespace geneglass
