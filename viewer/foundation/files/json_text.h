// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

// Every JSON that is read goes through here, or piece by piece under the same limits: a tree that is copied,
// written or freed takes the stack as deep as it is nested, and the memory of many times its text.

/// What a document may have at most.
struct JsonLimits {
  uint64_t bytes = uint64_t{96} << 20;
  size_t tree = size_t{160} << 20;  ///< bytes of memory that its values take, by an estimate
  int depth = 64;                   ///< of lists and objects within each other
};

/// What a settings text or a small file of facts may have.
constexpr JsonLimits kSmallJson{uint64_t{16} << 20, size_t{64} << 20, 64};

/// About what one value, list, object or text takes in memory. For limits.
constexpr size_t kJsonValueBytes = 24, kJsonNestBytes = 64, kJsonTextBytes = 48;

/// What the text has too much of, to follow "it "; empty where it keeps to the limits. For documents that are
/// not parsed here.
std::string excessOfJson(std::string_view text, const JsonLimits& limits = {});

/// The document. Errors, to follow "it ": is not valid JSON, is nested deeper than ..., has more than ....
Result<nlohmann::json> parseJson(std::string_view text, const JsonLimits& limits = {});

/// The same of a text that is read if it is sound: null where it is refused.
nlohmann::json jsonOrNull(std::string_view text, const JsonLimits& limits = kSmallJson);

/// The document in a file, whose errors begin with `name`: "its manifest.json is not valid JSON", "it cannot
/// be read: there is no such file".
Result<nlohmann::json> readJsonFile(const std::filesystem::path& file, std::string_view name = "it",
                                    const JsonLimits& limits = {});

/// What CBOR holds. Errors, to follow "it ": is nested deeper than 64 levels, is damaged.
Result<nlohmann::json> parseCbor(std::string_view bytes);

}  // namespace geneglass
