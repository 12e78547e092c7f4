// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "viewer/slide/image.h"

namespace geneglass {

/// Names one tile of one slide.
struct TileKey {
  int level = 0;
  int column = 0;
  int row = 0;
  auto operator<=>(const TileKey&) const = default;
};

/// Decoded pixels of one tile; at the right and lower edge only the part inside the level.
struct Tile {
  TileKey key;
  Image image;
  bool damaged = false;     ///< what the file holds of it could not be decoded: the image is empty, or has
                            ///< alpha 0 where it is lost. The canvas hatches what lies under it
  std::string damage = {};  ///< where damaged: why, a sentence
  bool unfinished = false;  ///< the rest of it is still to come (TileSource::look); what is not there yet has
                            ///< alpha 0
};

using TilePtr = std::shared_ptr<const Tile>;

}  // namespace geneglass

template <>
struct std::hash<geneglass::TileKey> {
  size_t operator()(const geneglass::TileKey& key) const noexcept {
    const uint64_t packed = (static_cast<uint64_t>(static_cast<uint32_t>(key.column)) << 32) ^
                            (static_cast<uint64_t>(static_cast<uint32_t>(key.row)) << 8) ^
                            static_cast<uint64_t>(key.level);
    return static_cast<size_t>((packed ^ packed >> 29) * 0x9E3779B97F4A7C15ull);
  }
};
