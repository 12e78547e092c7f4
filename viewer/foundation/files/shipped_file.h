// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// Where a file that comes with the program lies, by its path under resources: where GENEGLASS_RESOURCES
/// says, where it is installed, or in the source; the first where it is, else the last.
std::filesystem::path shippedFile(const std::filesystem::path& relative);

}  // namespace geneglass
