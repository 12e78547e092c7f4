// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/file_stamp.h"
#include "viewer/slide/formats/pictures/pyramid_store.h"

namespace geneglass {

/// Keeps the pyramids of pictures that have none, so that each is cut into tiles once: a folder with
/// KEY.pyramid files. What was used longest ago goes first when it grows beyond its limit. Other files in the
/// folder are left alone. Any thread, any number of processes.
class PyramidCache final {
 public:
  static constexpr uint64_t kUsualLimit = uint64_t{20} << 30;  ///< bytes

  explicit PyramidCache(std::filesystem::path folder = usualFolder(), uint64_t limitInBytes = kUsualLimit);
  static std::filesystem::path usualFolder();  ///< see usualCacheFolder()

  const std::filesystem::path& folder() const { return m_folder; }
  uint64_t limitInBytes() const { return m_limit; }

  /// Of the file of this hash (Slide::hash) in this state; empty where nothing is kept.
  std::filesystem::path fileOf(const std::string& hash, const FileStamp& stamp) const;

  /// The pyramid that is kept as `file`; null where there is none, or everybody may write into the folder.
  std::shared_ptr<PyramidStore> find(const std::filesystem::path& file, const std::vector<Level>& levels,
                                     int first = 0) const;

  /// A new store for the pyramid: kept as `file`, else, where that cannot be written or has no room, in a
  /// file without a name in the folder of temporary files, else in memory if it is small. Errors: a reason,
  /// no sentence.
  Result<std::shared_ptr<PyramidStore>> place(const std::filesystem::path& file,
                                              const std::vector<Level>& levels, int first = 0) const;

  struct Contents {
    int pyramids = 0;
    uint64_t bytes = 0;
  };
  Contents contents() const;
  Result<void> clear() const;  ///< removes all; errors name the file
  /// Removes what killed programs left. So does place().
  void removeAbandoned() const;
  /// Removes the longest unused ones beyond the limit, but never `kept` nor what is being made.
  void trim(const std::filesystem::path& kept) const;

 private:
  std::filesystem::path m_folder;
  uint64_t m_limit;
};

}  // namespace geneglass
