// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide.h"

namespace geneglass {

static int coarsestFor(const std::vector<Level>& levels, double downsample, bool withReduced) {
  constexpr double tolerance = 1.005;
  int best = 0;
  for (int i = 0; const Level& level : levels) {
    if (level.downsample <= downsample * tolerance && (withReduced || !level.reduced)) best = i;
    ++i;
  }
  return best;
}

int Slide::levelFor(double downsample) const {
  return coarsestFor(levels, downsample, false);
}

int Slide::viewLevelFor(double downsample) const {
  return coarsestFor(levels, downsample, true);
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
