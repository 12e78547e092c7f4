// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// The same place without the slash that shells put behind a folder's name.
inline std::filesystem::path withoutSlash(const std::filesystem::path& place) {
  return place.has_filename() ? place : place.parent_path();
}

}  // namespace geneglass
