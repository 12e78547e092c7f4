// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"

namespace geneglass {

/// The driver of Zeiss CZI (ZISRAW 1): stained slides in colours of 8 bits, raw, JPEG or Zstandard, of one or
/// several scenes, with the coarser levels that the file has. JPEG XR, fluorescence and CZI in several files
/// are refused by name. Label and overview are not shown.
extern const Driver kCziDriver;

}  // namespace geneglass
