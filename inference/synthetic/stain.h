// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace geneglass {

/// Red, green, blue; the owner says of what.
using Rgb = std::array<float, 3>;

/// How one slide was stained and scanned: colour = glass * exp(-(h haematoxylin + e eosin + i ink)), by
/// channel.
struct Stain {
  Rgb haematoxylin{};  ///< optical density (natural logarithm) of amount 1: direction times the slide's
                       ///< strength
  Rgb eosin{};
  Rgb ink{};    ///< of the pen
  Rgb glass{};  ///< empty glass as the scanner balances it, 0 to 255
};

/// Stain vectors a few degrees about common means (Ruifrok and Johnston 2001; Macenko et al. 2009), strengths
/// and white balance drawn by `seed`. `shift` >= 0 turns both vectors by another 6 degrees a unit and changes
/// the strengths: slides stained in another laboratory.
Stain drawStain(uint64_t seed, double shift);

}  // namespace geneglass
