// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// Whether a case lies there, or another file: an empty one is none.
bool isTaken(const std::filesystem::path& file);

/// `file`, or NAME-2, NAME-3...: the first that is not taken.
std::filesystem::path freeName(const std::filesystem::path& file);

}  // namespace geneglass
