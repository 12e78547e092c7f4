// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Reads a JSON file of up to 1 GiB piece by piece, so that it never lies in memory as one tree: `piece` gets
/// each member of an array that has the key `name`, or that is the whole file, and the array stays empty.
/// Returns the rest. NaN and Infinity, which some programs write, come as texts. Errors name the file and the
/// reason: no JSON, cut short, not UTF-8, nested deeper than 100 levels, a piece that would fill the memory.
Result<nlohmann::json> readJsonPieces(const std::filesystem::path& file, std::string_view name,
                                      const std::function<void(nlohmann::json)>& piece);

}  // namespace geneglass
