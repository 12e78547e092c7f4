// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace geneglass {

/// How the pages of a Parquet column are packed, as the format numbers it.
enum class PagePacking { None = 0, Snappy = 1, Gzip = 2, Zstd = 6 };

/// The bytes unpacked, `size` of them. Nothing where they are damaged or not so many.
std::optional<std::vector<uint8_t>> unpacked(PagePacking packing, std::span<const uint8_t> bytes,
                                             size_t size);

}  // namespace geneglass
