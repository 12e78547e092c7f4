// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/plain_picture.h"

#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {

std::optional<Mpp> mppOfDensity(double perMetreX, double perMetreY) {
  const Mpp mpp{1e6 / perMetreX, 1e6 / perMetreY};
  if (!isPlausiblePixel(mpp.x) || !isPlausiblePixel(mpp.y)) return {};
  return mpp;
}

}  // namespace geneglass
