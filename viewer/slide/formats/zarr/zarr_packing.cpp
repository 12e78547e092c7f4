// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/zarr_packing.h"

#include <blosc.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace geneglass {
namespace {

constexpr const char* kDamagedChunk = "its chunk is damaged";

/// zlib's own head, or gzip's.
std::string unpackDeflate(std::span<const uint8_t> packed, std::span<uint8_t> bytes) {
  constexpr int kEitherHead = 32;
  z_stream stream{};
  if (inflateInit2(&stream, kEitherHead + MAX_WBITS) != Z_OK) return "there is not enough memory";
  stream.next_in =
      const_cast<Bytef*>(packed.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): zlib's
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = bytes.data();
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int state = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return state == Z_STREAM_END && stream.avail_out == 0 ? "" : kDamagedChunk;
}

std::string unpackBlosc(std::span<const uint8_t> packed, std::span<uint8_t> bytes) {
  size_t count = 0;
  if (packed.size() < BLOSC_MIN_HEADER_LENGTH ||
      blosc_cbuffer_validate(packed.data(), packed.size(), &count) < 0 || count != bytes.size())
    return kDamagedChunk;
  const int made = blosc_decompress_ctx(packed.data(), bytes.data(), bytes.size(), 1);
  return made == static_cast<int>(bytes.size()) ? "" : kDamagedChunk;
}

}  // namespace

std::string unpackZarr(ZarrPacking packing, std::span<const uint8_t> packed, std::span<uint8_t> bytes) {
  switch (packing) {
    case ZarrPacking::Raw:
      if (packed.size() != bytes.size()) return kDamagedChunk;
      std::ranges::copy(packed, bytes.begin());
      return {};
    case ZarrPacking::Zlib:
    case ZarrPacking::Gzip:
      return unpackDeflate(packed, bytes);
    case ZarrPacking::Zstd:
      return ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size()) == bytes.size()
                 ? ""
                 : kDamagedChunk;
    case ZarrPacking::Blosc:
      return unpackBlosc(packed, bytes);
  }
  return kDamagedChunk;
}

}  // namespace geneglass
