// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "viewer/slide/image.h"

namespace geneglass {

/// A tile's pixels, packed without loss and quickly: the differences of neighbours, green by itself, red and
/// blue as they differ from it, through Zstandard, with a checksum.
struct PackedTile {
  std::vector<uint8_t> bytes;
  int channels = 3;  ///< 3 where all pixels are opaque, else 4
};

PackedTile packTile(const Image& image);

/// Fills an image that has its size. False where the bytes are none of such a tile.
bool unpackTile(std::span<const uint8_t> bytes, int channels, Image& image);

}  // namespace geneglass
