// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/packed_bytes.h"

#include <snappy.h>

#include <utility>

#include "viewer/foundation/files/unpacked_bytes.h"

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

}  // namespace

std::optional<std::vector<uint8_t>> unpacked(PagePacking packing, std::span<const uint8_t> bytes,
                                             size_t size) {
  if (packing == PagePacking::Snappy) return fromSnappy(bytes, size);
  if (packing == PagePacking::None)
    return bytes.size() == size ? std::optional(UnpackedBytes(bytes.begin(), bytes.end())) : std::nullopt;
  UnpackedBytes out(size);
  const bool whole =
      packing == PagePacking::Gzip ? inflateInto(bytes, out) : unpackZstd(bytes, out) == out.size();
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace geneglass
