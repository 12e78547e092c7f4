// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace geneglass {

/// How the colours of several things at one place become one.
enum class ColourMix {
  Sum,      ///< light added to light
  Highest,  ///< the colour of what is highest on its own scale
  TwoWay,   ///< of two: pale where both are low, a colour of its own where both are high
};

/// Opaque 0xAARRGGBB, told apart with colour-blindness (Okabe and Ito).
inline constexpr std::array<uint32_t, 5> kMixColours{0xFFD55E00, 0xFF0072B2, 0xFF009E73, 0xFFF0E442,
                                                     0xFF56B4E9};
/// Those of a two-way mix: the first high alone, the second high alone.
inline constexpr std::array<uint32_t, 2> kTwoWayColours{0xFFBE64AC, 0xFF5AC8C8};

/// Premultiplied 0xAARRGGBB of a place where each thing stands at `places` of its scale, 0..1, clamped. As
/// many colours as places; a two-way mix has two and its own colours. Low is transparent, but in a two-way
/// mix, where nothing is.
uint32_t mixed(std::span<const double> places, std::span<const uint32_t> colours, ColourMix mix);

}  // namespace geneglass
