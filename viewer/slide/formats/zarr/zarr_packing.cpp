// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/zarr_packing.h"

#include <blosc.h>

#include <algorithm>

#include "viewer/foundation/files/unpacked_bytes.h"

namespace geneglass {
namespace {

constexpr const char* kDamagedChunk = "its chunk is damaged";

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
      return inflateInto(packed, bytes) ? "" : kDamagedChunk;
    case ZarrPacking::Zstd:
      return unpackZstd(packed, bytes) == bytes.size() ? "" : kDamagedChunk;
    case ZarrPacking::Blosc:
      return unpackBlosc(packed, bytes);
  }
  return kDamagedChunk;
}

}  // namespace geneglass
