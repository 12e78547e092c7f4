// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/packed_bytes.h"

#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <utility>

namespace geneglass {
namespace {

using UnpackedBytes = std::vector<uint8_t>;

std::optional<UnpackedBytes> fromSnappy(std::span<const uint8_t> bytes, size_t size) {
  const auto* packed = reinterpret_cast<const char*>(bytes.data());
  size_t said = 0;
  if (!snappy::GetUncompressedLength(packed, bytes.size(), &said) || said != size) return {};
  UnpackedBytes out(size);
  const bool whole = snappy::RawUncompress(packed, bytes.size(), reinterpret_cast<char*>(out.data()));
  return whole ? std::optional(std::move(out)) : std::nullopt;
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
