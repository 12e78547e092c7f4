// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRgb>
#include <QString>
#include <array>

namespace geneglass {

/// Perceptual colour maps; coolwarm diverges, for values about a middle. All readable with colour-blindness.
enum class ColourMap { Viridis, Inferno, Cividis, Coolwarm };

inline constexpr std::array allColourMaps{ColourMap::Viridis, ColourMap::Inferno, ColourMap::Cividis,
                                          ColourMap::Coolwarm};

QString toString(ColourMap map);             ///< "viridis", ...
QRgb colourAt(ColourMap map, double place);  ///< place 0..1, clamped
QImage colourTable(ColourMap map);           ///< 256 x 1 RGBA, for a texture or a legend

}  // namespace geneglass
