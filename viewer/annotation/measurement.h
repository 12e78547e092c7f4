// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viewer/annotation/shape.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// One measured thing: {"Area", 0.1234, "mm2"}.
struct Measurement {
  std::string name;  ///< Area, Perimeter, Length, Angle, Count, Width, Height
  double value = 0;
  std::string unit;  ///< mm2, um2, mm, um, deg, px, px2; empty for a count
};

/// What a shape measures. Without a pixel size lengths are level-0 pixels and say so. Units follow the size:
/// um below 1,000 um, then mm; um2 below 0.01 mm2, then mm2. Pixels need not be square.
std::vector<Measurement> measure(const Shape& shape, const std::optional<Mpp>& mpp);

}  // namespace geneglass
