// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

/// Of a whole file, read in pieces. The error names the file.
Result<std::string> sha256OfFile(const std::filesystem::path& file);

}  // namespace geneglass
