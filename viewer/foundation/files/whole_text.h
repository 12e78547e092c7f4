// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// All of a regular file of at most `most` bytes, which is text: where one of UTF-8 holds a byte of 0, not
/// more than a piece of it is read. Errors, to follow "...: ", of which one names `what` the file is:
/// "annotations".
Result<std::string> readWholeText(const std::filesystem::path& file, uint64_t most, std::string_view what);

}  // namespace geneglass
