// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// A folder that keeps the features of slides, so that no tile is encoded twice by the same encoder: KEY.h5
/// of those complete, KEY.growing.h5 of those begun. What was used longest ago goes first when it grows
/// beyond its limit. Any thread, any number of processes.
class BagCache final {
 public:
  static constexpr uint64_t usualLimit = uint64_t{20} << 30;  ///< bytes

  explicit BagCache(std::filesystem::path folder = usualFolder(), uint64_t limitInBytes = usualLimit);

  /// $GENEGLASS_CACHE, else geneglass/bags in $XDG_CACHE_HOME or ~/.cache.
  static std::filesystem::path usualFolder();

  const std::filesystem::path& folder() const { return m_folder; }
  uint64_t limitInBytes() const { return m_limit; }

  /// Where this slide's features by this encoder lie, complete or growing. The name covers all that decides
  /// them: slide, pixel size, encoder, precision, tissue rule.
  std::filesystem::path complete(const Slide& slide, const ModelPackage& package, Precision precision) const;
  std::filesystem::path growing(const Slide& slide, const ModelPackage& package, Precision precision) const;

  struct Contents {
    int bags = 0;
    uint64_t bytes = 0;
  };
  Contents contents() const;

  /// Removes all bags. What a running prediction writes is lost to the next one, not to it. Errors name the
  /// file.
  Result<void> clear() const;

  /// Notes that it was used just now.
  void touch(const std::filesystem::path& bag) const;
  /// Removes the longest unused ones beyond the limit, `but` not this one.
  void trim(const std::filesystem::path& but = {}) const;

 private:
  std::filesystem::path m_folder;
  uint64_t m_limit;
};

}  // namespace geneglass
