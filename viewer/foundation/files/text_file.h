// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Writes text, or any bytes, at a PartPlace and moves it to FILE: whole or not at all. The error names the
/// file and the system's reason. Any thread.
Result<void> writeText(const std::filesystem::path& file, std::string_view text);

/// The same of a text that is written piece by piece, since it is long.
Result<void> writeText(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write);

}  // namespace geneglass
