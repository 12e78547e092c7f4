// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ndpi/restart_jpeg.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace geneglass {
namespace {

constexpr size_t kMostHeader = 1u << 20;
constexpr size_t kLikelyHeader = 1u << 12;

/// Pixels of a stream without intervals that is decoded as one tile.
constexpr int64_t kLargestWhole = int64_t{4096} * 4096;

/// Pixels of a tile, about.
constexpr int64_t kTileArea = int64_t{512} * 512;
constexpr int64_t kNarrowest = 256;
constexpr int64_t kWidest = 8192;
constexpr int64_t kLowest = 128;
constexpr int64_t kHighest = 1024;

size_t wordAt(std::span<const uint8_t> bytes, size_t at) {
  return static_cast<size_t>(bytes[at]) << 8 | bytes[at + 1];
}

/// What of a JPEG's header matters for cutting it.
struct HeaderFacts {
  size_t end = 0;     ///< where the first interval begins
  size_t sizeAt = 0;  ///< of the frame's height
  Size block;         ///< of one MCU
  int64_t interval = 0;
};

/// MCU of the frame header at `at`; empty where it has not three components.
Size blockOf(std::span<const uint8_t> bytes, size_t at) {
  constexpr int kComponents = 3;
  if (at + 8 + 3 * kComponents > bytes.size() || bytes[at + 7] != kComponents) return {};
  Size block;
  for (size_t i = 0; i < kComponents; ++i) {
    const uint8_t sampling = bytes[at + 9 + 3 * i];
    block.width = std::max<int64_t>(block.width, 8 * (sampling >> 4));
    block.height = std::max<int64_t>(block.height, 8 * (sampling & 15));
  }
  return block;
}

/// Nothing where the header is damaged, longer than `bytes`, or of another process than Huffman's sequential.
std::optional<HeaderFacts> factsOfHeader(std::span<const uint8_t> bytes) {
  enum : uint8_t {
    SOF0 = 0xC0,
    SOF1 = 0xC1,
    DHT = 0xC4,
    JPG = 0xC8,
    DAC = 0xCC,
    SOI = 0xD8,
    SOS = 0xDA,
    DRI = 0xDD
  };
  HeaderFacts facts;
  if (bytes.size() < 4 || bytes[0] != 0xFF || bytes[1] != SOI) return {};
  for (size_t at = 2; at + 4 <= bytes.size();) {
    if (bytes[at] != 0xFF) return {};
    const uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const size_t length = wordAt(bytes, at + 2);
    if (length < 2 || at + 2 + length > bytes.size()) return {};
    if (marker == SOF0 || marker == SOF1) {
      facts.sizeAt = at + 5;
      facts.block = blockOf(bytes, at + 2);
    } else if (marker > SOF1 && marker < 0xD0 && marker != DHT && marker != JPG && marker != DAC) {
      return {};
    } else if (marker == DRI && length == 4) {
      facts.interval = static_cast<int64_t>(wordAt(bytes, at + 4));
    }
    at += 2 + length;
    if (marker != SOS) continue;
    facts.end = at;
    const bool whole = facts.sizeAt > 0 && facts.block.width > 0 && facts.block.height > 0;
    return whole ? std::optional(facts) : std::nullopt;
  }
  return {};
}

}  // namespace

bool areInOrder(std::span<const uint64_t> starts, uint64_t bytes) {
  if (starts.empty()) return true;
  return starts.front() > 0 && starts.back() < bytes &&
         std::adjacent_find(starts.begin(), starts.end(), std::greater_equal<>()) == starts.end();
}

std::shared_ptr<const RestartJpegReader> RestartJpegReader::of(std::shared_ptr<const PositionedFile> file,
                                                               RestartJpeg jpeg) {
  std::shared_ptr<RestartJpegReader> reader(new RestartJpegReader(std::move(file), std::move(jpeg)));
  return reader->readHeader() && reader->layOut() ? reader : nullptr;
}

bool RestartJpegReader::readHeader() {
  if (m_jpeg.size.width <= 0 || m_jpeg.size.height <= 0) return false;
  for (size_t some : {kLikelyHeader, kMostHeader}) {
    m_header.resize(static_cast<size_t>(std::min<uint64_t>(some, m_jpeg.bytes)));
    if (!m_file->read(m_jpeg.offset, m_header).empty()) return false;
    const std::optional<HeaderFacts> facts = factsOfHeader(m_header);
    if (!facts) continue;
    m_header.resize(facts->end);
    m_sizeAt = facts->sizeAt;
    m_block = facts->block;
    m_blocks = facts->interval;
    return true;
  }
  return false;
}

/// Wide intervals are stacked; narrow ones stand side by side too.
bool RestartJpegReader::layOut() {
  const Size size = m_jpeg.size;
  const int64_t inRow = (size.width + m_block.width - 1) / m_block.width;
  m_rows = (size.height + m_block.height - 1) / m_block.height;
  if (m_blocks == 0 || m_jpeg.starts.empty()) {
    m_blocks = 0;
    m_tile = size;
    const int64_t pixels = size.width * size.height;
    return pixels <= kLargestWhole && m_jpeg.bytes <= static_cast<uint64_t>(16 * pixels + 65536);
  }
  if (inRow % m_blocks != 0) return false;
  m_columns = inRow / m_blocks;
  const auto& starts = m_jpeg.starts;
  if (static_cast<int64_t>(starts.size()) != m_columns * m_rows) return false;
  if (starts.front() != m_header.size() || !areInOrder(starts, m_jpeg.bytes)) return false;
  const int64_t width = m_blocks * m_block.width;
  if (width > kWidest) return false;
  m_across = std::min(m_columns, std::max<int64_t>(1, kNarrowest / width));
  const auto ideal = static_cast<uint64_t>(std::max<int64_t>(1, kTileArea / (width * m_across)));
  const int64_t height = std::clamp(static_cast<int64_t>(std::bit_floor(ideal)), kLowest, kHighest);
  m_down = std::max<int64_t>(1, height / m_block.height);
  m_tile = {m_across * width, m_down * m_block.height};
  return true;
}

Size RestartJpegReader::held(int64_t column, int64_t row) const {
  return {std::min(m_tile.width, m_jpeg.size.width - column * m_tile.width),
          std::min(m_tile.height, m_jpeg.size.height - row * m_tile.height)};
}

/// The intervals' markers count on from that of the tile's first.
std::string RestartJpegReader::append(int64_t firstInterval, int64_t count, std::vector<uint8_t>& stream,
                                      int& marker) const {
  const auto& starts = m_jpeg.starts;
  const auto first = static_cast<size_t>(firstInterval);
  const auto endOf = [&](size_t interval) {
    return interval + 1 < starts.size() ? starts[interval + 1] : m_jpeg.bytes;
  };
  const size_t last = first + static_cast<size_t>(count) - 1;
  const uint64_t length = endOf(last) - starts[first];
  const auto pixels = static_cast<uint64_t>(count * m_blocks * m_block.width * m_block.height);
  if (length > 16 * pixels + 65536) return "more bytes than a tile can have are said to be its own";
  const size_t at = stream.size();
  stream.resize(at + length);
  std::string reason = m_file->read(m_jpeg.offset + starts[first], std::span(stream).subspan(at));
  if (!reason.empty()) return reason;
  for (size_t interval = first; interval <= last && interval + 1 < starts.size(); ++interval) {
    const size_t end = at + static_cast<size_t>(endOf(interval) - starts[first]);
    if (end < at + 2 || stream[end - 2] != 0xFF || (stream[end - 1] & 0xF8) != 0xD0)
      return "there is no restart marker where the file says one is";
    stream[end - 1] = static_cast<uint8_t>(0xD0 + marker++ % 8);
  }
  return {};
}

std::string RestartJpegReader::gather(int64_t column, int64_t row, std::vector<uint8_t>& stream) const {
  if (m_blocks == 0) {
    stream.resize(static_cast<size_t>(m_jpeg.bytes));
    return m_file->read(m_jpeg.offset, stream);
  }
  stream.assign(m_header.begin(), m_header.end());
  int marker = 0;
  const int64_t left = column * m_across;
  const int64_t across = std::min(m_across, m_columns - left);
  const int64_t below = std::min(m_rows, (row + 1) * m_down);
  for (int64_t y = row * m_down; y < below; ++y) {
    std::string reason = append(y * m_columns + left, across, stream, marker);
    if (!reason.empty()) return reason;
  }
  stream.insert(stream.end(), {0xFF, 0xD9});
  return {};
}

std::string RestartJpegReader::streamOf(int64_t column, int64_t row, std::vector<uint8_t>& stream) const {
  if (std::string reason = gather(column, row, stream); !reason.empty()) return reason;
  const Size size = held(column, row);
  const std::array sides{static_cast<uint8_t>(size.height >> 8), static_cast<uint8_t>(size.height & 255),
                         static_cast<uint8_t>(size.width >> 8), static_cast<uint8_t>(size.width & 255)};
  std::copy(sides.begin(), sides.end(), stream.begin() + static_cast<std::ptrdiff_t>(m_sizeAt));
  return {};
}

std::string RestartJpegReader::decode(int64_t column, int64_t row, int reduction, Image& image) const {
  thread_local std::vector<uint8_t> stream;
  if (std::string reason = streamOf(column, row, stream); !reason.empty()) return reason;
  return decodeJpeg({stream, {}, m_jpeg.colour, held(column, row), reduction}, image);
}

}  // namespace geneglass
