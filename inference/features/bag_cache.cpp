// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/bag_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

/// Changes when tissue, grid or the reading of tiles changes: older features then do not fit any more.
constexpr int kRule = 1;

struct Entry {
  fs::path file;
  uint64_t bytes = 0;
  fs::file_time_type used;
};

/// What cannot be asked, as another process just removed it, is not there.
std::vector<Entry> entriesOf(const fs::path& folder) {
  std::vector<Entry> entries;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    if (each->path().extension() != ".h5" && each->path().extension() != ".new") continue;
    std::error_code gone;
    const uint64_t bytes = fs::file_size(each->path(), gone);
    const fs::file_time_type used = fs::last_write_time(each->path(), gone);
    if (!gone) entries.push_back({each->path(), bytes, used});
  }
  return entries;
}

std::string keyOf(const Slide& slide, const ModelPackage& package, Precision precision) {
  const double mpp = slide.mpp ? slide.mpp->mean() : 0;
  return sha256(fmt::format("{}|{}|{}|{}|{}|{}", kRule, slide.hash, mpp, package.encoderHash,
                            toString(precision), package.minimumTissue))
      .substr(0, 32);
}

}  // namespace

BagCache::BagCache(fs::path folder, uint64_t limitInBytes)
    : m_folder(std::move(folder)), m_limit(limitInBytes) {}

fs::path BagCache::usualFolder() {
  const auto variable = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value ? value : "";
  };
  if (const std::string own = variable("GENEGLASS_CACHE"); !own.empty()) return own;
  const std::string caches = variable("XDG_CACHE_HOME"), home = variable("HOME");
  const fs::path base = !caches.empty() ? fs::path(caches)
                        : !home.empty() ? fs::path(home) / ".cache"
                                        : fs::temp_directory_path();
  return base / "geneglass" / "bags";
}

fs::path BagCache::complete(const Slide& slide, const ModelPackage& package, Precision precision) const {
  return m_folder / (keyOf(slide, package, precision) + ".h5");
}

fs::path BagCache::growing(const Slide& slide, const ModelPackage& package, Precision precision) const {
  return m_folder / (keyOf(slide, package, precision) + ".growing.h5");
}

BagCache::Contents BagCache::contents() const {
  Contents contents;
  for (const Entry& entry : entriesOf(m_folder)) {
    ++contents.bags;
    contents.bytes += entry.bytes;
  }
  return contents;
}

Result<void> BagCache::clear() const {
  for (const Entry& entry : entriesOf(m_folder)) {
    std::error_code error;
    fs::remove(entry.file, error);
    if (error) return fail(fmt::format("Cannot remove '{}': {}.", entry.file.string(), error.message()));
  }
  return {};
}

void BagCache::touch(const fs::path& bag) const {
  std::error_code error;
  fs::last_write_time(bag, fs::file_time_type::clock::now(), error);
}

void BagCache::trim(const fs::path& but) const {
  std::vector<Entry> entries = entriesOf(m_folder);
  uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.bytes;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (bytes <= m_limit) return;
    if (entry.file == but) continue;
    std::error_code error;
    if (fs::remove(entry.file, error)) bytes -= entry.bytes;
  }
}

}  // namespace geneglass
