// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "viewer/foundation/result.h"

namespace geneglass {

/// By its name: NAME.geneglass.
bool isCaseFile(const std::filesystem::path& file);

/// The slide that a case is of, beside it. Whether it is the same slide still, who opens both finds out.
/// Errors: a case that cannot be read; no file of the slide's name beside it. Blocks on the disk.
Result<std::filesystem::path> slideOfCase(const std::filesystem::path& file);

}  // namespace geneglass
