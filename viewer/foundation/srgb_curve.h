// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace geneglass {

/// What a screen is sent for linear light 0..1 (IEC 61966-2-1).
inline double srgbCurve(double light) {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

}  // namespace geneglass
