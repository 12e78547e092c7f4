// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Of a background job that threw while it read a file.
inline Error unread(const std::filesystem::path& file, const std::string& reason) {
  return {fmt::format("'{}' could not be read: {}.", file.string(), reason)};
}

}  // namespace geneglass
