// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace geneglass {

/// Perceptual colour maps; coolwarm diverges, for values about a middle. All readable with colour-blindness.
enum class ColourMap { Viridis, Inferno, Cividis, Coolwarm };

inline constexpr std::array kAllColourMaps{ColourMap::Viridis, ColourMap::Inferno, ColourMap::Cividis,
                                           ColourMap::Coolwarm};

uint32_t colourAt(ColourMap map, double place);  ///< opaque 0xAARRGGBB; place 0..1, clamped

}  // namespace geneglass
