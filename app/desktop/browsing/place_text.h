// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// The level-0 pixels of a place as people write it: "12000, 8000", "x 12000 px, y 8000 px", "3.5 8 mm",
/// "3,000.5; 2,000 um"; without a unit pixels. Errors: no place, micrometres on a slide of unknown pixel
/// size, a place outside the slide.
Result<Point> placeOf(const QString& text, const Slide& slide);

/// A place (level-0 pixels) as placeOf() reads it: "12000, 8000 px"; and in micrometres, "3000.0, 2000.0 µm".
QString pixelsOf(Point place);
QString micrometresOf(Point place, const Mpp& mpp);

/// Level-0 pixels per screen pixel of a magnification as people write it: "20", "20×", "12.5x", "1:4"; of
/// "1:4" also where the pixel size is unknown. Errors: no magnification, an unknown pixel size.
Result<double> downsampleOf(const QString& text, const Slide& slide);

/// "20.0×", of a slide of unknown pixel size "1 : 4.0".
QString magnificationText(double downsample, const Slide& slide);

}  // namespace geneglass
