// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide.h"

#include <fmt/format.h>

namespace geneglass {

static int coarsestFor(const std::vector<Level>& levels, double downsample, bool withReduced) {
  constexpr double kTolerance = 1.005;
  int best = 0;
  for (int i = 0; const Level& level : levels) {
    if (level.downsample <= downsample * kTolerance && (withReduced || !level.reduced)) best = i;
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

Error unknownMpp(const Slide& slide) {
  return {fmt::format(
      "'{}' does not say how large its pixels are: give the micrometres per pixel with --mpp, or in "
      "the viewer under Slide > Pixel size.",
      slide.file.string())};
}

std::optional<Error> unfitForModels(const Slide& slide) {
  if (!slide.channels.empty())
    return Error{fmt::format(
        "'{}' is a fluorescence slide ({} {}): models read stained colour slides only, so nothing is "
        "predicted from it.",
        slide.file.string(), slide.channels.size(), slide.channels.size() == 1 ? "channel" : "channels")};
  return slide.mpp ? std::nullopt : std::optional(unknownMpp(slide));
}

}  // namespace geneglass
