// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace geneglass {

/// The longest round length (1, 2 or 5 times a power of ten) within `longest`, which is above 0: for a scale
/// bar.
inline double roundLengthWithin(double longest) {
  // A hair's room: a limit of exactly 200 computed as 199.99999 still gives 200.
  const double power = std::pow(10, std::floor(std::log10(longest) + 1e-9));
  double length = power;
  for (const double digit : {2.0, 5.0})
    if (digit * power <= longest * (1 + 1e-9)) length = digit * power;
  return length;
}

}  // namespace geneglass
