// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

#include "inference/package/package_precision.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/files/cache_folder.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

/// Changes when tissue, grid or the reading of tiles changes: older features then do not fit any more.
constexpr int kRule = 4;
constexpr size_t kKeyDigits = 32;

/// KEY.h5, KEY.growing.h5, and what a process that was killed left while it made one.
std::vector<CacheEntry> bagsOf(const fs::path& folder) {
  std::vector<CacheEntry> entries = cacheEntries(folder, kKeyDigits);
  std::erase_if(entries, [](const CacheEntry& entry) {
    return !entry.ending.starts_with(".h5") && !entry.ending.starts_with(".growing.h5");
  });
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
  return usualCacheFolder("bags");
}

Result<void> FeatureStore::prepare() const {
  return prepareCacheFolder(m_folder, "features");
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
  for (const CacheEntry& entry : bagsOf(m_folder)) {
    contents.bags += entry.file.extension() == ".h5";
    contents.bytes += entry.bytes;
  }
  return contents;
}

Result<void> FeatureStore::clear() const {
  for (const CacheEntry& entry : bagsOf(m_folder)) {
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
  std::vector<CacheEntry> entries = bagsOf(m_folder);
  uint64_t bytes = 0;
  for (const CacheEntry& entry : entries) bytes += entry.bytes;
  std::sort(entries.begin(), entries.end(),
            [](const CacheEntry& a, const CacheEntry& b) { return a.used < b.used; });
  for (const CacheEntry& entry : entries) {
    if (bytes <= m_limit) return;
    if (entry.file == kept) continue;
    std::error_code error;
    if (fs::remove(entry.file, error)) bytes -= entry.bytes;
  }
}

}  // namespace geneglass
