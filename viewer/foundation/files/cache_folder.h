// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Where what can be made anew is kept: $GENEGLASS_CACHE, else geneglass/NAME in $XDG_CACHE_HOME or ~/.cache;
/// empty where none of them is set: nothing is kept then, least of all under a name that others can guess.
std::filesystem::path usualCacheFolder(std::string_view name);

/// Makes the folder, for its owner alone. Errors name it: there is none, it cannot be made, everybody may
/// write into it. `what`: what is kept there, for the sentence: "features".
Result<void> prepareCacheFolder(const std::filesystem::path& folder, std::string_view what);

/// A file of a cache folder that is named KEY.ending, KEY of so many hexadecimal digits.
struct CacheEntry {
  std::filesystem::path file;
  std::string ending;  ///< of its name, behind the key: ".h5"
  uint64_t bytes = 0;
  std::filesystem::file_time_type used;
};

/// What cannot be asked, as another process just removed it, is not there.
std::vector<CacheEntry> cacheEntries(const std::filesystem::path& folder, size_t keyDigits);

}  // namespace geneglass
