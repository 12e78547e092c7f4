// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/cache_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace geneglass {
namespace {

namespace fs = std::filesystem;

std::string environmentVariable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool isHexadecimal(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

}  // namespace

fs::path usualCacheFolder(std::string_view name) {
  if (const std::string own = environmentVariable("GENEGLASS_CACHE"); !own.empty()) return own;
  if (const std::string caches = environmentVariable("XDG_CACHE_HOME"); !caches.empty())
    return fs::path(caches) / "geneglass" / name;
  if (const std::string home = environmentVariable("HOME"); !home.empty())
    return fs::path(home) / ".cache" / "geneglass" / name;
  return {};
}

Result<void> prepareCacheFolder(const fs::path& folder, std::string_view what) {
  if (folder.empty())
    return fail(
        fmt::format("No {} are kept: none of GENEGLASS_CACHE, XDG_CACHE_HOME and HOME says where.", what));
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return fail(fmt::format("Cannot make the folder '{}': {}.", folder.string(),
                            std::generic_category().message(errno)));
  struct stat facts {};
  if (stat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
    return fail(fmt::format("No {} are kept in '{}': it is no folder.", what, folder.string()));
  if (facts.st_mode & S_IWOTH)
    return fail(fmt::format("No {} are kept in '{}': everybody may write there.", what, folder.string()));
  return {};
}

std::vector<CacheEntry> cacheEntries(const fs::path& folder, size_t keyDigits) {
  std::vector<CacheEntry> entries;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    const std::string name = each->path().filename().string();
    if (name.size() <= keyDigits ||
        !std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(keyDigits), isHexadecimal))
      continue;
    std::error_code gone;
    const uint64_t bytes = fs::file_size(each->path(), gone);
    const fs::file_time_type used = fs::last_write_time(each->path(), gone);
    if (!gone) entries.push_back({each->path(), name.substr(keyDigits), bytes, used});
  }
  return entries;
}

}  // namespace geneglass
