// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "inference/tissue/tile_state.h"

namespace geneglass {

/// The CRC-32, as int32, that a bag's file holds for each tile, in `row_crc32`: of its state, its upper left
/// corner (x, y, level-0 px) and its features, none where it is not usable. One changed byte of these is
/// always seen.
int32_t rowCheck(TileState state, std::span<const int32_t> corner, std::span<const float> features);

/// The CRC-32 of a text, as int32.
int32_t textCheck(std::string_view text);

}  // namespace geneglass
