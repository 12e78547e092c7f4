// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

namespace geneglass {

// Values of an encoder's config.json. What is there and not so throws std::runtime_error with the reason.

/// R G B, from `least` to 1; empty where the key is missing.
std::vector<float> threeColours(const nlohmann::json& from, const char* key, double least);

bool isWhole(const nlohmann::json& number, int least, int most);

/// Nothing where the key is missing or null.
std::optional<int> whole(const nlohmann::json& from, const char* key, int least, int most);

}  // namespace geneglass
