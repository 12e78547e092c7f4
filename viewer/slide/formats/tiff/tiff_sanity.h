// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viewer/slide/formats/tiff/tiff_directories.h"

namespace geneglass {

/// Whether one tile would take more memory than any slide's: 64 MiB.
bool isTooLarge(const TiffDirectory& directory);

/// Why OpenSlide, which takes lengths on trust, must not see a file of so many bytes: it would end the
/// program. Empty where it may. Kept so narrow that no sound file is affected. Pure.
std::string unfitForOpenSlide(const std::vector<TiffDirectory>& directories, uint64_t bytes);

}  // namespace geneglass
