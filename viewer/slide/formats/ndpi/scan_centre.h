// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/slide/slide.h"

namespace geneglass {

/// Where the centre of the scan lies from the centre of the glass, nanometres, as slides of Hamamatsu say;
/// none for others. Reads the file: blocks on the disk.
std::optional<Point> scanCentreOf(const Slide& slide);

}  // namespace geneglass
