// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_store.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "inference/package/package_precision.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

/// Changes when tissue, grid or the reading of tiles changes: older features then do not fit any more.
constexpr int kRule = 3;
constexpr size_t kKeyDigits = 32;

struct Entry {
  fs::path file;
  uint64_t bytes = 0;
  fs::file_time_type used;
};

/// KEY.h5, KEY.growing.h5, and what a process that was killed left while it made one.
bool isBag(const std::string& name) {
  const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (name.size() <= kKeyDigits || !std::all_of(name.begin(), name.begin() + kKeyDigits, isDigit))
    return false;
  const std::string ending = name.substr(kKeyDigits);
  return ending.starts_with(".h5") || ending.starts_with(".growing.h5");
}

/// What cannot be asked, as another process just removed it, is not there.
std::vector<Entry> entriesOf(const fs::path& folder) {
  std::vector<Entry> entries;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    if (!isBag(each->path().filename().string())) continue;
    std::error_code gone;
    const uint64_t bytes = fs::file_size(each->path(), gone);
    const fs::file_time_type used = fs::last_write_time(each->path(), gone);
    if (!gone) entries.push_back({each->path(), bytes, used});
  }
  return entries;
}

std::string inWords(const TissueRule& rule) {
  return fmt::format("{} {} {} {} {}", rule.micrometresPerCell, rule.medianSize, rule.closingSize,
                     rule.minimumTissueArea, rule.minimumHoleArea);
}

}  // namespace

FeatureStore::FeatureStore(fs::path folder, uint64_t limitInBytes)
    : m_folder(std::move(folder)), m_limit(limitInBytes) {}

fs::path FeatureStore::usualFolder() {
  const auto variable = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value ? value : "";
  };
  if (const std::string own = variable("GENEGLASS_CACHE"); !own.empty()) return own;
  if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty())
    return fs::path(caches) / "geneglass" / "bags";
  if (const std::string home = variable("HOME"); !home.empty())
    return fs::path(home) / ".cache" / "geneglass" / "bags";
  return {};
}

Result<void> FeatureStore::prepare() const {
  if (m_folder.empty())
    return fail("No features are kept: none of GENEGLASS_CACHE, XDG_CACHE_HOME and HOME says where.");
  std::error_code error;
  fs::create_directories(m_folder.parent_path(), error);
  if (mkdir(m_folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return fail(fmt::format("Cannot make the folder '{}': {}.", m_folder.string(),
                            std::generic_category().message(errno)));
  struct stat facts {};
  if (stat(m_folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
    return fail(fmt::format("No features are kept in '{}': it is no folder.", m_folder.string()));
  if (facts.st_mode & S_IWOTH)
    return fail(fmt::format("No features are kept in '{}': everybody may write there.", m_folder.string()));
  return {};
}

std::string FeatureStore::keyOf(const Slide& slide, const ModelPackage& package, Precision precision,
                                std::optional<double> stride) {
  const double mpp = slide.mpp ? slide.mpp->mean() : 0;
  return sha256(fmt::format("{}|{}|{}|{}|{}|{}|{}", kRule, slide.hash, mpp,
                            featuresHash(package, Precision::Float32), toString(precision),
                            package.minimumTissue, inWords(TissueRule{})) +
                (stride ? fmt::format("|every {} um", *stride) : std::string()))
      .substr(0, kKeyDigits);
}

FeatureStore::Contents FeatureStore::contents() const {
  Contents contents;
  for (const Entry& entry : entriesOf(m_folder)) {
    contents.bags += entry.file.extension() == ".h5";
    contents.bytes += entry.bytes;
  }
  return contents;
}

Result<void> FeatureStore::clear() const {
  for (const Entry& entry : entriesOf(m_folder)) {
    std::error_code error;
    fs::remove(entry.file, error);
    if (error) return fail(fmt::format("Cannot remove '{}': {}.", entry.file.string(), error.message()));
  }
  return {};
}

void FeatureStore::touch(const fs::path& bag) const {
  std::error_code error;
  fs::last_write_time(bag, fs::file_time_type::clock::now(), error);
}

void FeatureStore::trim(const fs::path& kept) const {
  if (m_limit == kNoLimit) return;
  std::vector<Entry> entries = entriesOf(m_folder);
  uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.bytes;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (bytes <= m_limit) return;
    if (entry.file == kept) continue;
    std::error_code error;
    if (fs::remove(entry.file, error)) bytes -= entry.bytes;
  }
}

}  // namespace geneglass
