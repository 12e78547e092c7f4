// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide.h"

namespace geneglass {

int Slide::levelFor(double downsample) const {
  constexpr double tolerance = 1.005;
  int best = 0;
  for (int i = 0; i < static_cast<int>(levels.size()); ++i)
    if (levels[static_cast<size_t>(i)].downsample <= downsample * tolerance) best = i;
  return best;
}

const char* toString(MppOrigin origin) {
  switch (origin) {
    case MppOrigin::Vendor:
      return "vendor";
    case MppOrigin::TiffResolution:
      return "tiff-resolution";
    case MppOrigin::User:
      return "user";
    case MppOrigin::Unknown:
      break;
  }
  return "unknown";
}

}  // namespace geneglass
