// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_directory.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "viewer/slide/formats/czi/czi_segment.h"

namespace geneglass {
namespace {

constexpr uint64_t kMostDirectoryBytes = uint64_t{1} << 28;
constexpr uint64_t kMostXmlBytes = uint64_t{1} << 26;
constexpr int64_t kMostStoredPixels = int64_t{1} << 26;
constexpr int32_t kFarthest = 1 << 30;  ///< level-0 pixels from the origin
constexpr size_t kCziEntryHead = 32, kCziDimension = 20;

/// False where it is none of a rectangle.
bool readDimensions(std::span<const uint8_t> dimensions, CziBlock& block) {
  bool hasX = false, hasY = false;
  for (; dimensions.size() >= kCziDimension; dimensions = dimensions.subspan(kCziDimension)) {
    const auto start = cziNumber<int32_t>(dimensions, 4), size = cziNumber<int32_t>(dimensions, 8);
    const auto stored = cziNumber<int32_t>(dimensions, 16);
    const char letter = static_cast<char>(dimensions[0]);
    if (letter < 'A' || letter > 'Z') return false;
    block.starts[static_cast<size_t>(letter - 'A')] = start;
    if (letter != 'X' && letter != 'Y') continue;
    if (size < 1 || stored < 1 || stored > size || std::abs(int64_t{start}) > kFarthest || size > kFarthest)
      return false;
    (letter == 'X' ? block.left : block.top) = start;
    (letter == 'X' ? block.shown.width : block.shown.height) = size;
    (letter == 'X' ? block.stored.width : block.stored.height) = stored;
    (letter == 'X' ? hasX : hasY) = true;
  }
  block.mosaic = block.start('M');
  block.scene = block.start('S');
  return hasX && hasY && block.stored.width <= kMostStoredPixels / block.stored.height;
}

std::string readEntries(std::span<const uint8_t> entries, int32_t count, std::vector<CziBlock>& blocks) {
  constexpr int32_t kMostDimensions = 40;
  for (int32_t i = 0; i < count; ++i) {
    const bool isEntry = entries.size() >= kCziEntryHead && entries[0] == 'D' && entries[1] == 'V';
    const int32_t dimensions = isEntry ? cziNumber<int32_t>(entries, 28) : -1;
    if (dimensions < 0 || dimensions > kMostDimensions) return "its directory is damaged";
    const size_t length = kCziEntryHead + kCziDimension * static_cast<size_t>(dimensions);
    if (entries.size() < length) return "its directory ends too early";
    CziBlock block;
    block.pixelType = cziNumber<int32_t>(entries, 2);
    block.position = cziNumber<uint64_t>(entries, 6);
    block.part = cziNumber<int32_t>(entries, 14);
    block.packing = cziNumber<int32_t>(entries, 18);
    if (!readDimensions(entries.subspan(kCziEntryHead, length - kCziEntryHead), block))
      return "its directory is damaged";
    blocks.push_back(block);
    entries = entries.subspan(length);
  }
  return {};
}

std::string readBlocks(const PositionedFile& file, uint64_t position, std::vector<CziBlock>& blocks) {
  constexpr uint64_t kBefore = 128;  ///< bytes of the segment before the entries
  const std::optional<uint64_t> length = cziSegment(file, position, "ZISRAWDIRECTORY");
  if (!length || *length < kBefore) return "no directory lies where its head says";
  if (*length > kMostDirectoryBytes) return "its directory is longer than any slide's";
  std::vector<uint8_t> bytes(*length);
  if (std::string reason = file.read(position + kCziSegmentHead, bytes); !reason.empty())
    return "its directory ends too early";
  const auto count = cziNumber<int32_t>(bytes, 0);
  if (count < 1) return "it holds no picture";
  return readEntries(std::span(bytes).subspan(kBefore), count, blocks);
}

std::string xmlOf(const PositionedFile& file, uint64_t position) {
  constexpr uint64_t kBefore = 256;
  const std::optional<uint64_t> length = cziSegment(file, position, "ZISRAWMETADATA");
  std::array<uint8_t, 4> size{};
  if (!length || !file.read(position + kCziSegmentHead, size).empty()) return {};
  const auto count = cziNumber<uint32_t>(size, 0);
  if (count > kMostXmlBytes || count > file.size()) return {};
  std::string xml(count, '\0');
  const std::span bytes(reinterpret_cast<uint8_t*>(xml.data()), xml.size());
  return file.read(position + kCziSegmentHead + kBefore, bytes).empty() ? xml : std::string();
}

}  // namespace

Result<std::optional<CziDirectory>> readCziDirectory(const PositionedFile& file) {
  std::array<uint8_t, kCziSegmentHead + 80> head{};
  constexpr std::string_view kMark = "ZISRAWFILE";
  const auto known = std::span(head).first(std::min<uint64_t>(head.size(), file.size()));
  const bool isCzi = known.size() >= kMark.size() && file.read(0, known).empty() &&
                     std::equal(kMark.begin(), kMark.end(), head.begin());
  if (!isCzi) return std::nullopt;
  if (known.size() < head.size()) return fail("it is a CZI that is cut short in its head");
  const auto facts = std::span<const uint8_t>(head).subspan(kCziSegmentHead);
  if (cziNumber<int32_t>(facts, 0) != 1)
    return fail("it is a CZI of another version than 1, which is not read");
  const auto directory = cziNumber<uint64_t>(facts, 52);
  if (directory == 0) return fail("it is a CZI that was not finished: it has no directory");
  CziDirectory found;
  if (std::string reason = readBlocks(file, directory, found.blocks); !reason.empty())
    return fail(std::move(reason));
  found.xml = xmlOf(file, cziNumber<uint64_t>(facts, 60));
  return found;
}

}  // namespace geneglass
