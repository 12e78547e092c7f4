// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {
namespace {

/// 0 where the unit says nothing about length.
double micrometresIn(uint16_t unit) {
  if (unit == RESUNIT_INCH) return 25400;
  return unit == RESUNIT_CENTIMETER ? 10000 : 0;
}

}  // namespace

/// A comparison with a number that is none is false, so such a size is refused too.
bool isPlausiblePixel(double micrometres) {
  return micrometres >= 0.05 && micrometres <= 20;
}

std::optional<Mpp> tiffResolution(TIFF* tiff) {
  float x = 0;
  float y = 0;
  uint16_t unit = RESUNIT_INCH;
  if (!TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) || !TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y)) return {};
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  const Mpp mpp{micrometresIn(unit) / x, micrometresIn(unit) / y};
  if (!isPlausiblePixel(mpp.x) || !isPlausiblePixel(mpp.y)) return {};
  return mpp;
}

}  // namespace geneglass
