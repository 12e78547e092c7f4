// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace geneglass {

/// What a tile of the grid came to; in files by these numbers.
enum class TileState : uint8_t {
  Waiting = 0,
  Usable = 1,
  Empty = 2,    ///< shows nothing: near white, or without contrast
  Damaged = 3,  ///< the file cannot be read there
  Blurred = 4,  ///< out of focus (focus.h)
};

}  // namespace geneglass
