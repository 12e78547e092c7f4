// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/plain_picture.h"

#include <array>

#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {

Result<std::optional<PlainPicture>> openPicture(const FileHead& head) {
  constexpr std::array<OpenPicture, 5> kKinds{openPng, openJpeg, openJpeg2000, openWebp, openTiffPicture};
  for (const OpenPicture open : kKinds) {
    Result<std::optional<PlainPicture>> picture = open(head);
    if (!picture || *picture) return picture;
  }
  return std::nullopt;
}

std::optional<Mpp> mppOfDensity(double perMetreX, double perMetreY) {
  const Mpp mpp{1e6 / perMetreX, 1e6 / perMetreY};
  if (!isPlausiblePixel(mpp.x) || !isPlausiblePixel(mpp.y)) return {};
  return mpp;
}

}  // namespace geneglass
