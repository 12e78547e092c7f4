// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <span>

namespace geneglass {

/// One way to have stained, scanned and laid a tile otherwise.
struct StainAugmentation {
  std::array<float, 9> mixing{1, 0, 0, 0, 1,
                              0, 0, 0, 1};  ///< 3 x 3, from optical density (R G B) to the new one
  std::array<float, 3> offset{0, 0, 0};     ///< added to it: brightness and white balance
  bool blurred = false;                     ///< 3 x 3 binomial blur first
  int quarterTurns = 0;
  bool flipped = false;
};

/// Drawn afresh for every tile. The mixing turns haematoxylin and eosin (Ruifrok and Johnston 2001) by some
/// degrees and changes each one's strength; what lies outside the plane of both keeps its own.
StainAugmentation drawAugmentation(std::mt19937_64& random);

/// Three planes of whole values 0 to 255 to other stainings of themselves, values 0 to 1; turns and flips
/// nothing. Any thread.
void restain(const StainAugmentation& how, std::span<float> planes);

/// RGB bytes of a `side` x `side` tile, row by row, to normalised floats, three planes of side x side:
/// (value - mean) / deviation of values 0..1. Any thread.
void augmentTile(const StainAugmentation& how, std::span<const uint8_t> rgb, int side,
                 std::span<const float> mean, std::span<const float> deviation, std::span<float> planes);

}  // namespace geneglass
