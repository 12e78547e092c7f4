// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace geneglass {

/// Perceptual colour maps; coolwarm diverges, for values about a middle; one hue begins with nothing, so that
/// what lies under low values is seen. All readable with colour-blindness.
enum class ColourMap { Viridis, Inferno, Cividis, Coolwarm, OneHue };

inline constexpr std::array kAllColourMaps{ColourMap::Viridis, ColourMap::Inferno, ColourMap::Cividis,
                                           ColourMap::Coolwarm, ColourMap::OneHue};

/// A pixel, opaque but for one hue's; place 0..1, clamped.
uint32_t colourAt(ColourMap map, double place);

}  // namespace geneglass
