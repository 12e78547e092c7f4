// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_pixels.h"

#include <algorithm>
#include <memory>

#include "viewer/foundation/files/unpacked_bytes.h"
#include "viewer/slide/formats/czi/czi_segment.h"
#include "viewer/slide/formats/jpeg_decoder.h"

namespace geneglass {
namespace {

/// The bytes of a block behind its segment's head, its entry, its metadata (ZISRAWSUBBLOCK).
std::string readPacked(const PositionedFile& file, const CziBlock& block, std::vector<uint8_t>& bytes) {
  constexpr uint64_t kLeastHead = 256, kSizes = 16, kEntryHead = 32, kDimension = 20;
  const std::optional<uint64_t> length = cziSegment(file, block.position, "ZISRAWSUBBLOCK");
  std::array<uint8_t, kSizes + kEntryHead> head{};
  const uint64_t begin = block.position + kCziSegmentHead;
  if (!length || *length < head.size() || !file.read(begin, head).empty())
    return "no pixels lie where its directory says";
  const auto metadata = cziNumber<uint32_t>(head, 0);
  const auto count = cziNumber<uint64_t>(head, 8);
  const uint64_t dimensions = cziNumber<uint32_t>(head, kSizes + 28);
  const uint64_t skipped = std::max(kLeastHead, kSizes + kEntryHead + kDimension * dimensions) + metadata;
  const auto pixels = static_cast<uint64_t>(block.stored.width * block.stored.height);
  if (count > 16 * pixels + 65536) return "more bytes than its pixels can have are said to be their own";
  if (skipped > file.size() || begin + skipped > file.size() || count > file.size() - begin - skipped)
    return "its bytes lie beyond the end of the file";
  bytes.resize(count);
  return file.read(begin + skipped, bytes);
}

std::string unpackSamples(std::span<const uint8_t> packed, std::vector<uint8_t>& samples) {
  const auto count = unpackZstd(packed, samples);
  if (!count) return "its Zstandard data are damaged";
  return *count == samples.size() ? "" : "it holds fewer pixels than it says";
}

/// Of "zstd1": its length, which counts itself, and perhaps a word on the order of bytes, which single bytes
/// do not have.
std::string dropHead(std::span<const uint8_t>& packed) {
  constexpr uint8_t kByteOrder = 1;
  const size_t length = packed.empty() ? 0 : packed[0];
  const bool isKnown =
      length == 1 || (length == 3 && packed.size() >= 3 && packed[1] == kByteOrder && packed[2] == 0);
  if (!isKnown) return "its Zstandard data have a head that is not known";
  packed = packed.subspan(length);
  return {};
}

void pixelsOfBgr(std::span<const uint8_t> samples, Image& image) {
  const uint8_t* from = samples.data();
  for (uint32_t& pixel : image.pixels) {
    pixel = opaque(from[2], from[1], from[0]);
    from += 3;
  }
}

}  // namespace

bool isUnpackedCzi(int32_t packing) {
  return packing == CziBlock::kRaw || packing == CziBlock::kJpeg || packing == CziBlock::kZstd0 ||
         packing == CziBlock::kZstd1;
}

std::string decodeCziBlock(const PositionedFile& file, const CziBlock& block, Image& image) {
  thread_local std::vector<uint8_t> bytes, samples;
  if (std::string reason = readPacked(file, block, bytes); !reason.empty()) return reason;
  image = Image::unset(static_cast<int>(block.stored.width), static_cast<int>(block.stored.height));
  std::span<const uint8_t> packed = bytes;
  if (block.packing == CziBlock::kJpeg)
    return decodeJpeg({packed, {}, JpegColour::YCbCr, block.stored, 1}, image);
  const size_t count = 3 * image.pixels.size();
  if (block.packing == CziBlock::kRaw) {
    if (packed.size() < count) return "it holds fewer pixels than it says";
    pixelsOfBgr(packed, image);
    return {};
  }
  if (block.packing == CziBlock::kZstd1)
    if (std::string reason = dropHead(packed); !reason.empty()) return reason;
  samples.resize(count);
  if (std::string reason = unpackSamples(packed, samples); !reason.empty()) return reason;
  pixelsOfBgr(samples, image);
  return {};
}

}  // namespace geneglass
