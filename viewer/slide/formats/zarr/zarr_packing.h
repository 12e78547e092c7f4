// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace geneglass {

/// How the bytes of a chunk are packed.
enum class ZarrPacking { Raw, Zlib, Gzip, Zstd, Blosc };

/// Unpacks exactly as many bytes as `bytes` takes. Empty where it did, else why not. Any thread.
std::string unpackZarr(ZarrPacking packing, std::span<const uint8_t> packed, std::span<uint8_t> bytes);

}  // namespace geneglass
