// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/unpacked_bytes.h"

#include <zlib.h>
#include <zstd.h>

#include <limits>
#include <memory>
#include <new>

namespace geneglass {

bool inflateInto(std::span<const uint8_t> packed, std::span<uint8_t> bytes) {
  constexpr int kEitherHead = 32;
  constexpr size_t kMost = std::numeric_limits<uInt>::max();
  if (packed.size() > kMost || bytes.size() > kMost) return false;
  z_stream stream{};
  if (inflateInit2(&stream, kEitherHead + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  stream.next_in =
      const_cast<Bytef*>(packed.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): zlib's
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = bytes.data();
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int state = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return state == Z_STREAM_END && stream.avail_out == 0;
}

std::optional<size_t> unpackZstd(std::span<const uint8_t> packed, std::span<uint8_t> bytes) {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> unpacker(ZSTD_createDCtx(),
                                                                                   ZSTD_freeDCtx);
  const size_t count =
      ZSTD_decompressDCtx(unpacker.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
  return ZSTD_isError(count) ? std::nullopt : std::optional(count);
}

}  // namespace geneglass
