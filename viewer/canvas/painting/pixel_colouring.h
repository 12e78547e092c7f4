// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "viewer/canvas/display_colour.h"

namespace geneglass {

/// What the shader of TileColour does to a pixel, by tables, without graphics: within 1 of 255 of it. Some
/// milliseconds to make; then constant, any thread.
class PixelColouring final {
 public:
  explicit PixelColouring(const DisplayColour& colour);

  /// Pixels as Image has them, colours multiplied by alpha before and after.
  void apply(std::span<uint32_t> pixels) const;

 private:
  using Light = std::array<float, 4>;  ///< red, green, blue of 0..1, and nothing

  Light lightOf(uint32_t pixel) const;
  Light byCube(const Light& light) const;

  bool m_changesStain = false;
  std::array<std::array<float, 256>, 3> m_density{};  ///< of red, green, blue, times their part of the stain
  std::vector<Light> m_stained;  ///< the stain alone, by its amount in steps of kMostStain / their number
  int m_side = 0;                ///< of the cube; 0: none
  std::vector<Light> m_cube;     ///< red fastest
  std::vector<uint8_t> m_curve;  ///< of light 0..1: sRGB's curve where there is a cube, then the tone
};

}  // namespace geneglass
