// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/cache_folder.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

/// Changes when pyramids are made otherwise: older ones then do not fit any more.
constexpr int kPyramidRule = 1;
constexpr size_t kPyramidKeyDigits = 32;
constexpr uint64_t kRoomLeft = uint64_t{256} << 20;  ///< bytes of a disk that are never taken
constexpr int64_t kMostInMemory = int64_t{1} << 26;  ///< pixels

/// KEY.pyramid, and KEY.pyramid.XXXXXX of one that is being made, or whose maker was killed.
bool isPyramid(const CacheEntry& entry) {
  return entry.ending.starts_with(".pyramid");
}

bool isPart(const CacheEntry& entry) {
  return isPyramid(entry) && entry.ending != ".pyramid";
}

/// As much as it may take: what is packed is no larger than what is not.
uint64_t bytesOf(const std::vector<Level>& levels) {
  uint64_t bytes = 0;
  for (const Level& level : levels) bytes += 3 * static_cast<uint64_t>(level.size.width * level.size.height);
  return bytes;
}

bool hasRoom(const fs::path& folder, uint64_t bytes) {
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  return !error && space.available >= bytes + kRoomLeft;
}

}  // namespace

PyramidCache::PyramidCache(fs::path folder, uint64_t limitInBytes)
    : m_folder(std::move(folder)), m_limit(limitInBytes) {}

fs::path PyramidCache::usualFolder() {
  return usualCacheFolder("pictures");
}

fs::path PyramidCache::fileOf(const std::string& hash, const FileStamp& stamp) const {
  if (m_folder.empty()) return {};
  const std::string key = sha256(fmt::format("{}|{}|{}|{}", kPyramidRule, hash, stamp.size, stamp.modified));
  return m_folder / (key.substr(0, kPyramidKeyDigits) + ".pyramid");
}

std::shared_ptr<PyramidStore> PyramidCache::find(const fs::path& file, const std::vector<Level>& levels,
                                                 int first) const {
  if (file.empty() || !prepareCacheFolder(m_folder, "pictures")) return nullptr;
  return PyramidStore::reopen(file, levels, first);
}

void PyramidCache::removeAbandoned() const {
  for (const CacheEntry& entry : cacheEntries(m_folder, kPyramidKeyDigits)) {
    std::error_code ignored;
    if (isPart(entry) && PyramidStore::isAbandoned(entry.file)) fs::remove(entry.file, ignored);
  }
}

Result<std::shared_ptr<PyramidStore>> PyramidCache::place(const fs::path& file,
                                                          const std::vector<Level>& levels, int first) const {
  removeAbandoned();
  const uint64_t bytes = bytesOf(levels);
  if (!file.empty() && bytes <= m_limit && prepareCacheFolder(m_folder, "pictures") &&
      hasRoom(m_folder, bytes))
    if (auto store = PyramidStore::make(file, true, levels, first)) return store;
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  if (!error && hasRoom(temporary, bytes))
    if (auto store = PyramidStore::make(temporary / "geneglass", false, levels, first)) return store;
  if (levels.front().size.width * levels.front().size.height <= kMostInMemory)
    return PyramidStore::inMemory(levels, first);
  return fail(
      fmt::format("its tiles may take {} MiB, and neither the folder '{}' of what is kept nor that of "
                  "temporary files has so much room",
                  bytes >> 20, m_folder.string()));
}

PyramidCache::Contents PyramidCache::contents() const {
  Contents contents;
  for (const CacheEntry& entry : cacheEntries(m_folder, kPyramidKeyDigits)) {
    if (!isPyramid(entry)) continue;
    contents.pyramids += entry.ending == ".pyramid";
    contents.bytes += entry.bytes;
  }
  return contents;
}

Result<void> PyramidCache::clear() const {
  for (const CacheEntry& entry : cacheEntries(m_folder, kPyramidKeyDigits)) {
    if (!isPyramid(entry)) continue;
    std::error_code error;
    fs::remove(entry.file, error);
    if (error) return fail(fmt::format("Cannot remove '{}': {}.", entry.file.string(), error.message()));
  }
  return {};
}

void PyramidCache::trim(const fs::path& kept) const {
  std::vector<CacheEntry> entries = cacheEntries(m_folder, kPyramidKeyDigits);
  std::erase_if(entries, [](const CacheEntry& entry) { return !isPyramid(entry); });
  uint64_t bytes = 0;
  for (const CacheEntry& entry : entries) bytes += entry.bytes;
  std::ranges::sort(entries, {}, &CacheEntry::used);
  for (const CacheEntry& entry : entries) {
    if (entry.file == kept || isPart(entry) || bytes <= m_limit) continue;
    std::error_code error;
    if (fs::remove(entry.file, error)) bytes -= entry.bytes;
  }
}

}  // namespace geneglass
