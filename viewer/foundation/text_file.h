// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Writes FILE.part and moves it to FILE: whole or not at all. The error names the file and the reason.
Result<void> writeText(const std::filesystem::path& file, const std::string& text);

}  // namespace geneglass
