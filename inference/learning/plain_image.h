// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "viewer/slide/image.h"
#include "viewer/slide/result.h"

namespace geneglass {

/// A PNG or JPEG picture of at most 16,384 pixels a side. Any thread. Errors name the file: not readable,
/// damaged, too large.
Result<Image> readPlainImage(const std::filesystem::path& file);

}  // namespace geneglass
