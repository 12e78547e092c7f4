// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// A PNG or JPEG picture of at most 16,384 pixels a side. Any thread. Errors name the file: not readable,
/// damaged, too large.
Result<Image> readPlainImage(const std::filesystem::path& file);

/// Three bytes a pixel, row by row; what shows through is white.
std::vector<uint8_t> rgbOnWhite(const Image& image);

}  // namespace geneglass
