// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace geneglass {

/// Fills `bytes` from what zlib or gzip packed. False where that is damaged, or of another length. Any
/// thread.
bool inflateInto(std::span<const uint8_t> packed, std::span<uint8_t> bytes);

/// Unpacks frames of Zstandard; how many bytes they were. Nothing where they are damaged or more than `bytes`
/// holds. Any thread: each keeps one unpacker.
std::optional<size_t> unpackZstd(std::span<const uint8_t> packed, std::span<uint8_t> bytes);

}  // namespace geneglass
