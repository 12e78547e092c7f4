// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <optional>

#include "viewer/slide/slide.h"

namespace geneglass {

/// Whether a pixel of a microscope's picture may be so many micrometres wide.
bool isPlausiblePixel(double micrometres);

/// The pixel size that the resolution tags of a TIFF's current directory give (pixels per inch or
/// centimetre). Nothing where a tag is missing, or a pixel would measure less than 0.05 or more than 20
/// micrometres: the 72, 96 and 300 dots per inch that programs write by default are no measurement.
std::optional<Mpp> tiffResolution(TIFF* tiff);

}  // namespace geneglass
