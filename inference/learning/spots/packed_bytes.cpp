// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/packed_bytes.h"

#include <zlib.h>
#include <zstd.h>

#include "inference/learning/spots/byte_cursor.h"

namespace geneglass {
namespace {

using UnpackedBytes = std::vector<uint8_t>;

/// How long a copy is and how far back it lies; as wide as its tag says.
bool copyInto(UnpackedBytes& out, size_t length, size_t back, size_t size) {
  if (back == 0 || back > out.size() || length > size - out.size()) return false;
  for (size_t i = 0; i < length; ++i) out.push_back(out[out.size() - back]);
  return true;
}

/// Least byte first.
uint32_t littleOf(ByteCursor& cursor, size_t bytes) {
  uint32_t value = 0;
  for (size_t i = 0; i < bytes; ++i) value |= uint32_t(cursor.byte()) << (8 * i);
  return value;
}

std::optional<UnpackedBytes> fromSnappy(std::span<const uint8_t> bytes, size_t size) {
  ByteCursor cursor(bytes);
  if (cursor.varint() != size) return {};
  UnpackedBytes out;
  out.reserve(size);
  while (cursor.left() > 0) {
    const uint8_t tag = cursor.byte();
    const size_t six = tag >> 2;
    bool fits = true;
    if ((tag & 3) == 0) {
      const size_t length = 1 + (six < 60 ? six : littleOf(cursor, six - 59));
      const auto literal = cursor.take(length);
      fits = cursor.isWhole() && length <= size - out.size();
      if (fits) out.insert(out.end(), literal.begin(), literal.end());
    } else if ((tag & 3) == 1) {
      fits = copyInto(out, 4 + (six & 7), (size_t(tag >> 5) << 8) | cursor.byte(), size);
    } else {
      fits = copyInto(out, 1 + six, littleOf(cursor, (tag & 3) == 2 ? 2 : 4), size);
    }
    if (!fits || !cursor.isWhole()) return {};
  }
  return out.size() == size ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<UnpackedBytes> fromGzip(std::span<const uint8_t> bytes, size_t size) {
  UnpackedBytes out(size);
  z_stream stream{};
  constexpr int kGzipOrZlib = 15 + 32;
  if (inflateInit2(&stream, kGzipOrZlib) != Z_OK) return {};
  stream.next_in = const_cast<uint8_t*>(bytes.data());
  stream.avail_in = unsigned(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = unsigned(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::optional<std::vector<uint8_t>> unpacked(PagePacking packing, std::span<const uint8_t> bytes,
                                             size_t size) {
  switch (packing) {
    case PagePacking::None:
      return bytes.size() == size ? std::optional(UnpackedBytes(bytes.begin(), bytes.end())) : std::nullopt;
    case PagePacking::Snappy:
      return fromSnappy(bytes, size);
    case PagePacking::Gzip:
      return fromGzip(bytes, size);
    case PagePacking::Zstd: {
      UnpackedBytes out(size);
      const size_t written = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
      return written == size ? std::optional(std::move(out)) : std::nullopt;
    }
  }
  return {};
}

}  // namespace geneglass
