// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

constexpr uint64_t kCziSegmentHead = 32;  ///< bytes before what a segment holds

/// A little-endian number at a place that is there.
template <typename Number>
Number cziNumber(std::span<const uint8_t> bytes, size_t at) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(Number); ++i) value |= uint64_t{bytes[at + i]} << (8 * i);
  return static_cast<Number>(value);
}

/// Bytes that the segment at a place holds behind its head, no more than the file does. None where no such
/// segment lies there. Blocks on the disk.
std::optional<uint64_t> cziSegment(const PositionedFile& file, uint64_t position, std::string_view name);

}  // namespace geneglass
