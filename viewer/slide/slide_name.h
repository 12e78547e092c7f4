// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace geneglass {

/// What files that belong to a slide are called: as it without the ending, where that is one of slides'
/// files. A DICOM folder or file that is named by its UID keeps what follows the last dot. Pure.
std::string slideNameOf(const std::filesystem::path& place);

}  // namespace geneglass
