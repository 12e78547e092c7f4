// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace geneglass {

/// One channel of a fluorescence slide, and how it is shown: black up to the value `low`, its colour from
/// `high` on, in between in proportion. The picture is the sum of the channels that are shown.
struct Channel {
  std::string name;
  uint32_t colour = 0xffffff;  ///< 0xRRGGBB
  double low = 0;              ///< in the file's values
  double high = 255;           ///< above `low`
  double least = 0;       ///< the values there can be; of floating point and of wide numbers: that were found
  double most = 255;      ///< above `least`
  std::string unit;       ///< of the values: "8-bit counts", "32-bit floating point"
  double exposureMs = 0;  ///< milliseconds; 0 where the file says nothing
  bool shown = true;
  bool operator==(const Channel&) const = default;
};

}  // namespace geneglass
